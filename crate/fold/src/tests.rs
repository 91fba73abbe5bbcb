use super::*;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// What the whole of Unicode says: decomposed, without accents, lower case, composed again.
fn reference(text: &str) -> String {
    text.nfkd()
        .filter(|sign| !is_mark(*sign))
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|sign| !is_mark(*sign))
        .nfkc()
        .collect()
}

/// Letters with a stroke have no decomposition; they fold to what people type instead.
const STROKES: &str = "łŁøØǿǾđĐıßẞæÆǽǼǣǢœŒ";

#[test]
fn the_table_is_unicode_s() {
    assert!(FROM.is_sorted());
    for sign in FROM
        .iter()
        .filter_map(|code| char::from_u32(u32::from(*code)))
    {
        if !STROKES.contains(sign) {
            assert_eq!(
                fold(&sign.to_string()),
                reference(&sign.to_string()),
                "{sign}"
            );
        }
    }
}

#[test]
fn nothing_of_its_scripts_is_left_out() {
    let scripts = [
        0x80..=0x24f,
        0x370..=0x52f,
        0x1e00..=0x1fff,
        0xfb00..=0xfb06,
        0xff01..=0xffef_u32,
    ];
    for sign in scripts.into_iter().flatten().filter_map(char::from_u32) {
        let expected = reference(&sign.to_string());
        let alphanumeric = sign.is_alphanumeric() && expected.chars().count() == 1;
        if alphanumeric && !STROKES.contains(sign) {
            assert_eq!(
                fold(&sign.to_string()),
                expected,
                "{sign} {:04x}",
                u32::from(sign)
            );
        }
    }
}

#[test]
fn words_as_people_write_them() {
    for (text, folded) in [
        ("Caffè", "caffe"),
        ("CAFFE\u{300}", "caffe"),
        ("İstanbul", "istanbul"),
        ("ısı", "isi"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Ærø", "aero"),
        ("Tiếng Việt", "tieng viet"),
        ("Έλληνας", "ελληνας"),
        ("Ёлка", "елка"),
        ("ＰＡＳＳＷＯＲＤ１", "password1"),
        ("ﾊﾟｽﾜｰﾄﾞ", "パスワード"),
        ("비밀번호", "비밀번호"),
        ("パスワード", "パスワード"),
        ("か\u{3099}", "が"),
        ("plain ASCII", "plain ascii"),
    ] {
        assert_eq!(fold(text), folded);
    }
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in ".{0,60}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }
}
