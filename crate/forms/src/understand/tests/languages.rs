//! The same forms in thirteen languages.

use super::known::{Known, all, fields, known};
use super::*;

#[test]
fn signing_in_in_thirteen_languages() {
    let list = known! {
        "en": ["text Email or username", "password Password"] "Welcome back" "Sign in" "Forgot password?";
        "de": ["text E-Mail-Adresse oder Benutzername", "password Passwort"] "Willkommen zurück" "Anmelden" "Passwort vergessen?";
        "fr": ["text Adresse e-mail", "password Mot de passe"] "Bienvenue" "Je me connecte" "Mot de passe oublié ?";
        "es": ["text Usuario o correo electrónico", "password Contraseña"] "Bienvenido" "Iniciar sesión" "¿Has olvidado tu contraseña?";
        "it": ["text Nome utente", "password Password"] "Bentornato" "Accedi" "Hai dimenticato la password?";
        "pt": ["text CPF ou e-mail", "password Senha"] "Acesse sua conta" "Entrar" "Esqueci minha senha";
        "nl": ["text E-mailadres", "password Wachtwoord"] "Welkom terug" "Inloggen" "Wachtwoord vergeten?";
        "pl": ["text E-mail lub login", "password Hasło"] "Witaj ponownie" "Zaloguj się" "Nie pamiętasz hasła?";
        "ru": ["text Телефон или почта", "password Пароль"] "С возвращением" "Войти" "Забыли пароль?";
        "tr": ["text E-posta veya kullanıcı adı", "password Şifre"] "Hoş geldiniz" "Giriş Yap" "Şifremi unuttum";
        "ja": ["text ユーザIDまたはメールアドレス", "password パスワード"] "" "ログイン" "パスワードをお忘れの方";
        "ko": ["text 아이디 또는 전화번호", "password 비밀번호"] "" "로그인" "비밀번호 찾기";
        "zh": ["text 手机号/用户名/邮箱", "password 密码"] "" "登录" "忘记密码";
        "zh-TW": ["text 帳號", "password 密碼"] "" "登入" "忘記密碼";
    };
    all(
        list,
        Purpose::Login,
        &[Role::Username, Role::CurrentPassword],
    );
}

#[test]
fn signing_up_in_thirteen_languages() {
    let list = known! {
        "en": ["text First name", "text Last name", "email Email", "password Password", "password Confirm password"] "" "Create account" "Already have an account? Sign in";
        "de": ["text Vorname", "text Nachname", "email E-Mail", "password Passwort", "password Passwort wiederholen"] "" "Konto erstellen" "Bereits Kunde? Anmelden";
        "fr": ["text Prénom", "text Nom de famille", "email Adresse e-mail", "password Mot de passe", "password Confirmer le mot de passe"] "" "Créer mon compte" "Se connecter";
        "es": ["text Nombre", "text Apellidos", "email Correo electrónico", "password Contraseña", "password Repetir contraseña"] "" "Crear cuenta" "Inicia sesión";
        "it": ["text Nome", "text Cognome", "email Email", "password Password", "password Conferma password"] "" "Registrati" "Accedi";
        "pt": ["text Nome", "text Sobrenome", "email E-mail", "password Senha", "password Confirmar senha"] "" "Criar conta" "Entrar";
        "nl": ["text Voornaam", "text Achternaam", "email E-mailadres", "password Wachtwoord", "password Herhaal wachtwoord"] "" "Account aanmaken" "Inloggen";
        "pl": ["text Imię", "text Nazwisko", "email E-mail", "password Hasło", "password Powtórz hasło"] "" "Załóż konto" "Zaloguj się";
        "ru": ["text Имя", "text Фамилия", "email Электронная почта", "password Пароль", "password Повторите пароль"] "" "Зарегистрироваться" "Войти";
        "tr": ["text Ad", "text Soyad", "email E-posta", "password Şifre", "password Şifre tekrar"] "" "Üye ol" "Giriş yap";
        "ja": ["text 名前", "text 苗字", "email メールアドレス", "password パスワード", "password パスワード（確認用）"] "" "会員登録" "ログイン";
        "ko": ["text 이름", "text 성", "email 이메일", "password 비밀번호", "password 비밀번호 확인"] "" "회원가입" "로그인";
        "zh": ["text 名字", "text 姓氏", "email 邮箱", "password 密码", "password 确认密码"] "" "立即注册" "登录";
    };
    for known in list {
        let mut snapshot = page(fields(known.fields), known.heading, known.button);
        snapshot.groups[0].links = vec![known.link.to_owned()];
        let found = understand(&snapshot);
        assert_eq!(
            (found.purposes[0], &found.roles[2..]),
            (
                Purpose::Signup,
                &[Role::Email, Role::NewPassword, Role::ConfirmPassword][..]
            ),
            "{}",
            known.name
        );
    }
}

#[test]
fn changing_a_password_in_thirteen_languages() {
    let list = known! {
        "en": ["password Current password", "password New password", "password Repeat new password"] "" "Save" "";
        "de": ["password Aktuelles Passwort", "password Neues Passwort", "password Neues Passwort wiederholen"] "" "Speichern" "";
        "fr": ["password Mot de passe actuel", "password Nouveau mot de passe", "password Confirmez le nouveau mot de passe"] "" "Enregistrer" "";
        "es": ["password Contraseña actual", "password Nueva contraseña", "password Repite la nueva contraseña"] "" "Guardar" "";
        "it": ["password Password attuale", "password Nuova password", "password Ripeti la nuova password"] "" "Salva" "";
        "pt": ["password Senha atual", "password Nova senha", "password Repita a nova senha"] "" "Salvar" "";
        "nl": ["password Huidig wachtwoord", "password Nieuw wachtwoord", "password Herhaal nieuw wachtwoord"] "" "Opslaan" "";
        "pl": ["password Obecne hasło", "password Nowe hasło", "password Powtórz nowe hasło"] "" "Zapisz" "";
        "ru": ["password Текущий пароль", "password Новый пароль", "password Повторите новый пароль"] "" "Сохранить" "";
        "tr": ["password Mevcut şifre", "password Yeni şifre", "password Yeni şifre tekrar"] "" "Kaydet" "";
        "ja": ["password 現在のパスワード", "password 新しいパスワード", "password 新しいパスワード（確認）"] "" "保存" "";
        "ko": ["password 현재 비밀번호", "password 새 비밀번호", "password 새 비밀번호 확인"] "" "저장" "";
        "zh": ["password 当前密码", "password 新密码", "password 确认新密码"] "" "保存" "";
    };
    all(
        list,
        Purpose::Change,
        &[
            Role::CurrentPassword,
            Role::NewPassword,
            Role::ConfirmPassword,
        ],
    );
}

#[test]
fn cards_in_thirteen_languages() {
    let list = known! {
        "en": ["text Name on card", "text Card number", "text Expiry date", "text CVC"] "" "Pay" "";
        "de": ["text Karteninhaber", "text Kartennummer", "text Ablaufdatum", "text Prüfnummer (CVC)"] "" "Bezahlen" "";
        "fr": ["text Titulaire de la carte", "text Numéro de carte", "text Date d'expiration", "text Cryptogramme"] "" "Payer" "";
        "es": ["text Titular de la tarjeta", "text Número de tarjeta", "text Fecha de caducidad", "text CVV"] "" "Pagar" "";
        "it": ["text Titolare della carta", "text Numero di carta", "text Data di scadenza", "text CVV"] "" "Paga" "";
        "pt": ["text Nome impresso no cartão", "text Número do cartão", "text Validade", "text CVV"] "" "Pagar" "";
        "nl": ["text Naam op kaart", "text Kaartnummer", "text Vervaldatum", "text CVC"] "" "Betalen" "";
        "pl": ["text Posiadacz karty", "text Numer karty", "text Data ważności", "text Kod CVV"] "" "Zapłać" "";
        "ru": ["text Имя владельца", "text Номер карты", "text Срок действия", "text CVC"] "" "Оплатить" "";
        "tr": ["text Kart sahibi", "text Kart numarası", "text Son kullanma tarihi", "text CVV"] "" "Öde" "";
        "ja": ["text カード名義人", "text カード番号", "text 有効期限", "text セキュリティコード"] "" "支払う" "";
        "ko": ["text 카드 소유자", "text 카드번호", "text 유효기간", "text CVC"] "" "결제" "";
        "zh": ["text 持卡人", "text 卡号", "text 有效期", "text 安全码"] "" "付款" "";
    };
    all(
        list,
        Purpose::Card,
        &[Role::CcName, Role::CcNumber, Role::CcExp, Role::CcCsc],
    );
}

#[test]
fn addresses_in_thirteen_languages() {
    let list = known! {
        "en": ["text Street address", "text City", "text Postcode", "select Country"] "" "Save" "";
        "de": ["text Straße und Hausnummer", "text Stadt", "text PLZ", "select Land"] "" "Speichern" "";
        "fr": ["text Adresse", "text Ville", "text Code postal", "select Pays"] "" "Enregistrer" "";
        "es": ["text Dirección", "text Ciudad", "text Código postal", "select País"] "" "Guardar" "";
        "it": ["text Indirizzo", "text Città", "text CAP", "select Paese"] "" "Salva" "";
        "pt": ["text Endereço", "text Cidade", "text CEP", "select País"] "" "Salvar" "";
        "nl": ["text Straat en huisnummer", "text Plaats", "text Postcode", "select Land"] "" "Opslaan" "";
        "pl": ["text Ulica i numer", "text Miasto", "text Kod pocztowy", "select Kraj"] "" "Zapisz" "";
        "ru": ["text Адрес", "text Город", "text Почтовый индекс", "select Страна"] "" "Сохранить" "";
        "tr": ["text Adres", "text Şehir", "text Posta kodu", "select Ülke"] "" "Kaydet" "";
        "ja": ["text 住所", "text 市区町村", "text 郵便番号", "select 国"] "" "保存" "";
        "ko": ["text 주소", "text 도시", "text 우편번호", "select 국가"] "" "저장" "";
        "zh": ["text 详细地址", "text 城市", "text 邮编", "select 国家"] "" "保存" "";
    };
    let expected = [
        Role::AddressLine1,
        Role::AddressLevel2,
        Role::PostalCode,
        Role::Country,
    ];
    let mut wrong = Vec::new();
    for known in list {
        let found = understand(&page(fields(known.fields), known.heading, known.button));
        if found.roles != expected {
            wrong.push(format!("{}: {:?}", known.name, found.roles));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
