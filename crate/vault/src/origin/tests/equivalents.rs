//! Sites of one account system, and what they must never widen to.

use super::*;
use crate::summary::SiteRule;

fn strength(
    equivalents: Equivalents<'_>,
    mode: &MatchMode,
    stored: &str,
    page: &str,
) -> Option<Strength> {
    let list = list();
    let origin = Origin::of_url(page).unwrap();
    Page::new(&origin, page, &list)
        .with_equivalents(equivalents)
        .fits(&[SiteRule::new(stored.to_owned(), mode)])
}

/// A name that isn't a registrable domain would never match, or match too much.
#[test]
fn s66_the_built_in_groups_are_of_registrable_domains_and_none_is_in_two() {
    let list = list();
    let all: Vec<&str> = BUILT_IN
        .iter()
        .flat_map(|group| group.iter().copied())
        .collect();
    for domain in &all {
        assert_eq!(list.registrable_domain(domain), Some(*domain), "{domain}");
        assert_eq!(
            all.iter().filter(|other| *other == domain).count(),
            1,
            "{domain}"
        );
    }
    assert!(BUILT_IN.iter().all(|group| group.len() >= 2));
}

#[test]
fn s87_the_build_and_the_person_decide_and_nobody_else() {
    let page = "https://www.amazon.de/ap/signin";
    let stored = "https://www.amazon.com/";
    let built_in = Equivalents::new(&[], &[]);
    assert_eq!(
        strength(built_in, &MatchMode::Host, stored, page),
        Some(Strength::Equivalent)
    );
    assert_eq!(
        strength(Equivalents::default(), &MatchMode::Host, stored, page),
        None
    );
    let off = ["amazon.com".to_owned()];
    assert_eq!(
        strength(Equivalents::new(&off, &[]), &MatchMode::Host, stored, page),
        None
    );

    let own = [vec![
        "shop.example.com".to_owned(),
        "one.it".to_owned(),
        "two.it".to_owned(),
    ]];
    let own = Equivalents::new(&[], &own);
    let fits = |stored, page| strength(own, &MatchMode::Site, stored, page);
    assert_eq!(
        fits("https://one.it", "https://login.two.it/"),
        Some(Strength::Equivalent)
    );
    assert_eq!(fits("https://one.it", "https://three.it/"), None);
    assert_eq!(
        fits("https://one.it", "https://login.one.it/"),
        Some(Strength::Loose)
    );
    // Not a registrable domain, so it stands for nothing, whatever the settings say.
    assert_eq!(fits("https://shop.example.com", "https://one.it/"), None);
    assert_eq!(fits("https://one.it", "https://shop.example.com/"), None);
}

#[test]
fn s66_an_equivalent_site_is_encrypted_whole_and_of_the_usual_port() {
    let equivalents = Equivalents::new(&[], &[]);
    let fits = |mode: &MatchMode, stored, page| strength(equivalents, mode, stored, page).is_some();
    let (stored, page) = ("https://apple.com", "https://www.icloud.com/");
    assert!(fits(&MatchMode::Host, stored, page) && fits(&MatchMode::Site, stored, page));
    for (stored, page) in [
        ("http://apple.com", page),
        (stored, "http://www.icloud.com/"),
        ("https://apple.com:8443", page),
        (stored, "https://www.icloud.com:8443/"),
        (stored, "https://evilicloud.com/"),
        (stored, "https://icloud.com.evil.example/"),
        ("https://pineapple.com", page),
        // Within one domain nothing is widened.
        (stored, "https://www.apple.com/"),
    ] {
        assert!(!fits(&MatchMode::Host, stored, page), "{stored} on {page}");
    }
    for mode in [
        MatchMode::Exact,
        MatchMode::StartsWith,
        MatchMode::Regex,
        MatchMode::Never,
    ] {
        assert!(!fits(&mode, stored, page), "{mode:?}");
    }
}

#[test]
fn a_never_entry_of_the_page_rules_an_equivalent_out() {
    let list = list();
    let page = "https://www.icloud.com/";
    let origin = Origin::of_url(page).unwrap();
    let entries = [
        SiteRule::new("https://apple.com".to_owned(), &MatchMode::Host),
        SiteRule::new("https://www.icloud.com".to_owned(), &MatchMode::Never),
    ];
    let page = Page::new(&origin, page, &list).with_equivalents(Equivalents::new(&[], &[]));
    assert_eq!(page.fits(&entries), None);
}
