mod equivalents;
mod rules;

use super::*;
use crate::item::MatchMode;
use proptest::prelude::*;
use rules::fits;

fn list() -> SuffixList {
    SuffixList::new(compile(include_str!(
        "../../../engine/data/public_suffix_list.dat"
    )))
    .unwrap()
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
