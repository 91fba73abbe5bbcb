use super::*;

#[test]
fn words_are_found_in_thirteen_languages() {
    for text in [
        "Password",
        "Passwort",
        "Mot de passe",
        "Contraseña",
        "Senha",
        "Wachtwoord",
        "Hasło",
        "Пароль",
        "Şifre",
        "パスワード",
        "비밀번호",
        "密码",
        "txtPassword1",
        "user_passwd",
    ] {
        assert!(concepts(text).has(Concept::Password), "{text}");
    }
    for text in [
        "Benutzername",
        "Nom d’utilisateur",
        "Nome utente",
        "Gebruikersnaam",
        "Имя пользователя",
        "Kullanıcı Adı",
        "아이디",
        "用户名",
    ] {
        assert!(concepts(text).has(Concept::Username), "{text}");
    }
}

#[test]
fn every_phrase_is_found_by_itself() {
    for (concept, phrases) in all_words() {
        for phrase in phrases.split('|') {
            assert!(concepts(phrase).has(*concept), "{concept:?}: {phrase}");
        }
    }
}

#[test]
fn phrases_do_not_reach_over_other_words() {
    assert!(!concepts("Your password").has(Concept::Repeat));
    assert!(!concepts("Confirmation code").has(Concept::Organization));
    assert!(!concepts("user@example.org").has(Concept::Search));
}

#[test]
fn short_words_are_whole_words() {
    assert!(
        !concepts("shipping address").has(Concept::Code),
        "pin is in shipping"
    );
    assert!(concepts("Enter your PIN").has(Concept::Code));
    assert!(!concepts("compass").has(Concept::Password));
    assert!(!concepts("Seattle").has(Concept::Phone));
}

#[test]
fn every_language_has_words_to_sign_in_and_up() {
    let pairs = [
        ("Sign in", "Create account"),
        ("Anmelden", "Registrieren"),
        ("Se connecter", "Créer un compte"),
        ("Iniciar sesión", "Crear cuenta"),
        ("Accedi", "Registrati"),
        ("Entrar", "Criar conta"),
        ("Inloggen", "Account aanmaken"),
        ("Zaloguj się", "Zarejestruj się"),
        ("Войти", "Регистрация"),
        ("Giriş yap", "Kayıt ol"),
        ("ログイン", "新規登録"),
        ("로그인", "회원가입"),
        ("登录", "注册"),
    ];
    for (login, signup) in pairs {
        assert!(
            concepts(login).has(Concept::Login) && !concepts(login).has(Concept::Signup),
            "{login}"
        );
        assert!(
            concepts(signup).has(Concept::Signup) && !concepts(signup).has(Concept::Login),
            "{signup}"
        );
    }
}
