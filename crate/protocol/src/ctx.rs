//! The injective encoding of a label and its parts (S-162).

use crate::{Label, ProtocolError};

/// One part of a context: at most 65,535 bytes, so that its length always fits its prefix.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a>(&'a [u8]);

impl<'a, const N: usize> From<&'a [u8; N]> for Part<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        const { assert!(N <= 0xffff) };
        Self(bytes)
    }
}

impl<'a> TryFrom<&'a [u8]> for Part<'a> {
    type Error = ProtocolError;

    fn try_from(bytes: &'a [u8]) -> Result<Self, ProtocolError> {
        if u16::try_from(bytes.len()).is_ok() {
            Ok(Self(bytes))
        } else {
            Err(ProtocolError::Length)
        }
    }
}

/// `u8 len(label) ‖ label ‖ for each part: u16be len ‖ part`.
///
/// No two different (label, parts) give the same bytes, so a context is a name.
#[must_use]
pub fn ctx(label: Label, parts: &[Part<'_>]) -> Vec<u8> {
    let label = label.as_str().as_bytes();
    let len = 1 + label.len() + parts.iter().map(|part| 2 + part.0.len()).sum::<usize>();
    let mut out = Vec::with_capacity(len);
    // The table's test holds labels under 256 bytes and `Part` holds parts under 65,536.
    out.push(u8::try_from(label.len()).unwrap_or(u8::MAX));
    out.extend_from_slice(label);
    for part in parts {
        out.extend_from_slice(
            &u16::try_from(part.0.len())
                .unwrap_or(u16::MAX)
                .to_be_bytes(),
        );
        out.extend_from_slice(part.0);
    }
    out
}

#[cfg(test)]
mod tests;
