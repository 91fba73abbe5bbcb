//! Messages to and from an account server that hold no key: between JSON, as the background has it,
//! and the protocol's bytes. Bytes are base64url in JSON, identifiers are hexadecimal. What a
//! server answers becomes numbers, identifiers and opaque bytes here, never a text of its choice
//! (S-19): the one exception is an e-mail address, which has to be one.

use crate::keeper::letters;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sesame_protocol::account::code::{self, MailCode};
use sesame_protocol::account::{
    Account, AccountDelete, AccountSettings, DeviceRemove, Email, EmailBegin, EmailFinish, EraseAt,
    Grant, HintSend, How, Lang, LoginFinish, LoginStart, LoginStarted, Message, NewDevice,
    PasswordStart, RecoverStart, RegisterBegin, RegisterStart, RegisterStarted, ResetRequest,
    ResetStart, ResetStarted, SealedErase, SealedKeep, SealedProve, SealedPull, SealedStart,
    SealedStarted, Session, SetHint,
};
use sesame_protocol::{DeviceId, GenId, ItemId};

/// Why something can't be said or heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// Not an address that an account can have.
    #[error("e-mail address")]
    Email,
    /// A mailed code or link with a typing mistake.
    #[error("code")]
    Code,
    /// Another field is missing or wrong, or there is no such message.
    #[error("input")]
    Input,
    /// What the server sent is not this message.
    #[error("answer")]
    Answer,
}

impl MessageError {
    /// The code that JavaScript sees.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email-invalid",
            Self::Code => "code-typo",
            Self::Input => "invalid",
            Self::Answer => "server-error",
        }
    }
}

type Spoken<T> = Result<T, MessageError>;

struct Fields<'a>(&'a Map<String, Value>);

impl Fields<'_> {
    fn text(&self, name: &str) -> Spoken<&str> {
        self.0
            .get(name)
            .and_then(Value::as_str)
            .ok_or(MessageError::Input)
    }

    fn number<T: TryFrom<u64>>(&self, name: &str) -> Spoken<T> {
        let number = self.0.get(name).and_then(Value::as_u64);
        number
            .and_then(|number| T::try_from(number).ok())
            .ok_or(MessageError::Input)
    }

    fn bytes(&self, name: &str) -> Spoken<Vec<u8>> {
        URL_SAFE_NO_PAD
            .decode(self.text(name)?)
            .map_err(|_| MessageError::Input)
    }

    fn array<const N: usize>(&self, name: &str) -> Spoken<[u8; N]> {
        self.bytes(name)?
            .try_into()
            .map_err(|_| MessageError::Input)
    }

    fn email(&self) -> Spoken<Email> {
        Email::parse(self.text("email")?).map_err(|_| MessageError::Email)
    }

    fn lang(&self) -> Spoken<Lang> {
        match self.text("lang")? {
            "en" => Ok(Lang::En),
            "it" => Ok(Lang::It),
            _ => Err(MessageError::Input),
        }
    }

    fn mail_code(&self) -> Spoken<MailCode> {
        MailCode::parse(self.text("code")?).map_err(|_| MessageError::Code)
    }

    fn generation(&self) -> Spoken<GenId> {
        GenId::parse_hex(self.text("gen")?).ok_or(MessageError::Input)
    }

    fn how(&self) -> Spoken<How> {
        How::try_from(self.number::<u8>("how")?).map_err(|_| MessageError::Input)
    }

    fn device(&self) -> Spoken<NewDevice> {
        NewDevice::decode(&self.bytes("device")?).map_err(|_| MessageError::Input)
    }

    fn after(&self) -> Spoken<Option<ItemId>> {
        match self.0.get("after") {
            None | Some(Value::Null) => Ok(None),
            Some(_) => ItemId::parse_hex(self.text("after")?)
                .map(Some)
                .ok_or(MessageError::Input),
        }
    }
}

/// The token of a mailed reset code or link, as typed or pasted.
///
/// # Errors
/// `Code`.
pub fn reset_token(text: &str) -> Spoken<[u8; code::RESET_TOKEN]> {
    code::decode(text).map_err(|_| MessageError::Code)
}

/// The bytes of the request `name` with these fields.
///
/// # Errors
/// `Email`, `Code`, `Input`.
pub fn say(name: &str, fields: &Value) -> Spoken<Vec<u8>> {
    let fields = Fields(fields.as_object().ok_or(MessageError::Input)?);
    let bytes = match name {
        "registerBegin" => RegisterBegin {
            email: fields.email()?,
            lang: fields.lang()?,
        }
        .encode(),
        "registerStart" => RegisterStart {
            email: fields.email()?,
            code: fields.mail_code()?,
            request: fields.bytes("request")?,
        }
        .encode(),
        "loginStart" => LoginStart {
            email: fields.email()?,
            ke1: fields.bytes("ke1")?,
        }
        .encode(),
        "loginFinish" => LoginFinish {
            login_id: fields.array("loginId")?,
            ke3: fields.bytes("ke3")?,
            device: fields.device()?,
        }
        .encode(),
        "recoverStart" => RecoverStart {
            email: fields.email()?,
        }
        .encode(),
        "passwordStart" => PasswordStart {
            request: fields.bytes("request")?,
        }
        .encode(),
        _ => return say_more(name, &fields),
    };
    Ok(bytes)
}

fn say_more(name: &str, fields: &Fields<'_>) -> Spoken<Vec<u8>> {
    let bytes = match name {
        "setHint" => SetHint {
            hint: fields.text("hint")?.to_owned(),
        }
        .encode(),
        "hintSend" => HintSend {
            email: fields.email()?,
            lang: fields.lang()?,
        }
        .encode(),
        "accountSettings" => AccountSettings {
            lang: fields.lang()?,
            sealed_days: fields.number("sealedDays")?,
        }
        .encode(),
        "deviceRemove" => DeviceRemove {
            device: DeviceId::parse_hex(fields.text("device")?).ok_or(MessageError::Input)?,
        }
        .encode(),
        "emailBegin" => EmailBegin {
            email: fields.email()?,
        }
        .encode(),
        "emailFinish" => EmailFinish {
            code: fields.mail_code()?,
        }
        .encode(),
        "accountDelete" => AccountDelete {
            email: fields.email()?,
        }
        .encode(),
        "resetRequest" => ResetRequest {
            email: fields.email()?,
            lang: fields.lang()?,
        }
        .encode(),
        "resetStart" => ResetStart {
            token: reset_token(fields.text("token")?)?,
            request: fields.bytes("request")?,
        }
        .encode(),
        _ => return say_sealed(name, fields),
    };
    Ok(bytes)
}

fn say_sealed(name: &str, fields: &Fields<'_>) -> Spoken<Vec<u8>> {
    let generation = fields.generation()?;
    let bytes = match name {
        "sealedStart" => SealedStart {
            generation,
            how: fields.how()?,
            ke1: match fields.how()? {
                How::Opaque => Some(fields.bytes("ke1")?),
                How::Recovery | How::Vault => None,
            },
        }
        .encode(),
        "sealedProve" => SealedProve {
            generation,
            how: fields.how()?,
            login_id: fields.array("loginId")?,
            nonce: fields.array("nonce")?,
            proof: fields.bytes("proof")?,
        }
        .encode(),
        "sealedPull" => SealedPull {
            generation,
            grant: fields.array("grant")?,
            after: fields.after()?,
        }
        .encode(),
        "sealedErase" => SealedErase { generation }.encode(),
        "sealedKeep" => SealedKeep { generation }.encode(),
        _ => return Err(MessageError::Input),
    };
    Ok(bytes)
}

fn read<T: Message>(bytes: &[u8]) -> Spoken<T> {
    T::decode(bytes).map_err(|_| MessageError::Answer)
}

fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The latest time that JavaScript's dates know, ms.
const LATEST: u64 = 8_640_000_000_000_000;

/// A time in ms; null for 0, which stands for none.
fn time(ms: u64) -> Value {
    if ms == 0 {
        Value::Null
    } else {
        Value::from(ms.min(LATEST))
    }
}

/// What the answer `name` says.
///
/// # Errors
/// `Answer`; `Input` where there is no such message.
pub fn hear(name: &str, bytes: &[u8]) -> Spoken<Value> {
    Ok(match name {
        "registerStarted" => {
            let started: RegisterStarted = read(bytes)?;
            json!({ "credId": b64(&started.cred_id), "response": b64(&started.response) })
        }
        "loginStarted" => {
            let started: LoginStarted = read(bytes)?;
            json!({
                "loginId": b64(&started.login_id),
                "credId": b64(&started.cred_id),
                "ke2": b64(&started.ke2),
            })
        }
        "session" => {
            let session: Session = read(bytes)?;
            json!({
                "token": session.token.to_text(),
                "ttl": session.ttl,
                "account": session.account.to_string(),
                "gen": session.generation.to_string(),
                "flags": session.flags,
            })
        }
        "account" => account(&read(bytes)?),
        "resetStarted" => {
            let started: ResetStarted = read(bytes)?;
            json!({
                "account": started.account.to_string(),
                "credId": b64(&started.cred_id),
                "response": b64(&started.response),
                "email": started.email.as_str(),
                "undoDays": started.undo_days,
                "sealedDays": started.sealed_days,
            })
        }
        "sealedStarted" => {
            let started: SealedStarted = read(bytes)?;
            json!({
                "nonce": b64(&started.nonce),
                "loginId": b64(&started.login_id),
                "credId": b64(&started.cred_id),
                "ke2": b64(&started.ke2),
            })
        }
        "grant" => json!({ "grant": b64(&read::<Grant>(bytes)?.grant) }),
        "eraseAt" => json!({ "eraseAt": read::<EraseAt>(bytes)?.erase_at.min(LATEST) }),
        _ => return Err(MessageError::Input),
    })
}

/// Without the hint that the server holds: a text of its choice (S-19). The vault has its own.
fn account(account: &Account) -> Value {
    let devices = account.devices.iter().map(|line| {
        json!({
            "id": line.device.to_string(),
            "createdAt": line.created.min(LATEST),
            "lastUsedAt": line.last_used.min(LATEST),
            "current": line.current,
        })
    });
    let sealed = account.sealed.iter().map(|line| {
        json!({
            "gen": line.generation.to_string(),
            "at": line.sealed_at.min(LATEST),
            "eraseAt": time(line.erase_at),
            "undoUntil": time(line.undo_until),
            // The settings are a row too, and no item to a person.
            "items": line.live.saturating_sub(1),
            "fingerprint": letters(&line.fingerprint),
        })
    });
    json!({
        "email": account.email.as_str(),
        "createdAt": account.created.min(LATEST),
        "lang": if account.lang == Lang::It { "it" } else { "en" },
        "sealedDays": account.sealed_days,
        "devices": devices.collect::<Vec<_>>(),
        "sealed": sealed.collect::<Vec<_>>(),
        "pendingEmail": account.pending_email.as_ref().map(Email::as_str),
        "deleteAt": time(account.delete_at),
    })
}

#[cfg(test)]
mod tests;
