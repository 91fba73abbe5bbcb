//! E-mail addresses: one spelling each, and nothing in them that a mail system could read as more
//! than one address (S-127).

use core::fmt;

use super::Writer;
use super::origin::host_label;
use crate::{ProtocolError, Reader};

/// Longest address in bytes (RFC 5321: a path of 256 with its angle brackets).
pub const EMAIL_MAX: usize = 254;
/// Longest part before the @ (RFC 5321).
const LOCAL_MAX: usize = 64;

/// An address in canonical form: ASCII, lower case, `local@domain`. `Debug` says nothing of it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(..)")
    }
}

impl Email {
    /// Takes what a person typed: spaces around it are dropped, ASCII letters are lowered.
    ///
    /// # Errors
    /// `Text` when it is not one plain address. Quoted local parts, comments, address literals
    /// and non-ASCII letters are refused: they are where two programs read two addresses.
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        Self::canonical(text.trim_matches(' ').to_ascii_lowercase())
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn canonical(text: String) -> Result<Self, ProtocolError> {
        let (local, domain) = text.split_once('@').ok_or(ProtocolError::Text)?;
        let fits = text.len() <= EMAIL_MAX && local.len() <= LOCAL_MAX;
        if fits && local_part(local) && domain_part(domain) {
            Ok(Self(text))
        } else {
            Err(ProtocolError::Text)
        }
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.block8(self.0.as_bytes());
    }

    /// On the wire an address is canonical already; another spelling is refused, not mended.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let len = usize::from(reader.u8()?);
        let text = core::str::from_utf8(reader.take(len)?).map_err(|_| ProtocolError::Text)?;
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(ProtocolError::Text);
        }
        Self::canonical(text.to_owned())
    }
}

/// RFC 5322 dot-atom.
fn local_part(text: &str) -> bool {
    text.split('.').all(|atom| {
        !atom.is_empty()
            && atom
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    })
}

/// At least two host name labels, or `localhost` for a server on one's own machine.
fn domain_part(text: &str) -> bool {
    text == "localhost" || (text.contains('.') && text.split('.').all(host_label))
}
