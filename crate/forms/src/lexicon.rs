//! Words by which pages name their fields and forms, in en de fr es it pt nl pl ru tr ja ko zh.
//!
//! One list per meaning, all languages together: pages mix them, and `lang` is often wrong.

use crate::text::{Folded, Needle};
use std::sync::OnceLock;

/// A meaning that words can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Concept {
    Password,
    Username,
    Account,
    Email,
    Phone,
    OneTimeCode,
    SentCode,
    Authenticator,
    Code,
    Captcha,
    Answer,
    New,
    Current,
    Repeat,
    Login,
    Signup,
    Change,
    Forgot,
    Confirm,
    Search,
    Newsletter,
    Voucher,
    Message,
    CardNumber,
    CardCode,
    CardExpiry,
    CardName,
    Month,
    Year,
    Day,
    Name,
    GivenName,
    MiddleName,
    FamilyName,
    Organization,
    Street,
    Street2,
    City,
    State,
    PostalCode,
    Country,
    Birth,
    Sex,
    Next,
    Guest,
}

/// A set of meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concepts(u64);

impl Concepts {
    /// Whether the meaning is in it.
    #[must_use]
    pub fn has(self, concept: Concept) -> bool {
        self.0 & bit(concept) != 0
    }

    /// Every meaning in it.
    pub fn iter(self) -> impl Iterator<Item = Concept> {
        WORDS
            .iter()
            .map(|(concept, _)| *concept)
            .filter(move |concept| self.has(*concept))
    }

    /// With the meanings of another.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[allow(clippy::as_conversions)] // Fewer than 64 meanings, numbered from 0.
const fn bit(concept: Concept) -> u64 {
    1 << (concept as u8)
}

/// The meanings found in a text.
#[must_use]
pub fn concepts(text: &str) -> Concepts {
    if text.is_empty() {
        return Concepts::default();
    }
    let folded = Folded::new(text);
    if folded.is_empty() {
        return Concepts::default();
    }
    let mut found = 0;
    for (concept, needles) in lexicon() {
        if needles.iter().any(|needle| folded.has(needle)) {
            found |= bit(*concept);
        }
    }
    Concepts(found)
}

type Lexicon = Vec<(Concept, Vec<Needle>)>;

fn lexicon() -> &'static Lexicon {
    static FOLDED: OnceLock<Lexicon> = OnceLock::new();
    FOLDED.get_or_init(|| {
        let fold = |phrases: &str| phrases.split('|').map(str::trim).map(Needle::new).collect();
        WORDS
            .iter()
            .map(|(concept, phrases)| (*concept, fold(phrases)))
            .collect()
    })
}

/// Phrases apart by `|`; how long ones and short ones are matched: [`Needle::new`].
const WORDS: &[(Concept, &str)] = &[
    (
        Concept::Password,
        "password|passwd|passphrase|passcode|pass|pwd|pword|psw|pw|passwort|kennwort|mot de passe|mdp|contraseña|\
         contrasena|clave|senha|palavra-passe|palavra passe|wachtwoord|hasło|пароль|parola|şifre|sifre|\
         パスワード|暗証番号|비밀번호|패스워드|密码|密碼|口令",
    ),
    (
        Concept::Username,
        "username|user name|userid|user id|usr|uname|user|nickname|screen name|login name|login id|loginname|\
         benutzername|benutzerkennung|benutzer|anmeldename|nutzername|nom d'utilisateur|identifiant|pseudo|utilisateur|\
         usuario|nombre de usuario|nome utente|utente|usuário|nome de usuário|utilizador|gebruikersnaam|\
         gebruiker|nazwa użytkownika|użytkownik|имя пользователя|логин|пользователь|kullanıcı adı|kullanıcı|\
         ユーザー名|ユーザーid|ユーザ名|ログインid|아이디|사용자 이름|사용자명|用户名|用戶名|帐号|账号|帳號|用户id|会员名",
    ),
    (
        Concept::Account,
        "customer number|customer id|client number|account number|account id|account name|member number|member id|\
         membership number|kundennummer|kontonummer|mitgliedsnummer|zugangsnummer|numéro client|numero cliente|\
         número de cliente|codice cliente|codice utente|klantnummer|numer klienta|номер счета|müşteri numarası|\
         お客様番号|会員番号|会員id|회원번호|客户号|会员号|iban|dni|cpf|codice fiscale|employee id|student id|card or account",
    ),
    (
        Concept::Email,
        "email|e-mail|mail address|_mail|courriel|adresse électronique|correo|posta elettronica|\
         correio|почта|почты|имейл|eposta|メール|이메일|메일|邮箱|郵箱|邮件|電子郵件|电子邮件",
    ),
    (
        Concept::Phone,
        "phone|telephone|mobile|_tel|_cell|telefon|handy|rufnummer|téléphone|portable|teléfono|móvil|telefono|\
         cellulare|telefone|celular|telemóvel|telefoon|mobiel|telefonu|komórka|телефон|мобильный|cep telefonu|\
         電話|携帯|전화|휴대폰|手机|手機|电话|msisdn",
    ),
    (
        Concept::OneTimeCode,
        "one time code|one-time password|one time password|otp|totp|2fa|mfa|tfa|two factor|two-factor|two step|2 step|\
         authenticator|authentication code|auth code|authcode|security code|verification code|verify code|\
         verificationcode|einmalcode|einmalpasswort|bestätigungscode|sicherheitscode|prüfcode|code à usage unique|\
         code de vérification|code de sécurité|code d'authentification|código de verificación|código de seguridad|\
         codice di verifica|codice di sicurezza|codice monouso|código de verificação|código de segurança|\
         verificatiecode|beveiligingscode|eenmalige code|kod weryfikacyjny|kod jednorazowy|код подтверждения|\
         одноразовый|doğrulama kodu|güvenlik kodu|認証コード|確認コード|ワンタイム|인증번호|인증 코드|인증코드|验证码|驗證碼|动态码|\
         second factor|6 numbers|digit code|einmal-code|token code|6 digit number|6 digit pin|passcode from",
    ),
    (
        Concept::SentCode,
        "sms|text message|we sent|we've sent|we emailed|we texted|sent to your|sent you|emailed you|code by email|\
         email code|mailed code|gesendet|geschickt|zugesandt|envoyé|enviado|enviamos|inviato|verzonden|gestuurd|wysłaliśmy|wysłany|\
         отправили|отправлен|gönderdik|gönderilen|送信しました|お送り|전송|발송|已发送|短信|邮件验证码",
    ),
    (
        Concept::Code,
        "code|kod|codice|código|код|コード|코드|pin|token|digit",
    ),
    (
        Concept::Authenticator,
        "authenticator|authentication app|authy|totp|authentifizierungs-app|authentifizierungsapp|d'authentification|\
         app de autenticación|app di autenticazione|aplicativo autenticador|authenticatie-app|aplikacja uwierzytelniająca|\
         приложение-аутентификатор|аутентификатор|kimlik doğrulayıcı|doğrulama uygulaması|認証アプリ|인증 앱|身份验证器|驗證器",
    ),
    (
        Concept::Answer,
        "security answer|secret answer|your answer|security question|secret question|challenge question|challenge answer|\
         mother's maiden|social security|ssn|tax id|taxpayer|memorable word|sicherheitsfrage|question secrète|\
         pregunta de seguridad|domanda di sicurezza|pergunta de segurança|beveiligingsvraag|pytanie zabezpieczające|\
         контрольный вопрос|секретный вопрос|güvenlik sorusu|秘密の質問|비밀번호 찾기 질문|安全问题|密保",
    ),
    (
        Concept::Captcha,
        "captcha|are you human|security image|characters you see|text from the image|zeichen aus dem bild|\
         recaptcha|код с картинки|画像認証|보안문자|自动输入|图形验证码|图片验证码|校验码",
    ),
    (
        Concept::New,
        "_new|neues|neue|neuer|nouveau|nouvelle|nueva|nuevo|nuova|nuovo|nova|novo|nieuw|nieuwe|nowe|nowy|новый|новая|\
         yeni|newpass|newpwd|newpassword|新しい|新規|새|新密码|新密碼|choose a password|create a password|create password|\
         choose password|choose your password|create your password|set password|set a password",
    ),
    (
        Concept::Current,
        "current|_old|existing|oldpass|previous|aktuelles|altes|bisheriges|actuel|ancien|actual|antigua|anterior|\
         attuale|vecchia|atual|antiga|huidig|huidige|oude|obecne|stare|aktualne|текущий|старый|действующий|\
         mevcut|eski|現在の|古い|현재|기존|当前|原密码|旧密码|目前",
    ),
    (
        Concept::Repeat,
        "repeat|retype|re-type|re-enter|reenter|confirm|confirmation|confirmpassword|again|verify password|\
         password verify|password2|passwd2|pass2|pwd2|password_2|wiederholen|wiederholung|bestätigen|erneut|nochmal|\
         confirmer|répéter|retaper|confirmar|repetir|repita|confirme|conferma|ripeti|herhaal|bevestig|bevestigen|\
         powtórz|potwierdź|повторите|повтор|подтвердите|подтверждение|tekrar|onayla|doğrula|再入力|確認|확인|재입력|\
         确认|確認|再次|重复|重複",
    ),
    (
        Concept::Login,
        "login|log in|log on|logon|signin|sign in|sign on|signon|anmelden|anmeldung|einloggen|connexion|se connecter|\
         connectez|s'identifier|iniciar sesión|inicia sesión|acceder|ingresar|entrar|accedi|accesso|inloggen|aanmelden|\
         zaloguj|logowanie|войти|вход|авторизация|giriş|oturum aç|ログイン|サインイン|로그인|登录|登入|登錄|authenticate|unlock",
    ),
    (
        Concept::Signup,
        "signup|sign up|register|registration|create account|create an account|create your account|create my account|\
         createaccount|newaccount|new account|open an account|join now|join us|join for free|_join|become a member|get started|start free|\
         enroll|registrieren|registrierung|konto erstellen|konto anlegen|konto eröffnen|neukunde|inscription|s'inscrire|inscrivez|créer un compte|\
         créer mon compte|registrarse|regístrate|registro|registrar|crear cuenta|crear una cuenta|registrati|registrazione|\
         crea account|crea un account|iscriviti|cadastro|cadastrar|cadastre|criar conta|registreren|registreer|account aanmaken|\
         zarejestruj|rejestracja|załóż konto|utwórz konto|регистрация|зарегистрироваться|создать аккаунт|kayıt ol|kaydol|\
         üye ol|hesap oluştur|新規登録|会員登録|アカウント作成|アカウントを作成|회원가입|가입|注册|註冊|创建账户|创建帐户",
    ),
    (
        Concept::Change,
        "change password|change your password|changepassword|update password|updatepassword|reset password|resetpassword|\
         set new password|set a new password|new password|choose a new|passwort ändern|kennwort ändern|neues passwort|\
         modifier le mot de passe|changer le mot de passe|nouveau mot de passe|cambiar contraseña|cambiar la contraseña|\
         nueva contraseña|cambia password|modifica password|nuova password|alterar senha|mudar senha|nova senha|\
         wachtwoord wijzigen|nieuw wachtwoord|zmień hasło|zmiana hasła|nowe hasło|изменить пароль|сменить пароль|смена пароля|\
         новый пароль|şifre değiştir|parola değiştir|yeni şifre|パスワード変更|パスワードの変更|新しいパスワード|비밀번호 변경|새 비밀번호|\
         修改密码|更改密码|新密码",
    ),
    (
        Concept::Forgot,
        "forgot|forgotten|forget|lost password|lost your password|recover|recovery|reset password|reset your password|\
         reset link|password reset|passwordreset|resetpassword|trouble signing|passwort vergessen|zurücksetzen|vergessen|\
         mot de passe oublié|oublié|réinitialiser|olvidaste|olvidó|olvidado|recuperar|restablecer|dimenticat|\
         recupera|reimposta|esqueceu|esqueci|redefinir|vergeten|herstellen|zapomniałeś|nie pamiętasz|przypomnij|odzyskaj|\
         забыли|забыл|восстановить|восстановление|unuttum|unuttunuz|sıfırla|お忘れ|忘れた|再設定|찾기|재설정|忘记|忘記|找回|重置",
    ),
    (
        Concept::Confirm,
        "confirm it's you|confirm your identity|confirm access|confirm your password|enter your password to|\
         re-enter your password|verify it's you|verify your identity|sudo mode|to continue, |security check|\
         identität bestätigen|bestätige dein passwort|confirmez votre identité|confirma tu identidad|conferma la tua identità|\
         bevestig je identiteit|potwierdź tożsamość|подтвердите личность|kimliğinizi doğrulayın|本人確認|본인 확인|验证身份",
    ),
    (
        Concept::Search,
        "search|suche|suchen|recherche|rechercher|buscar|busca|búsqueda|cerca|ricerca|pesquisar|pesquisa|zoeken|zoek|szukaj|\
         wyszukaj|поиск|найти|_ara|arama|検索|검색|搜索|搜尋|query|keyword|_q",
    ),
    (
        Concept::Newsletter,
        "newsletter|subscribe|subscription|mailing list|stay updated|keep me posted|get updates|latest updates|notify me|stay in the know|email sign up|sign up for email|email alerts|abonnieren|\
         abonnez|s'abonner|suscríbete|suscribirse|boletín|iscriviti alla|assine|inscreva-se|nieuwsbrief|schrijf je in|\
         subskrybuj|biuletyn|подписаться|подписка|рассылка|abone ol|bülten|メルマガ|購読|뉴스레터|구독|订阅|訂閱",
    ),
    (
        Concept::Voucher,
        "coupon|voucher|promo|discount|gift card|giftcard|gutschein|rabatt|código promocional|codice sconto|купон|промокод|クーポン|쿠폰|优惠",
    ),
    (
        Concept::Message,
        "message|comment|feedback|subject|nachricht|betreff|kommentar|mensaje|asunto|messaggio|oggetto|mensagem|bericht|wiadomość|сообщение|комментарий|mesaj|お問い合わせ|문의|留言|评论",
    ),
    (
        Concept::CardNumber,
        "card number|cardnumber|cardno|ccnum|cc number|ccnumber|credit card|creditcard|debit card|kartennummer|kreditkarte|\
         numéro de carte|número de tarjeta|numero carta|numero di carta|número do cartão|kaartnummer|creditcardnummer|\
         numer karty|номер карты|kart numarası|カード番号|카드 번호|카드번호|卡号|信用卡",
    ),
    (
        Concept::CardCode,
        "cvc|cvv|cvv2|cvc2|_csc|cvn|card verification|card security|cardcode|kartenprüfnummer|prüfziffer|cryptogramme|\
         code carte|codice di sicurezza della carta|セキュリティコード|카드 보안|安全码",
    ),
    (
        Concept::CardExpiry,
        "expir|expiry|exp date|expdate|_exp|valid thru|valid until|validity|mm / yy|mmyy|mm yyyy|ablaufdatum|gültig bis|\
         date d'expiration|caducidad|vencimiento|scadenza|validade|vervaldatum|data ważności|срок действия|\
         son kullanma|有効期限|유효기간|有效期",
    ),
    (
        Concept::CardName,
        "name on card|nameoncard|cardholder|card holder|cardname|ccname|holder name|karteninhaber|titulaire|titular|\
         intestatario|kaarthouder|posiadacz karty|имя владельца|kart sahibi|カード名義|카드 소유자|持卡人",
    ),
    (
        Concept::Month,
        "month|monat|mois|_mes|_mese|maand|miesiąc|месяц|_ay|月|월|_mm",
    ),
    (
        Concept::Year,
        "year|_jahr|année|_año|_ano|anno|jaar|_rok|_год|_yıl|年|년|_yy|yyyy",
    ),
    (
        Concept::Day,
        "_day|_tag|_jour|_día|_dia|giorno|_dag|dzień|_день|_gün|_日|일|_dd",
    ),
    (
        Concept::Name,
        "full name|fullname|your name|_name|vollständiger name|nom complet|nombre completo|nombre y apellidos|nome completo|\
         nome e cognome|volledige naam|naam|imię i nazwisko|_фио|полное имя|ad soyad|氏名|お名前|이름|성명|姓名|名字",
    ),
    (
        Concept::GivenName,
        "first name|firstname|given name|givenname|fname|forename|vorname|prénom|prenom|nombre|nome|voornaam|imię|imie|имя|_adı|_ad",
    ),
    (
        Concept::MiddleName,
        "middle name|middlename|middle initial|additional name|zweiter vorname|deuxième prénom|segundo nombre|secondo nome|отчество",
    ),
    (
        Concept::FamilyName,
        "last name|lastname|family name|familyname|surname|lname|nachname|familienname|nom de famille|apellido|cognome|\
         sobrenome|apelido|achternaam|nazwisko|фамилия|soyad|苗字",
    ),
    (
        Concept::Organization,
        "company|organization|organisation|business name|firma|unternehmen|société|entreprise|empresa|azienda|ragione sociale|bedrijf|организация|компания|şirket|会社|회사|公司",
    ),
    (
        Concept::Street,
        "street|address|addr|address1|addressline1|straße|strasse|anschrift|adresse|rue|dirección|direccion|calle|domicilio|indirizzo|via|\
         endereço|endereco|morada|adres|straat|ulica|адрес|улица|adresi|sokak|住所|番地|주소|地址|街道",
    ),
    (
        Concept::Street2,
        "address line 2|addressline2|address2|addr2|apartment|apt|suite|_unit|floor|adresszusatz|complément|complement|interno|квартира|daire|建物名|상세주소",
    ),
    (
        Concept::City,
        "city|town|suburb|locality|stadt|ort|ville|ciudad|localidad|città|citta|comune|cidade|woonplaats|plaats|miasto|miejscowość|город|şehir|ilçe|市区町村|도시|城市",
    ),
    (
        Concept::State,
        "state|province|region|county|bundesland|kanton|département|région|provincia|estado|distrito|provincie|województwo|область|регион|_il|都道府県|시도|省份|州",
    ),
    (
        Concept::PostalCode,
        "zip|zipcode|zip code|postal|postcode|post code|postleitzahl|plz|code postal|código postal|cap|cep|postcode|kod pocztowy|почтовый индекс|индекс|posta kodu|郵便番号|우편번호|邮编|郵遞區號",
    ),
    (
        Concept::Country,
        "country|_land|pays|país|paese|nazione|land|kraj|страна|ülke|_国|国名|국가|国家|國家",
    ),
    (
        Concept::Birth,
        "birth|birthday|_dob|bday|geburt|naissance|nacimiento|nascita|nascimento|geboorte|urodzenia|рождения|doğum|生年月日|誕生日|생년월일|생일|出生|生日",
    ),
    (
        Concept::Sex,
        "gender|_sex|geschlecht|_sexe|sexo|sesso|geslacht|płeć|_пол|cinsiyet|性別|성별|性别|salutation|anrede|civilité",
    ),
    (
        Concept::Next,
        "next|continue|weiter|fortfahren|suivant|continuer|siguiente|continuar|avanti|continua|próximo|seguinte|avançar|volgende|doorgaan|dalej|kontynuuj|далее|продолжить|devam|ileri|次へ|続行|다음|계속|下一步|继续",
    ),
    (
        Concept::Guest,
        "guest|als gast|invité|invitado|ospite|convidado|_gość|как гость|misafir|ゲスト|비회원|游客",
    ),
];

#[cfg(test)]
mod tests;
