use super::plain;

fn clean(text: &str) -> String {
    plain(text, "(removed)")
}

#[test]
fn s136_an_ordinary_hint_stays_as_it_was() {
    for hint in [
        "the usual one, with the year",
        "Nonna's street + 3 digits; version 2.0?",
        "wie immer… ÄÖÜ 密码",
    ] {
        assert_eq!(clean(hint), hint);
    }
}

#[test]
fn s136_addresses_are_taken_out() {
    for hint in [
        "see https://evil.example/x now",
        "see HTTP://EVIL.example now",
        "see www.evil.example now",
        "see //evil.example now",
        "see mailto:thief@evil.example now",
        "see javascript:alert(1) now",
        "see data:text/html,x now",
        "see ht\u{200b}tps://evil.example now",
        "see ht\u{ad}tps:/\u{2060}/evil.example now",
    ] {
        assert_eq!(clean(hint), "see (removed) now", "{hint:?}");
    }
    assert_eq!(
        clean("ask at evil.example or x@evil.example."),
        "ask at evil . example or x@evil . example."
    );
    assert_eq!(
        clean("evil。example evil．example"),
        "evil . example evil . example"
    );
}

#[test]
fn s136_nothing_that_steers_a_line_gets_through() {
    let steering = "a\r\nSubject: b\u{0}\u{1b}[31m\tc\u{202e}d\u{feff}e\u{2028}f\u{e0041}g\u{85}h";
    let out = clean(steering);
    assert!(out.chars().all(|c| !c.is_control()), "{out:?}");
    assert!(!out.contains(['\u{202e}', '\u{feff}', '\u{2028}', '\u{e0041}', '\n', '\r']));
    assert!(out.contains("Subject: b"));
    assert_eq!(clean("  \t "), "");
}
