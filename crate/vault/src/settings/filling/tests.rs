use super::*;
use crate::origin::compile;

fn suffixes() -> SuffixList {
    SuffixList::new(compile("com\nit\nuk\nco.uk\ngithub.io\n")).unwrap()
}

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

fn with_group(group: &[&str]) -> Filling {
    Filling {
        equivalents: vec![names(group)],
        ..Filling::default()
    }
}

#[test]
fn s84_no_code_is_copied_unless_somebody_asked_for_it() {
    assert!(!Filling::default().copy_code);
    assert!(Filling::default().icon);
}

#[test]
fn s66_groups_are_of_registrable_domains() {
    let kept = with_group(&["two.it", "one.com", "two.it"])
        .checked(&suffixes())
        .unwrap();
    assert_eq!(kept.equivalents, [names(&["one.com", "two.it"])]);
    for group in [
        &["one.com"][..],
        &[],
        &["one.com", "co.uk"],
        &["one.com", "github.io"],
        &["one.com", "www.two.it"],
        &["one.com", "Two.it"],
        &["one.com", "two.it:8443"],
        &["one.com", "two.it/"],
        &["one.com", "127.0.0.1"],
        &["one.com", "no.such.top"],
        &["one.com", ""],
        &["one.com", "a@two.it"],
    ] {
        let refused = with_group(group).checked(&suffixes()).err();
        assert_eq!(refused, Some(FillingError::Invalid), "{group:?}");
    }
}

#[test]
fn never_holds_for_one_origin() {
    let mut filling = Filling::default();
    assert!(filling.add_never("https://one.com") && filling.add_never("https://a.com"));
    assert!(filling.add_never("https://one.com"));
    assert!(!filling.add_never("one.com") && !filling.add_never("null"));
    assert_eq!(filling.never, names(&["https://a.com", "https://one.com"]));
    assert!(filling.is_never("https://one.com"));
    assert!(!filling.is_never("http://one.com") && !filling.is_never("https://www.one.com"));
    assert!(filling.clone().checked(&suffixes()).unwrap() == filling);
    filling.never.push("somewhere".to_owned());
    assert_eq!(
        filling.checked(&suffixes()).err(),
        Some(FillingError::Invalid)
    );
}

#[test]
fn there_is_room_for_so_much_and_no_more() {
    let many = |groups: usize, domains: usize| Filling {
        equivalents: (0..groups)
            .map(|group| (0..domains).map(|at| format!("g{group}d{at}.it")).collect())
            .collect(),
        ..Filling::default()
    };
    assert!(many(GROUPS, DOMAINS).checked(&suffixes()).is_ok());
    for filling in [many(GROUPS + 1, 2), many(1, DOMAINS + 1)] {
        assert_eq!(
            filling.checked(&suffixes()).err(),
            Some(FillingError::TooMany)
        );
    }
    let mut filling = Filling::default();
    assert!((0..NEVER).all(|at| filling.add_never(&format!("https://s{at}.com"))));
    assert!(!filling.add_never("https://one.more.com"));
    assert!(filling.clone().checked(&suffixes()).is_ok());
    filling.never.push("https://one.more.com".to_owned());
    assert_eq!(
        filling.checked(&suffixes()).err(),
        Some(FillingError::TooMany)
    );
}
