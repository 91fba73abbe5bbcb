//! Which pages an entry stands for, and which it must never stand for.

use super::*;
use crate::summary::SiteRule;

pub(super) fn fits(list: &SuffixList, mode: &MatchMode, stored: &str, page: &str) -> bool {
    let rule = SiteRule::new(stored.into(), mode);
    Origin::of_url(page).is_ok_and(|origin| matches(&[rule], &origin, page, list).is_some())
}

/// S-66: what "this host" and "whole site" mean, and what they must never mean.
#[test]
fn s66_host_and_site() {
    let list = list();
    let stored = "https://example.com";
    for (page, host, site) in [
        ("https://example.com/", true, true),
        ("https://example.com/login?x=1", true, true),
        ("https://www.example.com/", false, true),
        ("https://a.b.example.com/", false, true),
        ("https://example.com:8443/", false, false),
        ("https://evil-example.com/", false, false),
        ("https://example.com.evil.example/", false, false),
        ("https://examplexcom/", false, false),
        ("https://example.com./", false, false),
        ("https://EXAMPLE.com/", false, false),
        ("https://example.org/", false, false),
        ("https://com/", false, false),
    ] {
        assert_eq!(
            fits(&list, &MatchMode::Host, stored, page),
            host,
            "host {page}"
        );
        assert_eq!(
            fits(&list, &MatchMode::Site, stored, page),
            site,
            "site {page}"
        );
    }
    for (stored, page) in [
        ("https://alice.github.io", "https://mallory.github.io/"),
        ("https://mine.co.uk", "https://other.co.uk/"),
        (
            "https://bucket.s3.amazonaws.com",
            "https://other.s3.amazonaws.com/",
        ),
        ("https://192.0.2.1", "https://192.0.2.10/"),
        ("https://[2001:db8::1]", "https://[2001:db8::2]/"),
        ("https://2.192.0.2.example", "https://192.0.2.1/"),
        ("https://co.uk", "https://shop.co.uk/"),
        // The end of the stored host is the page's domain, and yet it is somebody else's.
        ("https://evil-example.com", "https://example.com/"),
        ("https://evil-example.com", "https://www.example.com/"),
        ("https://bucket.s3.amazonaws.com", "https://amazonaws.com/"),
    ] {
        assert!(
            !fits(&list, &MatchMode::Site, stored, page),
            "{stored} on {page}"
        );
    }
    assert!(fits(
        &list,
        &MatchMode::Site,
        "https://192.0.2.1:8443",
        "https://192.0.2.1:8443/x"
    ));
    assert!(fits(
        &list,
        &MatchMode::Site,
        "https://[::1]",
        "https://[::1]/"
    ));
    assert!(!fits(
        &SuffixList::default(),
        &MatchMode::Site,
        "https://a.example.com",
        "https://b.example.com/"
    ));
}

/// S-60: no https entry matches an http page, whatever its mode.
#[test]
fn s60_https_entries_never_match_http_pages() {
    let list = list();
    let page = "http://example.com/login";
    for mode in [
        MatchMode::Site,
        MatchMode::Host,
        MatchMode::Exact,
        MatchMode::StartsWith,
    ] {
        assert!(
            !fits(&list, &mode, "https://example.com/login", page),
            "{mode:?}"
        );
        assert!(
            fits(&list, &mode, "http://example.com/login", page),
            "{mode:?}"
        );
        // The site has moved to https since.
        assert!(
            fits(
                &list,
                &mode,
                "http://example.com/login",
                "https://example.com/login"
            ),
            "{mode:?}"
        );
        assert!(!fits(
            &list,
            &mode,
            "http://example.com:8080/login",
            "https://example.com/login"
        ));
    }
    for pattern in [
        "https?://example\\.com/.*",
        ".*example.*",
        "(http:)?.*",
        "(?:http:).*",
    ] {
        assert!(!fits(&list, &MatchMode::Regex, pattern, page), "{pattern}");
    }
    assert!(fits(
        &list,
        &MatchMode::Regex,
        "^http://example\\.com/.*",
        page
    ));
}

#[test]
fn exact_and_starts_with() {
    let list = list();
    let exact = |stored, page| fits(&list, &MatchMode::Exact, stored, page);
    assert!(exact(
        "https://example.com/login",
        "https://example.com/login#top"
    ));
    assert!(exact("https://example.com", "https://example.com/"));
    assert!(!exact(
        "https://example.com/login",
        "https://example.com/login?x"
    ));
    assert!(!exact(
        "https://example.com/login",
        "https://example.com/login/"
    ));
    let prefix = |stored, page| fits(&list, &MatchMode::StartsWith, stored, page);
    assert!(prefix(
        "https://example.com/team/",
        "https://example.com/team/login"
    ));
    assert!(!prefix(
        "https://example.com/team/",
        "https://example.com/other"
    ));
    assert!(!prefix(
        "https://example.com",
        "https://example.com.evil.example/"
    ));
    assert!(!prefix("https://example.com", "https://www.example.com/"));
}

#[test]
fn patterns_describe_the_whole_address() {
    let list = list();
    let regex = |stored: &str, page: &str| fits(&list, &MatchMode::Regex, stored, page);
    assert!(regex(
        "https://[a-z]+\\.example\\.com/.*",
        "https://mail.example.com/x"
    ));
    assert!(!regex("https://example\\.com", "https://example.com/"));
    assert!(!regex("example\\.com/", "https://example.com/"));
    assert!(
        !regex("a)|(?:.*", "https://example.com/"),
        "closes our group"
    );
    assert!(!regex("(", "https://example.com/"));
    assert!(
        !regex(
            &format!("{}.*", "(?:x?)".repeat(200)),
            "https://example.com/"
        ),
        "too long"
    );
    assert!(
        !regex("((x{0,100}){0,100}){0,100}.*", "https://example.com/"),
        "too much memory"
    );
    assert!(
        !regex("\\p{L}.*", "https://example.com/"),
        "no Unicode classes in regex-lite"
    );
}

#[test]
fn never_rules_its_host_out_and_the_closest_entry_counts() {
    let list = list();
    let rules = [
        SiteRule::new("https://example.com".into(), &MatchMode::Site),
        SiteRule::new("https://blog.example.com".into(), &MatchMode::Never),
        SiteRule::new("https://example.com/login".into(), &MatchMode::Exact),
    ];
    let strength = |page: &str| matches(&rules, &Origin::of_url(page).unwrap(), page, &list);
    assert_eq!(strength("https://blog.example.com/"), None);
    assert_eq!(strength("https://shop.example.com/"), Some(Strength::Loose));
    assert_eq!(strength("https://example.com/"), Some(Strength::Host));
    assert_eq!(strength("https://example.com/login"), Some(Strength::Exact));
}

/// The address counts only inside the attested origin (S-63: a frame's own origin decides).
#[test]
fn an_address_of_another_origin_is_ignored() {
    let list = list();
    let origin = Origin::parse("https://evil.example").unwrap();
    let page = "https://example.com/login";
    for mode in [
        MatchMode::Site,
        MatchMode::Host,
        MatchMode::Exact,
        MatchMode::StartsWith,
    ] {
        let rule = SiteRule::new(page.into(), &mode);
        assert_eq!(matches(&[rule], &origin, page, &list), None, "{mode:?}");
    }
    let rule = SiteRule::new("https://example\\.com/.*".into(), &MatchMode::Regex);
    assert_eq!(matches(&[rule], &origin, page, &list), None);
}
