//! Names and hashes made with the server's secrets: without them the database can't be searched for
//! an address, a code or a token, and nobody outside can tell a stand-in from an account.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sesame_protocol::AccountId;
use sesame_protocol::account::Email;
use sha2::Sha256;

use crate::secrets::Secrets;

/// What a hash is for. One for another use never fits, whatever goes in (S-123).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// An account's name inside OPAQUE.
    CredId,
    /// The id that an unknown address has in answers.
    StandIn,
    /// Whose sign-up code it is.
    CodeName,
    /// A sign-up code.
    Code,
    /// A reset link's token.
    Reset,
    /// The code for a new address.
    EmailCode,
    /// The token that takes a change of address back.
    EmailUndo,
    /// Leave to read a sealed generation.
    Grant,
    /// A limit's count.
    Count,
}

impl Use {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::CredId => b"cred-id",
            Self::StandIn => b"stand-in",
            Self::CodeName => b"code-name",
            Self::Code => b"code",
            Self::Reset => b"reset",
            Self::EmailCode => b"email-code",
            Self::EmailUndo => b"email-undo",
            Self::Grant => b"grant",
            Self::Count => b"count",
        }
    }
}

/// HMAC-SHA-256 over the use and the parts, each with its length before it.
pub(crate) fn keyed(key: &[u8; 32], what: Use, parts: &[&[u8]]) -> [u8; 32] {
    // Every length is a lawful key for HMAC; the other branch is never taken.
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .unwrap_or_else(|_| Hmac::<Sha256>::new(&Default::default()));
    for part in core::iter::once(&what.label()).chain(parts) {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

impl Secrets {
    /// The name inside OPAQUE of the account that signs up with this address; `turn` counts the
    /// accounts that did so before and have another address now.
    pub(crate) fn cred_id(&self, email: &Email, turn: u64) -> [u8; 32] {
        let turn = turn.to_be_bytes();
        keyed(
            &self.enumeration,
            Use::CredId,
            &[email.as_str().as_bytes(), &turn],
        )
    }

    /// The account id that answers give for an unknown address, always the same one (S-158).
    pub(crate) fn stand_in(&self, email: &Email) -> AccountId {
        let hash = keyed(
            &self.enumeration,
            Use::StandIn,
            &[email.as_str().as_bytes()],
        );
        let (head, _) = hash.split_first_chunk::<16>().unwrap_or((&[0; 16], &[]));
        AccountId::from_bytes(*head)
    }

    /// What the database keeps of a code, token or name.
    pub(crate) fn hash(&self, what: Use, parts: &[&[u8]]) -> [u8; 32] {
        keyed(&self.sealing, what, parts)
    }
}
