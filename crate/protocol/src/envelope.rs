//! ENC1: the frame of everything that is sealed. Only the frame: keys are the vault's business.

use crate::{ProtocolError, Reader};

/// First bytes of every envelope.
pub const ENVELOPE_MAGIC: [u8; 4] = *b"SEN1";
/// The one suite: Argon2id, HKDF-SHA-512, XChaCha20-Poly1305, HMAC-SHA-256, SHA-256, Ed25519.
pub const SUITE: u8 = 1;
/// Bytes before the ciphertext: magic 4, suite 1, kind 1, zero 2, nonce 24, commitment 32.
pub const ENVELOPE_HEAD: usize = 64;
/// What an envelope adds to its plaintext: the head and the 16-byte tag.
pub const ENVELOPE_OVERHEAD: usize = 80;

/// What an envelope holds; part of its key derivation and of its associated data (S-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The vault key, wrapped for one slot.
    SlotWrap,
    /// An item.
    Item,
    /// What is left of an item that was deleted for good.
    Tombstone,
    /// A chunk of an attachment.
    AttachmentChunk,
    /// This device's rebuildable data.
    LocalCache,
    /// This device's memory of the newest state it saw.
    LocalAnchor,
    /// This device's secrets towards the server.
    DeviceSecrets,
    /// An export.
    Export,
    /// What a person typed into a page, until they say whether to save it.
    Capture,
}

impl Kind {
    /// The byte at offset 5.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::SlotWrap => 1,
            Self::Item => 2,
            Self::Tombstone => 3,
            Self::AttachmentChunk => 4,
            Self::LocalCache => 5,
            Self::LocalAnchor => 6,
            Self::DeviceSecrets => 7,
            Self::Export => 8,
            Self::Capture => 9,
        }
    }
}

/// The first eight bytes: magic, suite, kind, two zero bytes.
#[must_use]
pub const fn envelope_prefix(kind: Kind) -> [u8; 8] {
    let [a, b, c, d] = ENVELOPE_MAGIC;
    [a, b, c, d, SUITE, kind.byte(), 0, 0]
}

/// An envelope's fields, borrowed. Having one says that the frame is right, nothing more.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// 24 random bytes.
    pub nonce: [u8; 24],
    /// Commitment to key, nonce and associated data.
    pub commitment: [u8; 32],
    /// As long as the plaintext.
    pub ciphertext: &'a [u8],
    /// Poly1305 tag.
    pub tag: [u8; 16],
}

impl<'a> Envelope<'a> {
    /// Takes an envelope of exactly this kind apart.
    ///
    /// # Errors
    /// `Length` under 80 bytes, `Magic`, `Version` for another suite, `Kind` for another kind,
    /// `Reserved` when the two zero bytes are not zero.
    pub fn parse(bytes: &'a [u8], kind: Kind) -> Result<Self, ProtocolError> {
        if bytes.len() < ENVELOPE_OVERHEAD {
            return Err(ProtocolError::Length);
        }
        let mut reader = Reader::new(bytes);
        if reader.array()? != ENVELOPE_MAGIC {
            return Err(ProtocolError::Magic);
        }
        if reader.u8()? != SUITE {
            return Err(ProtocolError::Version);
        }
        if reader.u8()? != kind.byte() {
            return Err(ProtocolError::Kind);
        }
        if reader.u16()? != 0 {
            return Err(ProtocolError::Reserved);
        }
        let nonce = reader.array()?;
        let commitment = reader.array()?;
        let ciphertext = reader.take(bytes.len() - ENVELOPE_OVERHEAD)?;
        let tag = reader.array()?;
        reader.end()?;
        Ok(Self {
            nonce,
            commitment,
            ciphertext,
            tag,
        })
    }
}

#[cfg(test)]
mod tests;
