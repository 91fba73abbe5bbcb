//! Generations that a reset sealed: readable only with a proof of the old vault (S-133).

use super::opaque::{self, read_exact};
use super::rows::{ItemRow, read_rows, write_rows};
use super::{Message, Writer, read_header, read_manifest, read_option};
use crate::{GenId, ItemId, ProtocolError, Reader};

/// How one proves to belong to a sealed generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// Its master password, by OPAQUE.
    Opaque,
    /// Its recovery code, by a signature.
    Recovery,
    /// Its vault key, by a signature: a browser that still opens it.
    Vault,
}

impl How {
    /// Its byte.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Opaque => 1,
            Self::Recovery => 2,
            Self::Vault => 3,
        }
    }
}

impl TryFrom<u8> for How {
    type Error = ProtocolError;

    fn try_from(byte: u8) -> Result<Self, ProtocolError> {
        match byte {
            1 => Ok(Self::Opaque),
            2 => Ok(Self::Recovery),
            3 => Ok(Self::Vault),
            _ => Err(ProtocolError::Kind),
        }
    }
}

/// Begins a proof.
#[derive(Clone)]
pub struct SealedStart {
    /// The sealed generation.
    pub generation: GenId,
    /// The kind of proof.
    pub how: How,
    /// OPAQUE KE1, for [`How::Opaque`] and only for it.
    pub ke1: Option<Vec<u8>>,
}

impl Message for SealedStart {
    fn write(&self, out: &mut Writer) {
        out.raw(self.generation.as_bytes())
            .u8(self.how.byte())
            .option16(self.ke1.as_deref());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let start = Self {
            generation: GenId::from_bytes(reader.array()?),
            how: How::try_from(reader.u8()?)?,
            ke1: read_option(reader, |reader| read_exact(reader, opaque::KE1))?,
        };
        if start.ke1.is_some() == (start.how == How::Opaque) {
            Ok(start)
        } else {
            Err(ProtocolError::Invariant)
        }
    }
}

/// The challenge.
#[derive(Clone)]
pub struct SealedStarted {
    /// To be signed; good for one use.
    pub nonce: [u8; 32],
    /// Until when (ms since 1970).
    pub exp: u64,
    /// Names this proof.
    pub login_id: [u8; 16],
    /// The generation's name inside OPAQUE.
    pub cred_id: [u8; 32],
    /// OPAQUE KE2; empty for a signature.
    pub ke2: Vec<u8>,
}

impl Message for SealedStarted {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.nonce)
            .u64(self.exp)
            .raw(&self.login_id)
            .raw(&self.cred_id)
            .block16(&self.ke2);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let started = Self {
            nonce: reader.array()?,
            exp: reader.u64()?,
            login_id: reader.array()?,
            cred_id: reader.array()?,
            ke2: reader.block16(opaque::KE2)?.to_vec(),
        };
        if started.ke2.is_empty() || started.ke2.len() == opaque::KE2 {
            Ok(started)
        } else {
            Err(ProtocolError::Length)
        }
    }
}

/// Ends a proof; answered by [`Grant`].
#[derive(Clone)]
pub struct SealedProve {
    /// The sealed generation.
    pub generation: GenId,
    /// The kind of proof.
    pub how: How,
    /// Of [`SealedStarted`].
    pub login_id: [u8; 16],
    /// Of [`SealedStarted`].
    pub nonce: [u8; 32],
    /// OPAQUE KE3, or Ed25519 over [`super::proof::sealed`]; both are 64 bytes.
    pub proof: Vec<u8>,
}

impl Message for SealedProve {
    fn write(&self, out: &mut Writer) {
        out.raw(self.generation.as_bytes())
            .u8(self.how.byte())
            .raw(&self.login_id)
            .raw(&self.nonce)
            .block16(&self.proof);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            generation: GenId::from_bytes(reader.array()?),
            how: How::try_from(reader.u8()?)?,
            login_id: reader.array()?,
            nonce: reader.array()?,
            proof: read_exact(reader, opaque::KE3)?,
        })
    }
}

/// Leave to read one sealed generation, for the session that asked.
#[derive(Clone)]
pub struct Grant {
    /// Goes into [`SealedPull`].
    pub grant: [u8; 32],
    /// Until when (ms since 1970).
    pub until: u64,
}

impl Message for Grant {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.grant).u64(self.until);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            grant: reader.array()?,
            until: reader.u64()?,
        })
    }
}

/// Asks for a page of a sealed generation.
#[derive(Clone)]
pub struct SealedPull {
    /// The sealed generation.
    pub generation: GenId,
    /// Of [`Grant`].
    pub grant: [u8; 32],
    /// The last id of the page before.
    pub after: Option<ItemId>,
}

impl Message for SealedPull {
    fn write(&self, out: &mut Writer) {
        out.raw(self.generation.as_bytes())
            .raw(&self.grant)
            .flag(self.after.is_some());
        if let Some(after) = &self.after {
            out.raw(after.as_bytes());
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            generation: GenId::from_bytes(reader.array()?),
            grant: reader.array()?,
            after: read_option(reader, |reader| Ok(ItemId::from_bytes(reader.array()?)))?,
        })
    }
}

/// A page of a sealed generation.
#[derive(Clone)]
pub struct SealedPulled {
    /// Its header.
    pub header: Vec<u8>,
    /// Its last manifest.
    pub manifest: Vec<u8>,
    /// Rows in ascending order of id.
    pub rows: Vec<ItemRow>,
    /// There is another page.
    pub more: bool,
}

impl Message for SealedPulled {
    fn write(&self, out: &mut Writer) {
        out.block16(&self.header).raw(&self.manifest);
        write_rows(out, &self.rows);
        out.flag(self.more);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            header: read_header(reader)?,
            manifest: read_manifest(reader)?,
            rows: read_rows(reader)?,
            more: reader.flag()?,
        })
    }
}

/// Erases a sealed generation earlier; answered by [`super::EraseAt`].
#[derive(Clone)]
pub struct SealedErase {
    /// The sealed generation.
    pub generation: GenId,
}

impl Message for SealedErase {
    fn write(&self, out: &mut Writer) {
        out.raw(self.generation.as_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            generation: GenId::from_bytes(reader.array()?),
        })
    }
}

/// Takes [`SealedErase`] back.
#[derive(Clone)]
pub struct SealedKeep {
    /// The sealed generation.
    pub generation: GenId,
}

impl Message for SealedKeep {
    fn write(&self, out: &mut Writer) {
        out.raw(self.generation.as_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            generation: GenId::from_bytes(reader.array()?),
        })
    }
}
