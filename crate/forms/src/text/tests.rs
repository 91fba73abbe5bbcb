use super::*;
use proptest::prelude::*;

#[test]
fn identifiers_fall_apart_into_words() {
    let folded = Folded::new("txtNewPassword2");
    assert_eq!(folded.words(), " txt new password 2 ");
    assert_eq!(folded.compact(), "txtnewpassword2");
}

#[test]
fn short_words_and_marked_ones_are_whole() {
    for (phrase, whole, text) in [
        ("pin", true, " pin "),
        ("_login", true, " login "),
        ("user name", false, "username"),
        ("年", false, "年"),
    ] {
        let needle = Needle::new(phrase);
        assert_eq!((needle.is_whole(), needle.text()), (whole, text));
    }
}

#[test]
fn accents_fold_but_kana_and_hangul_stay() {
    assert_eq!(fold("Contraseña ŞİFRE hasło"), "contrasena sifre haslo");
    assert_eq!(fold("パスワード"), "パスワード");
    assert_eq!(fold("비밀번호"), "비밀번호");
    assert_eq!(fold("ＬＯＧＩＮ"), "login");
}

proptest! {
    #[test]
    fn folding_never_panics_and_is_stable(text in "\\PC{0,60}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }
}
