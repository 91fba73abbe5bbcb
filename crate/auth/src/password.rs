//! A master password as bytes: the same typed password must give the same bytes on every system
//! (S-165), whatever form its accents came in.

use precis_core::profile::PrecisFastInvocation as _;
use precis_profiles::OpaqueString;
use zeroize::Zeroizing;

use crate::AuthError;

/// The longest master password, in bytes of UTF-8 after normalisation.
pub const PASSWORD_MAX_LEN: usize = 1024;

/// A password as RFC 8265 section 4.2 (`OpaqueString`) writes it: NFC, every space that is not ASCII
/// turned into U+0020, nothing trimmed, case kept. Wiped on drop; has no `Debug` (S-103).
pub struct Password(Zeroizing<Vec<u8>>);

impl Password {
    /// Normalises what was typed.
    ///
    /// # Errors
    /// [`AuthError::Empty`], [`AuthError::TooLong`], or [`AuthError::Forbidden`] for text that is not
    /// UTF-8 or that `OpaqueString` does not allow.
    pub fn new(typed: &[u8]) -> Result<Self, AuthError> {
        if typed.is_empty() {
            return Err(AuthError::Empty);
        }
        // NFC can make text up to three times as long (UAX #15), never longer, and shorter at most
        // threefold too: anything beyond cannot end up short enough, and is not worth the work.
        if typed.len() > 3 * PASSWORD_MAX_LEN {
            return Err(AuthError::TooLong);
        }
        let text = std::str::from_utf8(typed).map_err(|_| AuthError::Forbidden)?;
        let enforced = OpaqueString::enforce(text).map_err(|_| AuthError::Forbidden)?;
        let bytes = Zeroizing::new(enforced.into_owned().into_bytes());
        if bytes.len() > PASSWORD_MAX_LEN {
            return Err(AuthError::TooLong);
        }
        Ok(Self(bytes))
    }

    /// The bytes that go into the key derivation, 1 to [`PASSWORD_MAX_LEN`].
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Whether the typed text begins or ends with white space. Such a space counts (nothing is trimmed),
/// but it is a likely slip, so it is said after a wrong password.
#[must_use]
pub fn has_edge_space(typed: &[u8]) -> bool {
    std::str::from_utf8(typed).is_ok_and(|text| text.trim() != text)
}

#[cfg(test)]
mod tests;
