//! Words for accounts: signing in and up, codes, and what else stands where forms do.

use super::{Concept, Words};

/// Phrases apart by `|`.
pub(super) const WORDS: Words = &[
    (
        Concept::Password,
        "password|passwd|passphrase|passcode|pass|pwd|pword|psw|pw|passwort|kennwort|mot de passe|mdp|contraseña|\
         contrasena|clave|senha|palavra-passe|palavra passe|wachtwoord|hasło|пароль|parola|şifre|sifre|\
         パスワード|暗証番号|비밀번호|패스워드|密码|密碼|口令|\
         _pin|geheimzahl|motdepasse|_palavra|_haslo|parolanız|şifreniz|пассворд|пароля|パスコード|비번|登录密码|通行码|\
         wachtwoorden|codice segreto|codice d'accesso|contraseñas|_clau",
    ),
    (
        Concept::Username,
        "username|user name|userid|user id|usr|uname|user|nickname|screen name|login name|login id|loginname|\
         benutzername|benutzerkennung|benutzer|anmeldename|nutzername|nom d'utilisateur|identifiant|pseudo|utilisateur|\
         usuario|nombre de usuario|nome utente|utente|usuário|nome de usuário|utilizador|gebruikersnaam|\
         gebruiker|nazwa użytkownika|użytkownik|имя пользователя|логин|пользователь|kullanıcı adı|kullanıcı|\
         ユーザー名|ユーザーid|ユーザ名|ログインid|아이디|사용자 이름|사용자명|用户名|用戶名|帐号|账号|帳號|用户id|会员名|\
         benutzerid|benutzer-id|anmelde-id|login-name|nom utilisateur|nomutilisateur|nom de compte|identifiants|\
         _uid|_userid|logonid|logon id|logon name|userlogin|user login|login_user|member name|membername|_nick|\
         pseudonyme|apodo|nombre usuario|codice utente|nomeutente|userinfo|_loginfmt|identyfikator|\
         login użytkownika|nazwa konta|имя аккаунта|никнейм|üye adı|利用者id|会員id|ユーザid|ユーザーネーム|닉네임|회원 아이디|登录名|登入帳號|\
         用户帐号|使用者名稱|使用者代號|utilisatrice|handle name|_login_name|_principal",
    ),
    (
        Concept::Account,
        "customer number|customer id|client number|account number|account id|account name|member number|member id|\
         membership number|kundennummer|kontonummer|mitgliedsnummer|zugangsnummer|numéro client|numero cliente|\
         número de cliente|codice cliente|codice utente|klantnummer|numer klienta|номер счета|müşteri numarası|\
         お客様番号|会員番号|会員id|회원번호|客户号|会员号|iban|dni|cpf|codice fiscale|employee id|student id|card or account|\
         customer no|customer code|client id|policy number|contract number|card no or|subscriber|\
         subscriber number|access number|user number|user code|_account|_konto|_compte|_cuenta|_conta|_rekening|\
         аккаунт|лицевой счет|лицевой счёт|_инн|_снилс|hesap adı|t.c. kimlik|tc kimlik|kimlik no|müşteri no|üye no|\
         kundenr|kundennr|kunden-nr|vertragsnummer|versichertennummer|mitgliedsnr|numéro de compte|numéro d'abonné|\
         numéro d'adhérent|numéro fiscal|número de cuenta|número de documento|nif|cif|rut|_run|cnpj|cpf ou|\
         matrícula|matricola|número de contribuinte|klantnr|relatienummer|pesel|nip|アカウント|契約番号|お客さま番号|口座番号|加入者番号|\
         고객번호|학번|사번|계정|账户|帐户|帳戶|身份证|學號|工号|student number|employee number|badge number|library card|loyalty number|\
         member no",
    ),
    (
        Concept::Email,
        "email|e-mail|mail address|_mail|courriel|adresse électronique|correo|posta elettronica|\
         correio|почта|почты|имейл|eposta|メール|이메일|메일|邮箱|郵箱|邮件|電子郵件|电子邮件|\
         e-post|epost|mailadresse|mail-adresse|adresse mail|adresse e-mail|adresse courriel|_mel|correo electrónico|\
         e-posta|eposta adresi|адрес эл|электронная|эл. почта|eメール|메일주소|電郵|電子信箱|信箱|_email|useremail|mejl",
    ),
    (
        Concept::Phone,
        "phone|telephone|mobile|_tel|_cell|telefon|handy|rufnummer|téléphone|portable|teléfono|móvil|telefono|\
         cellulare|telefone|celular|telemóvel|telefoon|mobiel|telefonu|komórka|телефон|мобильный|cep telefonu|\
         電話|携帯|전화|휴대폰|手机|手機|电话|msisdn|\
         _gsm|mobilnummer|handynummer|telefonnummer|numéro de téléphone|número de teléfono|número de móvil|\
         numero di telefono|telefoonnummer|mobiele nummer|numer telefonu|номер телефона|telefon numarası|gsm no|\
         電話番号|携帯電話|전화번호|휴대폰번호|핸드폰|手机号|手機號碼|电话号码|電話號碼|_whatsapp|cellphone|phonenumber",
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
         second factor|6 numbers|digit code|einmal-code|token code|6 digit number|6 digit pin|passcode from|\
         one time passcode|one-time passcode|onetimecode|onetimepassword|onetimepasscode|_otc|_otpcode|otp code|\
         mfa code|mfacode|2fa code|tfa code|access code from|\
         validation code|confirmation code|identification code|verifycode|verify_code|vercode|verification_code|\
         six-digit|2-step|zwei-faktor|zweiter faktor|zwei-stufen|2-faktor|bestätigungs-code|verifizierungscode|\
         anmeldecode|authentifizierungscode|double authentification|deux facteurs|deux étapes|\
         code de confirmation|code temporaire|código de un solo uso|\
         código de confirmación|código de autenticación|dos factores|dos pasos|codice otp|\
         codice temporaneo|codice di autenticazione|due fattori|due passaggi|codice di conferma|\
         código de autenticação|código de confirmação|dois fatores|duas etapas|tweestapsverificatie|twee-factor|\
         tweefactor|verificatie code|bevestigingscode|dwuskładnikow|dwuetapow|\
         kod autoryzacyjny|kod uwierzytelniający|kod potwierdzający|двухфакторн|двухэтапн|код авторизации|\
         код из приложения|проверочный код|iki faktör|iki aşamalı|onay kodu|tek kullanımlık|kimlik doğrulama kodu|\
         二段階認証|2段階認証|二要素認証|認証番号|認証キー|2단계|이중 인증|일회용|otp번호|보안코드|两步验证|双重验证|双因素|動態密碼|动态密码|一次性|安全验证码|安全碼",
    ),
    (
        Concept::SentCode,
        "sms|text message|we sent|we've sent|we emailed|we texted|sent to your|sent you|emailed you|code by email|\
         email code|mailed code|gesendet|geschickt|zugesandt|envoyé|enviado|enviamos|inviato|verzonden|gestuurd|wysłaliśmy|wysłany|\
         отправили|отправлен|gönderdik|gönderilen|送信しました|お送り|전송|발송|已发送|短信|邮件验证码|\
         text you|texted you|emailed a|sent a code|sent a verification|sent an email|we just sent|has been sent|\
         was sent|code sent|per sms|per e-mail|via sms|par sms|par e-mail|nous avons envoyé|vous avons envoyé|\
         te hemos enviado|hemos enviado|le hemos enviado|por sms|por correo|ti abbiamo inviato|abbiamo inviato|\
         via e-mail|te enviamos|código enviado|we hebben|hebben we|verstuurd|naar je e-mail|przesłaliśmy|\
         wiadomość sms|из смс|из sms|по смс|выслали|kısa mesaj|e-postanıza|メールに送信|送信された|문자로|발송된|메일로|短信验证码|手机验证码|簡訊|\
         发送至|發送",
    ),
    (
        Concept::Code,
        "code|kod|codice|código|код|コード|코드|pin|token|digit",
    ),
    (
        Concept::Authenticator,
        "authenticator|authentication app|authy|totp|authentifizierungs-app|authentifizierungsapp|d'authentification|\
         app de autenticación|app di autenticazione|aplicativo autenticador|authenticatie-app|aplikacja uwierzytelniająca|\
         приложение-аутентификатор|аутентификатор|kimlik doğrulayıcı|doğrulama uygulaması|認証アプリ|인증 앱|身份验证器|驗證器|\
         google authenticator|microsoft authenticator|authenticator-app|authenticator app|auth app|\
         authentication application|two-factor app|aplicación de autenticación|app autenticadora|authenticatie app|\
         аутентификатора|認証アプリケーション|otp 앱|身份验证应用|验证器|驗證應用",
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
         recaptcha|код с картинки|画像認証|보안문자|自动输入|图形验证码|图片验证码|校验码|\
         security text|letters shown|type the text|type the characters|enter the characters|enter the text|\
         enter the letters|_seccode|imagecode|image code|verifypic|check code|checkcode|sicherheitsabfrage|\
         zeichen ein|recopiez|caractères de l'image|código de la imagen|introduce los caracteres|codice immagine|\
         digite os caracteres|caracteres da imagem|tekens over|przepisz|kod z obrazka|введите символы|\
         символы с картинки|код с изображения|güvenlik resmi|resimdeki|画像の文字|자동입력|圖形驗證碼|附加码|看不清",
    ),
    (
        Concept::New,
        "_new|neues|neue|neuer|nouveau|nouvelle|nueva|nuevo|nuova|nuovo|nova|novo|_nieuw|nieuwe|nowe|nowy|новый|новая|\
         yeni|newpass|newpwd|newpassword|新しい|新規|새|新密码|新密碼|choose a password|create a password|create password|\
         choose password|choose your password|create your password|set password|set a password|\
         neues passwort|neues kennwort|nouveau mot|nueva clave|nova palavra|nowego|новый пароль|нового|yeni şifre|\
         yeni parola|新パスワード|새로운|新的密码|desired password|wunschpasswort|pick a password|make a password|\
         create a strong",
    ),
    (
        Concept::Current,
        "current|_old|existing|oldpass|previous|aktuelles|altes|bisheriges|actuel|ancien|actual|antigua|anterior|\
         attuale|vecchia|atual|antiga|huidig|huidige|oude|obecne|stare|aktualne|текущий|старый|действующий|\
         mevcut|eski|現在の|古い|현재|기존|当前|原密码|旧密码|目前|\
         oldpassword|old password|old_password|currentpassword|altes passwort|aktuelles passwort|\
         mot de passe actuel|contraseña actual|clave actual|password attuale|vecchia password|senha atual|\
         palavra-passe atual|huidig wachtwoord|oude wachtwoord|dotychczasowe|stare hasło|aktualne hasło|текущего|\
         старого|şu anki|geçerli|いまの|元のパスワード|旧パスワード|舊密碼|原密碼|当前密码|目前密碼",
    ),
    (
        Concept::Repeat,
        "repeat|retype|re-type|re-enter|reenter|confirm|confirmation|confirmpassword|again|verify password|\
         password verify|password2|passwd2|pass2|pwd2|password_2|wiederholen|wiederholung|bestätigen|erneut|nochmal|\
         confirmer|répéter|retaper|confirmar|repetir|repita|confirme|conferma|ripeti|herhaal|bevestig|bevestigen|\
         powtórz|potwierdź|повторите|повтор|подтвердите|подтверждение|tekrar|onayla|doğrula|再入力|確認|확인|재입력|\
         确认|確認|再次|重复|重複|\
         confirm password|password_confirmation|passwordconfirm|confirm_password|passwordagain|\
         repassword|retypepassword|repeatpassword|_rpassword|_cpassword|_cpass|2nd password|second password|\
         wiederhole|bestätige|passwort bestätigung|passwortwiederholung|répète|répétez|confirmez|retapez|\
         confirmation du|saisir à nouveau|confirma|repite|vuelve a|reingrese|nuevamente|confirma la|ripeti la|\
         conferma la|confirma a|confirme a|repita a|novamente|nogmaals|herhalen|opnieuw|powtórzenie|potwierdzenie|\
         ponownie|повторно|еще раз|ещё раз|подтверждение пароля|tekrarı|yeniden|tekrar girin|確認用|もう一度|再度|다시|확인용|\
         确认密码|再输入|再次输入|确认新密码|重复密码",
    ),
    (
        Concept::Login,
        "login|log in|log on|logon|signin|sign in|sign on|signon|anmelden|anmeldung|einloggen|connexion|se connecter|\
         connectez|s'identifier|iniciar sesión|inicia sesión|acceder|ingresar|entrar|accedi|accesso|inloggen|aanmelden|\
         zaloguj|logowanie|войти|вход|авторизация|giriş|oturum aç|ログイン|サインイン|로그인|登录|登入|登錄|authenticate|unlock|\
         logg inn|logga in|sign-in|log-in|anmelde|jetzt anmelden|me connecter|connectez-vous|connecter|\
         identifiez-vous|s’identifier|iniciar sesion|inicio de sesión|identifícate|identificarse|entra|acceda|\
         accede a|autenticarse|effettua il login|entra nel|autenticazione|iniciar sessão|fazer login|acessar|acesse|\
         faça login|log masuk|meld je aan|meld u aan|inlog|zaloguj się|logowania|zalogować|авторизоваться|\
         авторизуйтесь|войдите|вход в|личный кабинет|giriş yap|oturum|üye girişi|サインオン|ログオン|ログインする|会員ログイン|로그인하기|로긴|\
         登 录|登 入|会员登录|立即登录|账号登录|登陆",
    ),
    (
        Concept::Signup,
        "signup|sign up|register|registration|create account|create an account|create your account|create my account|\
         createaccount|newaccount|new account|open an account|join now|join us|join for free|_join|become a member|get started|start free|\
         enroll|registrieren|registrierung|konto erstellen|konto anlegen|konto eröffnen|neukunde|inscription|s'inscrire|inscrivez|créer un compte|\
         créer mon compte|registrarse|regístrate|registro|registrar|crear cuenta|crear una cuenta|registrati|registrazione|\
         crea account|crea un account|iscriviti|cadastro|cadastrar|cadastre|criar conta|registreren|registreer|account aanmaken|\
         zarejestruj|rejestracja|załóż konto|utwórz konto|регистрация|зарегистрироваться|создать аккаунт|kayıt ol|kaydol|\
         üye ol|hesap oluştur|新規登録|会員登録|アカウント作成|アカウントを作成|회원가입|가입|注册|註冊|创建账户|创建帐户|\
         sign me up|create profile|create your profile|create free|create your free|create my free|open account|\
         set up account|set up your account|join free|join today|try for free|try it free|start your free|\
         free trial|new customer|new user|i'm new|jetzt registrieren|kostenlos registrieren|registrier|\
         account erstellen|neues konto|mitglied werden|benutzerkonto erstellen|anmeldeformular|je m'inscris|\
         m'inscrire|créez votre compte|créer votre compte|créez un compte|nouveau compte|s'enregistrer|m'enregistrer|nouveau client|\
         devenir membre|crea tu cuenta|crear tu cuenta|crea una cuenta|nueva cuenta|regístrese|registrate|\
         darse de alta|date de alta|únete|alta de usuario|nuevo usuario|crea il tuo account|crea un profilo|\
         nuovo account|crea profilo|iscrizione|iscrivi|crie sua conta|criar uma conta|crie uma conta|abra sua conta|\
         cadastrar-se|registar|registe-se|registo|nova conta|maak een account|account maken|maak account|word lid|\
         inschrijven|nieuw account|registratie|aanmeldformulier|stwórz konto|załóż|nowe konto|dołącz|\
         zarejestruj się|утвердить|зарегистрируйтесь|создать учетную запись|создать учётную запись|создать профиль|\
         присоединиться|новый пользователь|регистрации|kaydolun|hesap aç|kayıt|üyelik|yeni hesap|\
         hesabınızı oluşturun|新規会員|無料登録|登録する|アカウント登録|ユーザー登録|新規アカウント|会員になる|계정 만들기|계정 생성|회원 가입|등록하기|立即注册|免费注册|注册账号|\
         新用户|創建帳戶|建立帳戶|建立帳號|创建账号|加入会员|註冊帳號",
    ),
    (
        Concept::Change,
        "change password|change your password|changepassword|update password|updatepassword|reset password|resetpassword|\
         set new password|set a new password|new password|choose a new|passwort ändern|kennwort ändern|neues passwort|\
         modifier le mot de passe|changer le mot de passe|nouveau mot de passe|cambiar contraseña|cambiar la contraseña|\
         nueva contraseña|cambia password|modifica password|nuova password|alterar senha|mudar senha|nova senha|\
         wachtwoord wijzigen|nieuw wachtwoord|zmień hasło|zmiana hasła|nowe hasło|изменить пароль|сменить пароль|смена пароля|\
         новый пароль|şifre değiştir|parola değiştir|yeni şifre|パスワード変更|パスワードの変更|新しいパスワード|비밀번호 변경|새 비밀번호|\
         修改密码|更改密码|新密码|\
         change pass|change your pass|update your password|password change|reset your password|choose new password|\
         create new password|create a new password|enter new password|passwort zurücksetzen|neues kennwort|\
         passwort aktualisieren|neues passwort festlegen|réinitialiser votre mot de passe|réinitialisation|\
         définir un nouveau|restablecer contraseña|restablecer tu contraseña|crear nueva contraseña|\
         reimposta password|reimposta la password|redefinir senha|redefinir a senha|criar nova senha|\
         wachtwoord herstellen|wachtwoord resetten|nieuw wachtwoord instellen|ustaw nowe hasło|zresetuj hasło|\
         resetowanie hasła|сброс пароля|установить новый пароль|сбросить пароль|şifre sıfırla|şifreyi değiştir|\
         şifremi değiştir|パスワード再設定|パスワードを変更|パスワードの再設定|비밀번호 재설정|비밀번호를 변경|密码重置|重置密码|重設密碼|變更密碼|修改登录密码",
    ),
    (
        Concept::Forgot,
        "forgot|forgotten|forget|lost password|lost your password|recover|recovery|reset password|reset your password|\
         reset link|password reset|passwordreset|resetpassword|trouble signing|passwort vergessen|zurücksetzen|vergessen|\
         mot de passe oublié|oublié|réinitialiser|olvidaste|olvidó|olvidado|recuperar|restablecer|dimenticat|\
         recupera|reimposta|esqueceu|esqueci|redefinir|vergeten|herstellen|zapomniałeś|nie pamiętasz|przypomnij|odzyskaj|\
         забыли|забыл|восстановить|восстановление|unuttum|unuttunuz|sıfırla|お忘れ|忘れた|再設定|찾기|재설정|忘记|忘記|找回|重置|\
         can't sign in|can't log in|cannot log in|trouble logging|need help signing|forgotpassword|\
         passwort anfordern|kennwort vergessen|zugangsdaten vergessen|mot de passe perdu|perdu|récupérer|olvidé|\
         recuperación|password smarrita|smarrita|recupero|hai dimenticato|não consegue|esqueceu-se|recuperação|\
         wachtwoord kwijt|wachtwoord vergeten|nie pamiętam|zapomniane|odzyskiwanie|не помню|восстановления|\
         şifremi unuttum|parolamı|kurtar|忘れた方|忘れの方|分からない|잊으셨|잊어버린|분실|找回密码|忘记密码|忘記密碼|無法登入",
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
         wyszukaj|поиск|найти|_ara|arama|検索|검색|搜索|搜尋|query|keyword|\
         search by|_find|finden|_chercher|trova|procurar|opzoeken|найдите|искать|bul_|探す|찾아보기|查找|查询|찾기 검색",
    ),
    (
        Concept::Newsletter,
        "newsletter|subscribe|subscription|mailing list|stay updated|keep me posted|get updates|latest updates|notify me|stay in the know|email sign up|sign up for email|email alerts|abonnieren|\
         abonnez|s'abonner|suscríbete|suscribirse|boletín|iscriviti alla|assine|inscreva-se|nieuwsbrief|schrijf je in|\
         subskrybuj|biuletyn|подписаться|подписка|рассылка|abone ol|bülten|メルマガ|購読|뉴스레터|구독|订阅|訂閱|\
         newsletters|infolettre|lettre d'information|mailingliste|boletines|bollettino|newsletterji|aggiornamenti|\
         novidades|receba|ofertas por e-mail|uitschrijven|aanbiedingen|новости|рассылку|haber bülteni|メールマガジン|\
         ニュースレター|소식받기|电子报|電子報|promotions by email|weekly email|join our list|join the list|stay in touch|\
         keep in touch|keep me updated|subscribers",
    ),
    (
        Concept::Voucher,
        "coupon|voucher|promo|discount|gift card|giftcard|gutschein|rabatt|código promocional|codice sconto|купон|промокод|クーポン|쿠폰|优惠|\
         _gift|referral|invite code|invitation code|promotional|promo code|access key|gutscheincode|rabattcode|\
         code promo|code de réduction|code cadeau|bon de réduction|cupón|código de descuento|código de invitación|\
         buono|codice promo|cupom|código de desconto|kortingscode|cadeaubon|kod rabatowy|kod promocyjny|kupon|\
         indirim|promosyon|招待コード|추천인|优惠券|优惠码|邀请码|推荐码",
    ),
    (
        Concept::Message,
        "message|comment|feedback|subject|nachricht|betreff|kommentar|mensaje|asunto|messaggio|oggetto|mensagem|bericht|wiadomość|сообщение|комментарий|mesaj|お問い合わせ|문의|留言|评论|\
         enquiry|inquiry|your question|_frage|anfrage|_votre message|demande|consulta|comentario|messaggi|commento|\
         richiesta|mensagens|comentário|vraag|opmerking|pytanie|komentarz|вопрос|отзыв|yorum|soru|コメント|ご質問|内容|댓글|내용|\
         意见|内容",
    ),
    (
        Concept::Next,
        "next|continue|weiter|fortfahren|suivant|continuer|siguiente|continuar|avanti|continua|próximo|seguinte|avançar|volgende|doorgaan|dalej|kontynuuj|далее|продолжить|devam|ileri|次へ|続行|다음|계속|下一步|继续|\
         next step|proceed|go on|weiter zum|nächster schritt|poursuivre|étape suivante|suivante|siguiente paso|\
         prosegui|procedi|successivo|prosseguir|verder|volgende stap|kontynuować|następny|следующий|devam et|\
         sonraki|次へ進む|進む|続ける|계속하기|다음 단계|繼續",
    ),
    (
        Concept::Guest,
        "guest|als gast|invité|invitado|ospite|convidado|_gość|как гость|misafir|ゲスト|비회원|游客|\
         checkout as|ohne registrierung|ohne konto|en tant qu'invité|sans compte|como invitado|come ospite|\
         como convidado|zonder account|bez rejestracji|без регистрации|üye olmadan|会員登録せずに",
    ),
    (
        Concept::Terms,
        "terms|conditions|privacy|agree|consent|_tos|eula|agb|nutzungsbedingungen|datenschutz|conditions générales|cgu|\
         confidentialité|términos|condiciones|privacidad|termini|condizioni|informativa|termos|condições|voorwaarden|\
         privacybeleid|akkoord|regulamin|polityka prywatności|zgadzam|akceptuję|соглаш|условия|условиями|конфиденциальн|\
         согласен|koşulları|gizlilik|sözleşme|kvkk|規約|プライバシー|同意|약관|개인정보|동의|协议|條款|条款|隐私|隱私",
    ),
    (
        Concept::Remember,
        "remember|keep me|stay signed|stay logged|keep signed|autologin|persistent|angemeldet bleiben|eingeloggt bleiben|\
         merken|se souvenir|rester connecté|recuérdame|recordar|mantener|ricordami|ricorda|resta connesso|lembrar|\
         manter conectado|continuar conectado|onthoud|ingelogd blijven|aangemeld blijven|zapamiętaj|nie wylogowuj|\
         запомнить|чужой компьютер|beni hatırla|oturumumu açık|ログイン状態|ログインしたまま|自動ログイン|記憶|자동 로그인|\
         로그인 상태|아이디 저장|记住|自动登录|保持登录",
    ),
    (
        Concept::Verify,
        "verify|authenticate|verifizieren|überprüfen|bestätigen|vérifier|valider|verificar|comprobar|verifica|verifieer|\
         verifiëren|controleren|bevestig|zweryfikuj|potwierdź|проверить|подтвердить|doğrula|onayla|確認|認証|확인|인증|\
         验证|驗證|确认|確定",
    ),
];
