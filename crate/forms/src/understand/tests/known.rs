//! Forms as widespread systems make them, by what their fields are called in markup and to people.

use super::*;

/// `kind name #id label`: any part but the kind may be missing; `^` before a token of `autocomplete`.
pub(super) fn fields(list: &[&str]) -> Vec<Field> {
    list.iter().map(|text| one(text)).collect()
}

fn one(text: &str) -> Field {
    let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut made = field(kind, "");
    let mut label = Vec::new();
    for word in rest.split(' ').filter(|word| !word.is_empty()) {
        if let Some(id) = word.strip_prefix('#') {
            made.id = id.to_owned();
        } else if let Some(name) = word.strip_prefix('@') {
            made.name = name.to_owned();
        } else if let Some(token) = word.strip_prefix('^') {
            made.autocomplete = token.to_owned();
        } else {
            label.push(word);
        }
    }
    made.label = label.join(" ");
    made
}

pub(super) struct Known<'a> {
    pub(super) name: &'a str,
    pub(super) fields: &'a [&'a str],
    pub(super) heading: &'a str,
    pub(super) button: &'a str,
    pub(super) link: &'a str,
}

pub(super) fn all(list: &[Known<'_>], purpose: Purpose, roles: &[Role]) {
    let mut wrong = Vec::new();
    for known in list {
        let mut snapshot = page(fields(known.fields), known.heading, known.button);
        snapshot.groups[0].links = vec![known.link.to_owned()];
        let found = understand(&snapshot);
        if (found.purposes[0], found.roles.as_slice()) != (purpose, roles) {
            wrong.push(format!(
                "{}: {:?} {:?}",
                known.name, found.purposes[0], found.roles
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

macro_rules! known {
    ($($name:literal: [$($field:literal),*] $heading:literal $button:literal $link:literal;)*) => {
        &[$(Known { name: $name, fields: &[$($field),*], heading: $heading, button: $button, link: $link }),*]
    };
}
pub(super) use known;

#[test]
fn signing_in_with_name_and_password() {
    let list = known! {
        "blog": ["text @log #user_login Username or Email Address", "password @pwd #user_pass Password"] "" "Log In" "Lost your password?";
        "forum": ["text @username #username Username:", "password @password #password Password:"] "Login" "Login" "I forgot my password";
        "forum 2": ["text @vb_login_username #vb_login_username User Name", "password @vb_login_password #vb_login_password Password"] "" "Log in" "Register";
        "forum 3": ["text @login Your name or email address:", "password @password Password:"] "Log in" "Log in" "Forgot your password?";
        "identity server": ["text @username #username Username or email", "password @password #password Password"] "Sign in to your account" "Sign In" "Forgot Password?";
        "identity service": ["text @username #username Email address*", "password @password #password Password*"] "Welcome" "Continue" "Sign up";
        "code host": ["text @login #login_field Username or email address", "password @password #password Password"] "Sign in" "Sign in" "Create an account";
        "framework": ["text @username #id_username Username:", "password @password #id_password Password:"] "" "Log in" "";
        "framework 2": ["email @user[email] #user_email Email", "password @user[password] #user_password Password"] "Log in" "Log in" "Forgot your password?";
        "framework 3": ["email @email #email Email", "password @password #password Password"] "" "Log in" "Forgot your password?";
        "framework 4": ["text @j_username User", "password @j_password Password"] "Please sign in" "Sign in" "";
        "framework 5": ["email @Input.Email #Input_Email Email", "password @Input.Password #Input_Password Password"] "Use a local account to log in." "Log in" "Register as a new user";
        "framework 6": ["text @ctl00$Main$Login1$UserName #Login1_UserName User Name:", "password @ctl00$Main$Login1$Password Password:"] "Log In" "Log In" "";
        "framework 7": ["text @loginForm:user #loginForm:user Benutzer", "password @loginForm:pw Kennwort"] "" "Anmelden" "";
        "shop": ["email @login[username] #email Email", "password @login[password] #pass Password"] "Registered Customers" "Sign In" "Forgot Your Password?";
        "shop 2": ["email @customer[email] #CustomerEmail Email", "password @customer[password] Password"] "Login" "Sign in" "Create account";
        "shop 3": ["text @username #username Username or email address *", "password @password #password Password *"] "Login" "Log in" "Lost your password?";
        "wiki": ["text @wpName #wpName1 Username", "password @wpPassword #wpPassword1 Password"] "" "Log in" "Join Wikipedia";
        "cms": ["text @name #edit-name Username", "password @pass #edit-pass Password"] "Log in" "Log in" "Reset your password";
        "hosting": ["text @user #user Username", "password @pass #pass Password"] "" "Log in" "Reset Password";
        "database": ["text @pma_username #input_username Username:", "password @pma_password Password:"] "" "Log in" "";
        "monitoring": ["text @user Email or username", "password @password Password"] "Welcome" "Log in" "Forgot your password?";
        "mail": ["text @_user #rcmloginuser Username", "password @_pass #rcmloginpwd Password"] "" "Login" "";
        "school": ["text @username #username Username", "password @password #password Password"] "" "Log in" "Lost password?";
        "crm": ["email @username #username Username", "password @pw #password Password"] "" "Log In" "Forgot Your Password?";
        "issue tracker": ["text @os_username #login-form-username Username", "password @os_password Password"] "Welcome" "Log In" "Can't access your account?";
        "router": ["text @user Benutzername", "password @pass Kennwort"] "Bitte anmelden" "Anmelden" "";
        "bank": ["text @userId #userId Online ID", "password @passcode #passcode Passcode"] "" "Log In" "Forgot ID/Passcode?";
        "bank 2": ["text @kontonummer Kontonummer", "password @pin PIN"] "Banking" "Einloggen" "";
        "state": ["text @nif NIF", "password @password Contraseña"] "Acceso" "Entrar" "";
        "quiet": ["text @field1", "password @field2"] "" "OK" "";
        "no browser please": ["email @email ^off Email", "password @password ^new-password Password"] "" "Log in" "Forgot your password?";
    };
    all(
        list,
        Purpose::Login,
        &[Role::Username, Role::CurrentPassword],
    );
}

#[test]
fn the_first_of_two_steps() {
    let list = known! {
        "mail": ["email @identifier #identifierId ^username Email or phone"] "Sign in" "Next" "Forgot email?";
        "office": ["email @loginfmt Enter your email, phone, or Skype."] "Sign in" "Next" "Can't access your account?";
        "shop": ["email @email #ap_email Enter mobile number or email"] "Sign in or create account" "Continue" "";
        "devices": ["text #account_name_text_field Email or Phone Number"] "Sign in" "Continue" "Forgotten your password?";
        "work": ["text @identifier Username"] "Sign In" "Next" "Help";
        "jp": ["text @handle ID/携帯電話番号/メールアドレス"] "ログイン" "次へ" "";
        "ru": ["text @login #passp-field-login Логин или email"] "Войдите" "Войти" "";
        "br": ["text @user_id E-mail ou telefone"] "Digite seu e-mail ou telefone para iniciar sessão" "Continuar" "";
        "de": ["text @user E-Mail-Adresse oder Benutzername"] "Anmelden" "Weiter" "";
        "by telephone": ["tel @mobile Mobile number"] "Sign in" "Continue" "";
        "nothing said": ["text @un1"] "Log in" "Go" "";
    };
    all(list, Purpose::Login, &[Role::Username]);
}

#[test]
fn signing_up_with_an_address_and_a_password() {
    let list = known! {
        "framework": ["email @user[email] Email", "password @user[password] Password", "password @user[password_confirmation] Password confirmation"] "Sign up" "Sign up" "Log in";
        "framework 2": ["email @Input.Email Email", "password @Input.Password Password", "password @Input.ConfirmPassword Confirm Password"] "Register" "Register" "";
        "shop": ["email @customer[email] Email", "password @p1 Password", "password @p2 Confirm password"] "Create account" "Create" "";
        "de": ["email E-Mail", "password Passwort", "password Passwort bestätigen"] "Neues Kundenkonto" "Jetzt registrieren" "";
        "quiet": ["email Email", "password Password", "password Repeat password"] "" "Submit" "";
    };
    all(
        list,
        Purpose::Signup,
        &[Role::Email, Role::NewPassword, Role::ConfirmPassword],
    );
    let single = known! {
        "code host": ["email @email Email*", "password @password ^new-password Password*"] "Sign up" "Continue" "Sign in";
        "app": ["email Work email", "password Password"] "Start your free trial" "Create my account" "Log in";
        "app 2": ["email Email", "password Choose a password"] "Get started" "Sign up" "";
        "shop": ["email @email Email address *", "password @password Password *"] "Register" "Register" "";
        "knows no better": ["email Email", "password ^current-password Password"] "Create your account" "Sign up" "";
    };
    all(single, Purpose::Signup, &[Role::Email, Role::NewPassword]);
}

#[test]
fn changing_resetting_and_confirming() {
    let change = known! {
        "framework": ["password @current_password Current Password", "password @password New Password", "password @password_confirmation Confirm Password"] "Update Password" "Save" "";
        "framework 2": ["password @old_password Old password:", "password @new_password1 New password:", "password @new_password2 New password confirmation:"] "Password change" "Change my password" "";
        "it": ["password Password attuale", "password Nuova password", "password Conferma password"] "Modifica password" "Salva" "";
    };
    all(
        change,
        Purpose::Change,
        &[
            Role::CurrentPassword,
            Role::NewPassword,
            Role::ConfirmPassword,
        ],
    );
    let set = known! {
        "blog": ["password @pass1 New password", "password @pass2 Confirm new password"] "Enter your new password below" "Save Password" "Log in";
        "fr": ["password Nouveau mot de passe", "password Confirmer le mot de passe"] "Réinitialisation" "Enregistrer" "";
    };
    all(
        set,
        Purpose::Change,
        &[Role::NewPassword, Role::ConfirmPassword],
    );
    let reset = known! {
        "framework": ["email @email Email"] "Forgot your password? No problem." "Email Password Reset Link" "";
        "de": ["email E-Mail"] "Passwort vergessen?" "Zurücksetzen" "";
        "pl": ["email E-mail"] "Nie pamiętasz hasła?" "Wyślij" "";
    };
    all(reset, Purpose::ResetRequest, &[Role::Email]);
    let again = known! {
        "code host": ["password @sudo_password Password"] "Confirm access" "Confirm" "Forgot password?";
        "account": ["password Password"] "Confirm it's you" "Verify" "";
    };
    all(again, Purpose::Reauth, &[Role::CurrentPassword]);
}

#[test]
fn codes_of_an_authenticator() {
    let list = known! {
        "code host": ["text @app_otp #app_totp ^one-time-code Authentication code"] "Two-factor authentication" "Verify" "Having problems?";
        "office": ["tel @otc #idTxtBx_SAOTCC_OTC Code"] "Enter code" "Verify" "";
        "mail": ["tel @totpPin #totpPin Enter code"] "2-Step Verification" "Next" "Try another way";
        "wordpress": ["text @authcode #authcode Authentication Code:"] "" "Authenticate" "";
        "framework": ["number @otp_attempt Two-factor code"] "" "Log in" "";
        "cloud": ["text @mfaCode #mfacode MFA code"] "Multi-factor authentication" "Submit" "";
        "nothing but a code": ["text @code #code"] "" "Verify" "";
        "nothing but a code, es": ["text @codigo Código"] "" "Verificar" "";
        "network": ["text @approvals_code #approvals_code"] "Enter the 6-digit code from your app" "Continue" "";
        "de": ["text @code Bestätigungscode"] "Zwei-Faktor-Authentifizierung" "Bestätigen" "";
        "fr": ["text @code Code de vérification"] "Double authentification" "Vérifier" "";
        "es": ["text @codigo Código"] "Verificación en dos pasos" "Verificar" "";
        "it": ["text @codice Codice"] "Autenticazione a due fattori" "Verifica" "";
        "nl": ["text @code Verificatiecode"] "Tweestapsverificatie" "Verifiëren" "";
        "ru": ["text @code Код из приложения"] "Двухфакторная аутентификация" "Подтвердить" "";
        "ja": ["text @code 認証コード"] "2段階認証" "確認" "";
        "zh": ["text @code 动态码"] "两步验证" "确定" "";
    };
    all(list, Purpose::Otp, &[Role::Otp]);
}

#[test]
fn codes_that_no_authenticator_makes() {
    for (label, button) in [
        ("Coupon code", "Verify"),
        ("Gift card code", "Sign in to redeem"),
        ("Enter the code from the picture (captcha)", "Verify"),
        ("Postal code", "Verify"),
        ("Code we sent you by e-mail", "Verify"),
    ] {
        let found = understand(&page(vec![field("text", label)], "", button));
        assert!(!found.roles.contains(&Role::Otp), "{label}");
    }
}

#[test]
fn what_is_no_account_form() {
    let list = known! {
        "contact": ["text @name Your Name", "email @email Your Email", "textarea @message Your Message"] "Contact us" "Send" "";
        "comment": ["textarea @comment Comment *", "text @author #author Name *", "email @email Email *"] "Leave a Reply" "Post Comment" "Log in to reply";
    };
    for known in list {
        let mut snapshot = page(fields(known.fields), known.heading, known.button);
        for field in &mut snapshot.fields {
            if field.kind == "textarea" {
                field.tag = Tag::Textarea;
            }
        }
        snapshot.groups[0].links = vec![known.link.to_owned()];
        let found = understand(&snapshot);
        assert!(!found.roles.contains(&Role::Username), "{}", known.name);
        assert!(
            !matches!(found.purposes[0], Purpose::Login | Purpose::Signup),
            "{}: {:?}",
            known.name,
            found.purposes[0]
        );
    }
    let newsletter = known! {
        "en": ["email Email address"] "Stay in the know" "Sign up" "Privacy policy";
        "de": ["email Ihre E-Mail-Adresse"] "Newsletter" "Anmelden" "";
        "nl": ["email E-mailadres"] "Nieuwsbrief" "Aanmelden" "";
        "fr": ["email Votre e-mail"] "Inscrivez-vous à notre newsletter" "S'inscrire" "";
    };
    all(newsletter, Purpose::Newsletter, &[Role::Email]);
}

#[test]
fn what_can_be_ticked_tells_signing_up_from_signing_in() {
    let form = |check: &str| {
        let list = ["email Email", "password Password"];
        let mut snapshot = page(fields(&list), "", "Continue");
        snapshot.groups[0].checks = vec![check.to_owned()];
        understand(&snapshot).purposes[0]
    };
    for check in [
        "I agree to the terms",
        "Ich akzeptiere die AGB",
        "accept_tos",
        "同意する",
    ] {
        assert_eq!(form(check), Purpose::Signup, "{check}");
    }
    for check in [
        "Remember me",
        "Angemeldet bleiben",
        "Запомнить меня",
        "记住我",
    ] {
        assert_eq!(form(check), Purpose::Login, "{check}");
    }
}
