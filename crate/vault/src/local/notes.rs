//! Remarks made while the vault is locked, when no key is there to authenticate anything. They
//! say only why a passkey did not work, are shown as such, and are taken over into the local
//! record at the next unlock. Whoever can write them can at most show a wrong reason.

use serde::{Deserialize, Serialize};
use sesame_protocol::{Reader, SlotId, sha256};

use crate::VaultError;

const MAGIC: [u8; 4] = *b"SNO1";
const MAX: usize = 16;

/// Why a passkey did not give its key, as far as the browser told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PasskeyProblem {
    /// The authenticator answered without a PRF output.
    NoPrf,
    /// It gave a key, but not this slot's.
    KeyChanged,
    /// It did not verify the user.
    NoUserVerification,
    /// `NotAllowedError`: cancelled, timed out, no such credential, or verification failed.
    NotAllowed,
}

impl PasskeyProblem {
    const ALL: [Self; 4] = [
        Self::NoPrf,
        Self::KeyChanged,
        Self::NoUserVerification,
        Self::NotAllowed,
    ];

    const fn byte(self) -> u8 {
        match self {
            Self::NoPrf => 1,
            Self::KeyChanged => 2,
            Self::NoUserVerification => 3,
            Self::NotAllowed => 4,
        }
    }
}

/// One remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remark {
    /// Which passkey.
    pub slot: SlotId,
    /// What happened.
    pub problem: PasskeyProblem,
    /// When, ms.
    pub at: u64,
}

/// The remarks, one for each passkey at most.
#[derive(Clone, Default)]
pub(crate) struct Notes(pub Vec<Remark>);

impl Notes {
    pub(crate) fn add(&mut self, remark: Remark) {
        self.0.retain(|other| other.slot != remark.slot);
        self.0.push(remark);
        let over = self.0.len().saturating_sub(MAX);
        self.0.drain(..over);
    }
}

pub(crate) fn encode_notes(notes: &Notes) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    for remark in &notes.0 {
        out.extend_from_slice(remark.slot.as_bytes());
        out.push(remark.problem.byte());
        out.extend_from_slice(&remark.at.to_be_bytes());
    }
    out.extend_from_slice(&sha256(&[&out]));
    out
}

/// # Errors
/// `Damaged`; then there are no remarks.
pub(crate) fn decode_notes(bytes: &[u8]) -> Result<Notes, VaultError> {
    let (content, sum) = bytes.split_last_chunk::<32>().ok_or(VaultError::Damaged)?;
    let mut reader = Reader::new(content);
    if reader.array()? != MAGIC || sha256(&[content]) != *sum {
        return Err(VaultError::Damaged);
    }
    let mut notes = Notes::default();
    while !reader.rest().is_empty() {
        let slot = SlotId::from_bytes(reader.array()?);
        let byte = reader.u8()?;
        let problem = PasskeyProblem::ALL
            .into_iter()
            .find(|problem| problem.byte() == byte);
        notes.0.push(Remark {
            slot,
            problem: problem.ok_or(VaultError::Damaged)?,
            at: reader.u64()?,
        });
    }
    if notes.0.len() > MAX {
        Err(VaultError::Damaged)
    } else {
        Ok(notes)
    }
}
