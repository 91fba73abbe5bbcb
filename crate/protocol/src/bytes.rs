//! Reading fixed layouts without indexing, and the one hash of public data.

use sha2::{Digest, Sha256};

use crate::ProtocolError;

/// SHA-256 of the concatenation of `parts`.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// Takes fixed-size fields off the front of a slice; every method fails with
/// [`ProtocolError::Length`] when too little is left.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads from the start of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next `N` bytes as an array.
    ///
    /// # Errors
    /// [`ProtocolError::Length`] when fewer are left.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], ProtocolError> {
        let (head, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or(ProtocolError::Length)?;
        self.rest = rest;
        Ok(*head)
    }

    /// The next `n` bytes, borrowed.
    ///
    /// # Errors
    /// [`ProtocolError::Length`] when fewer are left.
    pub fn take(&mut self, n: usize) -> Result<&'a [u8], ProtocolError> {
        let (head, rest) = self.rest.split_at_checked(n).ok_or(ProtocolError::Length)?;
        self.rest = rest;
        Ok(head)
    }

    /// One byte.
    ///
    /// # Errors
    /// [`ProtocolError::Length`] at the end.
    pub fn u8(&mut self) -> Result<u8, ProtocolError> {
        Ok(u8::from_be_bytes(self.array()?))
    }

    /// Two bytes, big-endian.
    ///
    /// # Errors
    /// [`ProtocolError::Length`] when fewer are left.
    pub fn u16(&mut self) -> Result<u16, ProtocolError> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    /// Four bytes, big-endian.
    ///
    /// # Errors
    /// [`ProtocolError::Length`] when fewer are left.
    pub fn u32(&mut self) -> Result<u32, ProtocolError> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    /// Eight bytes, big-endian.
    ///
    /// # Errors
    /// [`ProtocolError::Length`] when fewer are left.
    pub fn u64(&mut self) -> Result<u64, ProtocolError> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    /// A `u32` length followed by that many bytes, at most `max` of them.
    ///
    /// # Errors
    /// [`ProtocolError::Length`] when over `max` or when fewer are left.
    pub fn block(&mut self, max: usize) -> Result<&'a [u8], ProtocolError> {
        let len = usize::try_from(self.u32()?).map_err(|_| ProtocolError::Length)?;
        if len > max {
            return Err(ProtocolError::Length);
        }
        self.take(len)
    }

    /// A `u16` length followed by that many bytes, at most `max` of them.
    ///
    /// # Errors
    /// [`ProtocolError::Length`] when over `max` or when fewer are left.
    pub fn block16(&mut self, max: usize) -> Result<&'a [u8], ProtocolError> {
        let len = usize::from(self.u16()?);
        if len > max {
            return Err(ProtocolError::Length);
        }
        self.take(len)
    }

    /// A byte that is 0 or 1.
    ///
    /// # Errors
    /// `Length` at the end, `Kind` for another value.
    pub fn flag(&mut self) -> Result<bool, ProtocolError> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(ProtocolError::Kind),
        }
    }

    /// What has not been read yet.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Nothing may be left.
    ///
    /// # Errors
    /// [`ProtocolError::Length`] when bytes are left over.
    pub const fn end(&self) -> Result<(), ProtocolError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(ProtocolError::Length)
        }
    }
}
