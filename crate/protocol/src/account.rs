//! What is said between Sesame and its account server (docs/PROTOCOL.md).
//!
//! Every body is one [`Message`]: fixed layout, integers big-endian, exact lengths, limits checked
//! while reading, nothing left over (S-31). Messages have no `Debug`: most of them carry something
//! that must never be printed (S-145), and secrets have no `==` (S-154).

mod admin;
pub mod code;
mod email;
mod login;
pub mod opaque;
mod origin;
pub mod proof;
mod refusal;
mod register;
mod reset;
mod rows;
mod sealed;
mod token;
mod vault;
mod writer;

use crate::{BATCH_MAX, ProtocolError, Reader};

pub use admin::{
    Account, AccountDelete, AccountSettings, DeviceLine, DeviceRemove, EmailBegin, EmailFinish,
    EmailUndo, EraseAt, HintSend, SEALED_DAYS_MAX, SEALED_DAYS_MIN, SealedLine, SetHint,
};
pub use email::{EMAIL_MAX, Email};
pub use login::{
    LoginFinish, LoginStart, LoginStarted, RecoverFinish, RecoverStart, RecoverStarted,
    SESSION_DELETION, SESSION_EMAIL_PENDING, SESSION_UNDO, Session, SessionFinish, SessionStart,
    SessionStarted,
};
pub use origin::Origin;
pub use refusal::{GenChanged, Refusal, RefusalCode};
pub use register::{NewDevice, RegisterBegin, RegisterFinish, RegisterStart, RegisterStarted};
pub use reset::{ResetFinish, ResetRequest, ResetStart, ResetStarted, UndoFinish, UndoStart};
pub use rows::{ItemRow, RowList, Rows};
pub use sealed::{
    Grant, How, SealedErase, SealedKeep, SealedProve, SealedPull, SealedPulled, SealedStart,
    SealedStarted,
};
pub use token::Token;
pub use vault::{
    Chain, ChainLinks, Commit, Committed, PasswordFinish, PasswordStart, Pull, Pulled, PulledBucket,
};
pub use writer::Writer;

/// The media type of every request and answer with a body.
pub const CONTENT_TYPE: &str = "application/sesame1";
/// Largest body of a request or an answer in bytes: 4 MiB.
pub const BODY_MAX: usize = BATCH_MAX;
/// Longest hint in characters (S-137).
pub const HINT_MAX: usize = 100;
/// Longest hint in bytes: four for each character.
const HINT_BYTES: usize = 4 * HINT_MAX;

/// A request or an answer.
pub trait Message: Sized {
    /// Appends the message. A value that breaks a limit writes what no reader accepts.
    fn write(&self, out: &mut Writer);

    /// Takes the message off the front.
    ///
    /// # Errors
    /// `Length`, `Kind`, `Text`, `Order`, `Counter`, `Invariant`: the layout or a limit is broken.
    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError>;

    /// The message's bytes.
    fn encode(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.write(&mut out);
        out.finish()
    }

    /// Reads a body that is this message and nothing else.
    ///
    /// # Errors
    /// As [`Message::read`]; `Length` also over [`BODY_MAX`] or when bytes are left over.
    fn decode(bytes: &[u8]) -> Result<Self, ProtocolError> {
        if bytes.len() > BODY_MAX {
            return Err(ProtocolError::Length);
        }
        let mut reader = Reader::new(bytes);
        let message = Self::read(&mut reader)?;
        reader.end()?;
        Ok(message)
    }
}

/// The empty body.
impl Message for () {
    fn write(&self, _: &mut Writer) {}

    fn read(_: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(())
    }
}

/// The language of mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    En,
    /// Italian.
    It,
}

impl Lang {
    /// Its byte.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::En => 0,
            Self::It => 1,
        }
    }
}

impl TryFrom<u8> for Lang {
    type Error = ProtocolError;

    fn try_from(byte: u8) -> Result<Self, ProtocolError> {
        match byte {
            0 => Ok(Self::En),
            1 => Ok(Self::It),
            _ => Err(ProtocolError::Kind),
        }
    }
}

fn read_lang(reader: &mut Reader<'_>) -> Result<Lang, ProtocolError> {
    Lang::try_from(reader.u8()?)
}

fn read_hint(reader: &mut Reader<'_>) -> Result<String, ProtocolError> {
    let hint =
        core::str::from_utf8(reader.block16(HINT_BYTES)?).map_err(|_| ProtocolError::Text)?;
    if hint.chars().count() > HINT_MAX {
        return Err(ProtocolError::Length);
    }
    Ok(hint.to_owned())
}

fn read_manifest(reader: &mut Reader<'_>) -> Result<Vec<u8>, ProtocolError> {
    Ok(reader.take(crate::MANIFEST_LEN)?.to_vec())
}

fn read_header(reader: &mut Reader<'_>) -> Result<Vec<u8>, ProtocolError> {
    Ok(reader.block16(crate::HEADER_MAX)?.to_vec())
}

fn read_option<T>(
    reader: &mut Reader<'_>,
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, ProtocolError>,
) -> Result<Option<T>, ProtocolError> {
    if reader.flag()? {
        read(reader).map(Some)
    } else {
        Ok(None)
    }
}

#[cfg(test)]
mod tests;
