//! Why the server refused: `u16 code ‖ u32 length ‖ detail`. A code has one meaning and no text;
//! what a person reads is Sesame's own (S-19).

use super::{Message, Writer};
use crate::{GenId, ProtocolError, Reader};

/// Largest detail in bytes.
const DETAIL_MAX: usize = 64;

/// The codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalCode {
    /// The body is not the message that belongs here.
    Malformed,
    /// Body or item over its limit.
    TooLarge,
    /// The server does not know this route, method or media type.
    Unsupported,
    /// The token is unknown or its time is over: get a new session.
    Unauthorised,
    /// The proof did not hold. The one answer for a wrong password, an unknown account, a wrong
    /// code and a wrong signature (S-118).
    Denied,
    /// Asks for a proof of the last five minutes.
    NotFresh,
    /// The chain has moved on: pull, then try again.
    Conflict,
    /// The account has another generation now; detail [`GenChanged`].
    GenChanged,
    /// Nothing is there for this account.
    NotFound,
    /// Too many requests; detail: seconds to wait, u32.
    SlowDown,
    /// The account's storage is full.
    OverQuota,
    /// This device was signed out.
    DeviceUnknown,
    /// The account waits for its deletion; detail: when, u64 ms.
    Deleted,
    /// The server can't answer at the moment.
    Unavailable,
    /// The manifest's signature does not hold.
    BadSignature,
    /// The mailed code or link is no longer good.
    Expired,
}

impl RefusalCode {
    /// Every code, in the order of its number.
    pub const ALL: [Self; 16] = [
        Self::Malformed,
        Self::TooLarge,
        Self::Unsupported,
        Self::Unauthorised,
        Self::Denied,
        Self::NotFresh,
        Self::Conflict,
        Self::GenChanged,
        Self::NotFound,
        Self::SlowDown,
        Self::OverQuota,
        Self::DeviceUnknown,
        Self::Deleted,
        Self::Unavailable,
        Self::BadSignature,
        Self::Expired,
    ];

    /// Its number, from 1.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::Malformed => 1,
            Self::TooLarge => 2,
            Self::Unsupported => 3,
            Self::Unauthorised => 4,
            Self::Denied => 5,
            Self::NotFresh => 6,
            Self::Conflict => 7,
            Self::GenChanged => 8,
            Self::NotFound => 9,
            Self::SlowDown => 10,
            Self::OverQuota => 11,
            Self::DeviceUnknown => 12,
            Self::Deleted => 13,
            Self::Unavailable => 14,
            Self::BadSignature => 15,
            Self::Expired => 16,
        }
    }

    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::TooLarge => 413,
            Self::Unsupported => 415,
            Self::Unauthorised | Self::DeviceUnknown => 401,
            Self::Denied | Self::NotFresh | Self::BadSignature => 403,
            Self::Conflict | Self::GenChanged => 409,
            Self::NotFound => 404,
            Self::SlowDown => 429,
            Self::OverQuota => 507,
            Self::Deleted | Self::Expired => 410,
            Self::Unavailable => 503,
        }
    }

    fn from_number(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.number() == number)
    }
}

/// The body of a refused request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// What belongs to the code; see [`RefusalCode`].
    detail: Vec<u8>,
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self {
            code,
            detail: Vec::new(),
        }
    }
}

impl Refusal {
    /// Come back in `seconds`.
    #[must_use]
    pub fn slow_down(seconds: u32) -> Self {
        Self {
            code: RefusalCode::SlowDown,
            detail: seconds.to_be_bytes().to_vec(),
        }
    }

    /// The account has another generation.
    #[must_use]
    pub fn gen_changed(change: &GenChanged) -> Self {
        Self {
            code: RefusalCode::GenChanged,
            detail: change.encode(),
        }
    }

    /// The account is erased at `erase_at` (ms since 1970).
    #[must_use]
    pub fn deleted(erase_at: u64) -> Self {
        Self {
            code: RefusalCode::Deleted,
            detail: erase_at.to_be_bytes().to_vec(),
        }
    }

    /// Seconds to wait, of `SlowDown`.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        (self.code == RefusalCode::SlowDown)
            .then(|| self.detail.as_slice().try_into().ok())?
            .map(u32::from_be_bytes)
    }

    /// What changed, of `GenChanged`.
    #[must_use]
    pub fn generation_change(&self) -> Option<GenChanged> {
        (self.code == RefusalCode::GenChanged)
            .then(|| GenChanged::decode(&self.detail).ok())
            .flatten()
    }

    /// When the account is erased (ms since 1970), of `Deleted`.
    #[must_use]
    pub fn erase_at(&self) -> Option<u64> {
        (self.code == RefusalCode::Deleted)
            .then(|| self.detail.as_slice().try_into().ok())?
            .map(u64::from_be_bytes)
    }
}

impl Message for Refusal {
    fn write(&self, out: &mut Writer) {
        out.u16(self.code.number()).block32(&self.detail);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let code = RefusalCode::from_number(reader.u16()?).ok_or(ProtocolError::Kind)?;
        let detail = reader.block(DETAIL_MAX)?.to_vec();
        let refusal = Self { code, detail };
        let fits = match code {
            RefusalCode::SlowDown => refusal.retry_after().is_some(),
            // Without detail it is said to who has not proved to know the old vault.
            RefusalCode::GenChanged => {
                refusal.detail.is_empty() || refusal.generation_change().is_some()
            }
            RefusalCode::Deleted => refusal.erase_at().is_some(),
            _ => refusal.detail.is_empty(),
        };
        if fits {
            Ok(refusal)
        } else {
            Err(ProtocolError::Length)
        }
    }
}

/// What a device is told whose generation was sealed by a reset. Times in ms since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenChanged {
    /// When the account was reset.
    pub reset_at: u64,
    /// Until when a device that opens the old vault may take the reset back; 0 when it can't.
    pub undo_until: u64,
    /// When the old generation is erased.
    pub erase_at: u64,
    /// The account's generation now.
    pub generation: GenId,
}

impl Message for GenChanged {
    fn write(&self, out: &mut Writer) {
        out.u64(self.reset_at)
            .u64(self.undo_until)
            .u64(self.erase_at)
            .raw(self.generation.as_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            reset_at: reader.u64()?,
            undo_until: reader.u64()?,
            erase_at: reader.u64()?,
            generation: GenId::from_bytes(reader.array()?),
        })
    }
}
