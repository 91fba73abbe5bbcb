//! Captures: what a person typed into a page's form, until they say whether to keep it.
//!
//! A page is left within moments, and often while the vault is locked. So a capture is sealed to a
//! public key of which only the open vault has the other half (docs/decisions/0008): whoever reads
//! the disk, or the memory of a locked Sesame, finds nothing in it.

mod sealed;

pub(crate) use sealed::{SealingKey, open, seal};

use crate::order::sorted_by;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::VaultError;
use crate::item::TimeMs;

/// Steps of one sign-in further apart than this, ms, have nothing to do with each other.
pub const FLOW_MS: u64 = 10 * 60_000;
/// Longest text of a capture in bytes: as long as an item's own.
pub const TEXT_MAX: usize = 16 * 1024;
const VERSION: u8 = 1;

/// One form as it was sent; wiped when dropped, and without `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Capture {
    /// Origin of the document with the form, as the browser attests it (S-80).
    pub origin: String,
    /// When it was sent.
    pub at: TimeMs,
    /// What the form was for.
    #[zeroize(skip)]
    pub step: Step,
    /// User name or e-mail address; empty where the form had none.
    pub username: String,
    /// The password as it was; empty where the form had none.
    pub current: String,
    /// The password to be; empty where the form had none.
    pub fresh: String,
    /// The password is one that Sesame made.
    pub generated: bool,
}

/// What a form was for, as far as it matters for saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Signing in, or a step of it.
    SignIn,
    /// Opening an account.
    SignUp,
    /// Another password for an account that is there.
    Change,
}

impl Capture {
    /// The password that holds once the site took the form.
    #[must_use]
    pub fn password(&self) -> &str {
        if self.fresh.is_empty() {
            &self.current
        } else {
            &self.fresh
        }
    }

    /// # Errors
    /// `TooLarge` for a text over [`TEXT_MAX`].
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let texts = [&self.origin, &self.username, &self.current, &self.fresh];
        if texts.iter().any(|text| text.len() > TEXT_MAX) {
            return Err(VaultError::TooLarge);
        }
        // All capacity at once: growing would leave copies of the password behind.
        let room = texts.iter().map(|text| text.len() + 3).sum::<usize>() + 16;
        let mut out = Vec::with_capacity(room);
        out.push(VERSION);
        postcard::to_extend(self, out)
            .map(Zeroizing::new)
            .map_err(|_| VaultError::Internal)
    }

    /// # Errors
    /// `Damaged` for anything that [`Self::to_bytes`] does not write.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        let Some((&VERSION, body)) = bytes.split_first() else {
            return Err(VaultError::Damaged);
        };
        match postcard::take_from_bytes(body) {
            Ok((capture, [])) => Ok(capture),
            _ => Err(VaultError::Damaged),
        }
    }
}

/// The steps of one sign-in as one: the last password there was, and what the steps before it said
/// of whose it is. `same_site` tells whether two origins belong together. `None` without a password.
#[must_use]
pub fn joined(steps: Vec<Capture>, same_site: impl Fn(&str, &str) -> bool) -> Option<Capture> {
    let steps = sorted_by(steps, |one, other| one.at.cmp(&other.at));
    let last = steps.iter().rposition(|step| !step.password().is_empty())?;
    let mut whole = steps.get(last)?.clone();
    let mut next = whole.at;
    for earlier in steps.iter().take(last).rev() {
        let far = next.saturating_sub(earlier.at) > FLOW_MS;
        if far || !same_site(&earlier.origin, &whole.origin) {
            continue;
        }
        next = earlier.at;
        let other = !earlier.username.is_empty()
            && !whole.username.is_empty()
            && !same_username(&earlier.username, &whole.username);
        if other {
            break;
        }
        if whole.username.is_empty() {
            whole.username.clone_from(&earlier.username);
        }
        // A site that asks for another password right after the sign-in does not ask for the old one again.
        if whole.step == Step::Change && whole.current.is_empty() {
            whole.current.clone_from(&earlier.current);
        }
    }
    Some(whole)
}

/// Whether two user names are of one account. Addresses are told apart by letters only, as everywhere.
#[must_use]
pub fn same_username(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    if one.contains('@') {
        one.eq_ignore_ascii_case(other)
    } else {
        one == other
    }
}

#[cfg(test)]
mod tests;
