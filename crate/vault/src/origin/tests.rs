use super::*;
use crate::item::MatchMode;
use crate::summary::SiteRule;
use proptest::prelude::*;

fn list() -> SuffixList {
    SuffixList::new(compile(include_str!(
        "../../../engine/data/public_suffix_list.dat"
    )))
    .unwrap()
}

fn fits(list: &SuffixList, mode: &MatchMode, stored: &str, page: &str) -> bool {
    let rule = SiteRule::new(stored.into(), mode);
    Origin::of_url(page).is_ok_and(|origin| matches(&[rule], &origin, page, list).is_some())
}

/// S-65: only what a browser writes for a web page is an origin.
#[test]
fn s65_opaque_and_other_origins_are_refused() {
    for text in [
        "null",
        "",
        "file://",
        "data:",
        "about:blank",
        "blob:https://example.com/x",
        "javascript:",
        "chrome-extension://abc",
        "view-source:https://example.com",
        "ftp://example.com",
        "https://",
        "https://example.com/",
        "https://example.com?",
        "https:/example.com",
        "example.com",
    ] {
        assert!(Origin::parse(text).is_err(), "{text}");
    }
    for text in [
        "https://example.com",
        "http://example.com:8080",
        "https://[::1]",
        "http://192.0.2.1",
        "https://xn--bcher-kva.example",
        "http://localhost:3000",
        "https://a_b.example",
    ] {
        assert!(Origin::parse(text).is_ok(), "{text}");
    }
}

/// S-67: another spelling of the same place is refused instead of being repaired.
#[test]
fn s67_other_spellings_are_refused() {
    for text in [
        "HTTPS://example.com",
        "https://EXAMPLE.com",
        "https://example.com:443",
        "http://example.com:80",
        "https://example.com:0443",
        "https://example.com:",
        "https://example.com:99999",
        "https://example.com:+8",
        "https://example.com.",
        "https://.example.com",
        "https://a..b",
        "https://user@example.com",
        "https://example.com\\@evil.example",
        "https://exa\tmple.com",
        "https://bücher.example",
        "https://example。com",
        "https://exam%70le.com",
        "https://[::1",
        "https://[::G]",
        "https://[0:0:0:0:0:0:0:01",
        "https://1.2.3",
        "https://0x7f.1",
        "https://1.2.3.4.5",
        "https://a b",
    ] {
        let accepted = Origin::parse(text).is_ok();
        // 0x7f.1 ends in a label of digits: for a browser it would be an IPv4 address.
        assert!(!accepted, "{text}");
    }
}

/// S-66: the registrable domain comes from the list, PRIVATE section included.
#[test]
fn s66_registrable_domains() {
    let list = list();
    for (host, domain) in [
        ("example.com", Some("example.com")),
        ("www.example.com", Some("example.com")),
        ("a.b.example.co.uk", Some("example.co.uk")),
        ("co.uk", None),
        ("com", None),
        ("alice.github.io", Some("alice.github.io")),
        ("x.alice.github.io", Some("alice.github.io")),
        ("github.io", None),
        ("bucket.s3.amazonaws.com", Some("bucket.s3.amazonaws.com")),
        ("s3.amazonaws.com", None),
        ("www.ck", Some("www.ck")),
        ("x.y.ck", Some("x.y.ck")),
        ("city.kawasaki.jp", Some("city.kawasaki.jp")),
        ("a.foo.kawasaki.jp", Some("a.foo.kawasaki.jp")),
        ("xn--85x722f.com.cn", Some("xn--85x722f.com.cn")),
        ("shishi.xn--fiqs8s", Some("shishi.xn--fiqs8s")),
        ("localhost", None),
        ("intranet.unlisted-tld", None),
        ("192.0.2.1", None),
        ("[::1]", None),
    ] {
        assert_eq!(list.registrable_domain(host), domain, "{host}");
    }
}

/// Every rule of the list is found again by the binary search.
#[test]
fn every_compiled_rule_is_found() {
    let bytes = compile(include_str!("../../../engine/data/public_suffix_list.dat"));
    let list = SuffixList::new(bytes.clone()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let rules: Vec<&str> = text.lines().skip(1).collect();
    assert!(rules.len() > 9_000);
    for rule in rules {
        assert!(rule.is_ascii(), "{rule}");
        if let Some(exception) = rule.strip_prefix('!') {
            assert_eq!(list.registrable_domain(exception), Some(exception));
        } else if let Some(under) = rule.strip_prefix("*.") {
            let host = format!("a.b.{under}");
            assert_eq!(
                list.registrable_domain(&host),
                Some(host.as_str()),
                "{rule}"
            );
        } else {
            let host = format!("some-name.{rule}");
            assert!(
                list.registrable_domain(&host).is_none_or(|d| d == host),
                "{rule}"
            );
        }
    }
}

/// RFC 3492, section 7.1, and rules of the list with their published ASCII forms.
#[test]
fn punycode_vectors() {
    for (label, ascii) in [
        ("中国", "xn--fiqs8s"),
        ("香港", "xn--j6w193g"),
        ("рф", "xn--p1ai"),
        ("ישראל", "xn--4dbrk0ce"),
        ("السعودية", "xn--mgberp4a5d4ar"),
        ("bücher", "xn--bcher-kva"),
        ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
        ("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"),
        ("sande-møre-og-romsdal", "xn--sande-mre-og-romsdal-hcc"),
    ] {
        assert_eq!(
            String::from_utf8(compile(label)).unwrap().lines().nth(1),
            Some(ascii),
            "{label}"
        );
    }
}

#[test]
fn only_compiled_lists_are_taken() {
    assert!(SuffixList::new(b"com\nuk\n".to_vec()).is_err());
    assert!(SuffixList::new(b"SESAME-SUFFIXES 1\n".to_vec()).is_err());
    assert!(SuffixList::new(compile("com")).is_ok());
    assert_eq!(
        SuffixList::default().registrable_domain("example.com"),
        None
    );
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

#[test]
fn typed_addresses() {
    for (typed, stored) in [
        ("example.com", "https://example.com"),
        ("  Example.COM/Path ", "https://example.com/Path"),
        ("example.com:443", "https://example.com"),
        ("http://example.com:80/", "http://example.com/"),
        ("HTTPS://example.com?x=1", "https://example.com/?x=1"),
        ("https://me:pw@example.com/", "https://example.com/"),
        ("example.com.", "https://example.com"),
        ("localhost:3000", "http://localhost:3000"),
        ("127.0.0.1/x", "http://127.0.0.1/x"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("//example.com", "https://example.com"),
        ("bücher.example", "bücher.example"),
        ("ftp://example.com", "ftp://example.com"),
        ("not an address", "not an address"),
        ("", ""),
    ] {
        assert_eq!(normalise_address(typed), stored, "{typed}");
    }
    assert_eq!(host_of("https://example.com:8443/x"), Some("example.com"));
    assert_eq!(host_of("example.com"), None);
}

proptest! {
    #[test]
    fn nothing_panics(text in ".{0,120}", page in "https?://[a-z.:/?#\\[\\]0-9]{0,40}") {
        let _ = Origin::parse(&text);
        let _ = Origin::of_url(&page);
        let normal = normalise_address(&text);
        prop_assert_eq!(normalise_address(&normal), normal);
        let list = SuffixList::new(compile("com\nco.uk\n*.ck")).unwrap();
        for mode in [MatchMode::Site, MatchMode::Regex, MatchMode::StartsWith] {
            fits(&list, &mode, &text, &page);
        }
        let _ = list.registrable_domain(&text);
    }

    /// A host that matches by site always ends in the stored registrable domain, label by label.
    #[test]
    fn s66_no_suffix_trick(prefix in "[a-z.-]{0,12}", suffix in "[a-z.-]{0,12}") {
        let list = SuffixList::new(compile("com\norg")).unwrap();
        let page = format!("https://{prefix}example.com{suffix}/");
        if fits(&list, &MatchMode::Site, "https://example.com", &page) {
            prop_assert!(suffix.is_empty());
            prop_assert!(prefix.is_empty() || prefix.ends_with('.'));
        }
    }
}
