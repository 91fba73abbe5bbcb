use super::*;
use proptest::prelude::*;

#[test]
fn identifiers_fall_apart_into_words() {
    let folded = Folded::new("txtNewPassword2");
    assert!(folded.has(&Needle::new("_new")));
    assert!(folded.has(&Needle::new("password2")));
    assert!(!Folded::new("renewal").has(&Needle::new("_new")));
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
