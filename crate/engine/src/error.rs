//! Failures as codes (extension/shared/errors.ts). Texts are made where a person reads them.

use sesame_vault::generate::GenerateError;
use sesame_vault::item::TooLarge;
use sesame_vault::item::cbor::CborError;
use sesame_vault::{SyncReason, VaultError};

/// Why a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The vault is locked.
    #[error("locked")]
    Locked,
    /// A vault is open already.
    #[error("exists")]
    Exists,
    /// The call needs a factor shown within the last 60 s (S-117).
    #[error("not fresh")]
    NotFresh,
    /// No such item, slot or secret.
    #[error("not found")]
    NotFound,
    /// The input is not what the call takes.
    #[error("invalid")]
    Invalid,
    /// Over a limit that docs/FORMAT.md names.
    #[error("too large")]
    TooLarge,
    /// The core refused.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl EngineError {
    /// The code that JavaScript sees.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Exists => "exists",
            Self::NotFresh => "not-fresh",
            Self::NotFound => "not-found",
            Self::Invalid => "invalid",
            Self::TooLarge => "too-large",
            Self::Vault(error) => code_of(error),
        }
    }
}

impl EngineError {
    /// Why sync is suspended, if that is what the error says.
    #[must_use]
    pub fn reason(self) -> Option<SyncReason> {
        match self {
            Self::Vault(VaultError::Suspended(reason)) => Some(reason),
            _ => None,
        }
    }
}

fn code_of(error: VaultError) -> &'static str {
    match error {
        VaultError::Absent => "absent",
        VaultError::Damaged | VaultError::ReadOnly => "damaged",
        VaultError::NewerFormat => "newer-format",
        VaultError::WrongSecret => "wrong-secret",
        VaultError::NotFound => "not-found",
        VaultError::Invalid | VaultError::KdfTooWeak | VaultError::Counter => "invalid",
        VaultError::TooLarge => "too-large",
        VaultError::CodeTypo { .. } => "code-typo",
        VaultError::NoRecovery => "no-recovery",
        VaultError::SlotsFull => "slots-full",
        VaultError::SlotInUse => "slot-in-use",
        VaultError::NotBackup => "not-backup",
        VaultError::Suspended(_) => "sync-suspended",
        VaultError::BadAnswer => "server-error",
        VaultError::Again => "conflict",
        VaultError::NoAccount => "no-account",
        VaultError::Random | VaultError::Internal => "internal",
    }
}

impl From<TooLarge> for EngineError {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

impl From<CborError> for EngineError {
    fn from(_: CborError) -> Self {
        Self::Vault(VaultError::Damaged)
    }
}

impl From<GenerateError> for EngineError {
    fn from(error: GenerateError) -> Self {
        match error {
            GenerateError::Impossible => Self::Invalid,
            GenerateError::Random => Self::Vault(VaultError::Random),
        }
    }
}

// What was passed in doesn't have the agreed shape; serde's text would quote it.
impl From<serde_json::Error> for EngineError {
    fn from(_: serde_json::Error) -> Self {
        Self::Invalid
    }
}

// A message of the account server, or text for one, that breaks its layout.
impl From<sesame_protocol::ProtocolError> for EngineError {
    fn from(_: sesame_protocol::ProtocolError) -> Self {
        Self::Vault(VaultError::BadAnswer)
    }
}

/// Result of everything here.
pub type EngineResult<T> = Result<T, EngineError>;
