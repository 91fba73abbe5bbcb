//! HDR1: the key slots of one generation. At most 8 KiB, fixed layout, exact lengths.

use crate::{AccountId, GenId, ProtocolError, Reader, SlotId};

/// First bytes of a header.
pub const HEADER_MAGIC: [u8; 4] = *b"SHD1";
/// Layout version.
pub const HEADER_VERSION: u16 = 1;
/// What this build can read: a header whose `min_reader` is higher is left alone (S-175).
pub const READER_VERSION: u16 = 1;
/// Largest header in bytes.
pub const HEADER_MAX: usize = 8 * 1024;
/// Most slots.
pub const MAX_SLOTS: usize = 16;
/// Longest credential id.
pub const AUX_MAX: usize = 256;
/// A wrapped vault key: 32 bytes in an envelope (S-16: exactly this long).
pub const WRAP_LEN: usize = 112;
/// Length of the header's MAC.
pub const HEADER_MAC_LEN: usize = 32;

/// Passkey slot: the credential may be backed up (WebAuthn BE).
pub const FLAG_BACKUP_ELIGIBLE: u16 = 1;
/// Passkey slot: the credential was backed up when the slot was made (WebAuthn BS).
pub const FLAG_BACKED_UP: u16 = 2;
/// Recovery slot: the person proved to have the code.
pub const FLAG_CONFIRMED: u16 = 4;
/// Recovery slot: its code replaced a confirmed one and was not typed back yet. Keeps passkey
/// slots lawful between the use of a code and the proof of the next one (docs/FORMAT.md).
pub const FLAG_SUCCESSOR: u16 = 8;

/// What opens a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SlotKind {
    /// Master password.
    Password,
    /// Recovery code.
    Recovery,
    /// WebAuthn PRF output.
    Passkey,
}

impl SlotKind {
    /// Its byte.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Password => 1,
            Self::Recovery => 2,
            Self::Passkey => 3,
        }
    }

    const fn allowed_flags(self) -> u16 {
        match self {
            Self::Password => 0,
            Self::Recovery => FLAG_CONFIRMED | FLAG_SUCCESSOR,
            Self::Passkey => FLAG_BACKUP_ELIGIBLE | FLAG_BACKED_UP,
        }
    }
}

impl TryFrom<u8> for SlotKind {
    type Error = ProtocolError;

    fn try_from(byte: u8) -> Result<Self, ProtocolError> {
        match byte {
            1 => Ok(Self::Password),
            2 => Ok(Self::Recovery),
            3 => Ok(Self::Passkey),
            _ => Err(ProtocolError::Kind),
        }
    }
}

/// How a slot's secret is stretched. A name, never numbers (S-01, S-02): nobody who can write a
/// header can ask for less work than the weakest entry or more than the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KdfId {
    /// Not stretched: for secrets that are random keys themselves.
    None,
    /// Argon2id, 64 MiB, t=3, p=4 (RFC 9106 section 4, second recommended option).
    Argon2id64,
    /// Argon2id, 128 MiB, t=3, p=4.
    Argon2id128,
    /// Argon2id, 256 MiB, t=3, p=4.
    Argon2id256,
}

impl KdfId {
    /// Its byte.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Argon2id64 => 1,
            Self::Argon2id128 => 2,
            Self::Argon2id256 => 3,
        }
    }

    /// Argon2id memory in KiB; 0 for [`KdfId::None`]. Passes are 3 and lanes 4 throughout.
    #[must_use]
    pub const fn memory_kib(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Argon2id64 => 64 * 1024,
            Self::Argon2id128 => 128 * 1024,
            Self::Argon2id256 => 256 * 1024,
        }
    }
}

impl TryFrom<u8> for KdfId {
    type Error = ProtocolError;

    fn try_from(byte: u8) -> Result<Self, ProtocolError> {
        match byte {
            0 => Ok(Self::None),
            1 => Ok(Self::Argon2id64),
            2 => Ok(Self::Argon2id128),
            3 => Ok(Self::Argon2id256),
            _ => Err(ProtocolError::Kind),
        }
    }
}

/// One key slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its id.
    pub id: SlotId,
    /// What opens it.
    pub kind: SlotKind,
    /// How the secret is stretched.
    pub kdf_id: KdfId,
    /// `FLAG_*`.
    pub flags: u16,
    /// Argon2id salt, or the PRF input; zero for a recovery slot.
    pub salt: [u8; 32],
    /// The credential id of a passkey slot; empty otherwise.
    pub aux: Vec<u8>,
    /// The wrapped vault key.
    pub wrap: [u8; WRAP_LEN],
}

impl Slot {
    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let id = SlotId::from_bytes(reader.array()?);
        let kind = SlotKind::try_from(reader.u8()?)?;
        let kdf_id = KdfId::try_from(reader.u8()?)?;
        let flags = reader.u16()?;
        let salt = reader.array()?;
        let aux_len = usize::from(reader.u16()?);
        if aux_len > AUX_MAX {
            return Err(ProtocolError::Length);
        }
        let aux = reader.take(aux_len)?.to_vec();
        let wrap = reader.array()?;
        Ok(Self {
            id,
            kind,
            kdf_id,
            flags,
            salt,
            aux,
            wrap,
        })
    }

    fn encode_into(&self, out: &mut Vec<u8>) -> Result<(), ProtocolError> {
        out.extend_from_slice(self.id.as_bytes());
        out.push(self.kind.byte());
        out.push(self.kdf_id.byte());
        out.extend_from_slice(&self.flags.to_be_bytes());
        out.extend_from_slice(&self.salt);
        out.extend_from_slice(
            &u16::try_from(self.aux.len())
                .map_err(|_| ProtocolError::Length)?
                .to_be_bytes(),
        );
        out.extend_from_slice(&self.aux);
        out.extend_from_slice(&self.wrap);
        Ok(())
    }

    /// Whether kind, stretching, flags, salt and aux go together (S-14).
    fn check(&self) -> Result<(), ProtocolError> {
        if self.flags & !self.kind.allowed_flags() != 0 {
            return Err(ProtocolError::Reserved);
        }
        let stretched = self.kdf_id != KdfId::None;
        let salted = self.salt != [0; 32];
        let lawful = match self.kind {
            SlotKind::Password => stretched && salted && self.aux.is_empty(),
            SlotKind::Recovery => {
                !stretched
                    && !salted
                    && self.aux.is_empty()
                    && self.flags != (FLAG_CONFIRMED | FLAG_SUCCESSOR)
            }
            SlotKind::Passkey => {
                !stretched
                    && salted
                    && !self.aux.is_empty()
                    && self.aux.len() <= AUX_MAX
                    && self.flags != FLAG_BACKED_UP
            }
        };
        if lawful {
            Ok(())
        } else {
            Err(ProtocolError::Invariant)
        }
    }
}

/// A header's fields. A value that came from [`Header::parse`] keeps all invariants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The account.
    pub account: AccountId,
    /// The generation.
    pub generation: GenId,
    /// Number of this header, from 0; one more with each change of the slots.
    pub hdr_seq: u64,
    /// Lowest reader version that may open this vault.
    pub min_reader: u16,
    /// 1 to 16 slots in ascending order of id.
    pub slots: Vec<Slot>,
    /// Ed25519 public key that manifests of this generation are checked with.
    pub vault_pub: [u8; 32],
    /// HMAC-SHA-256 under a key that only the vault key gives.
    pub mac: [u8; HEADER_MAC_LEN],
}

impl Header {
    /// Takes a header apart and checks everything that needs no key.
    ///
    /// # Errors
    /// `Length`, `Magic`, `Version`, `NewerFormat` (before anything that a newer layout may have
    /// changed is read), `Kind`, `Reserved`, `Order`, `Invariant`, `Counter`.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        if bytes.len() > HEADER_MAX {
            return Err(ProtocolError::Length);
        }
        let mut reader = Reader::new(bytes);
        if reader.array()? != HEADER_MAGIC {
            return Err(ProtocolError::Magic);
        }
        if reader.u16()? != HEADER_VERSION {
            return Err(ProtocolError::Version);
        }
        let account = AccountId::from_bytes(reader.array()?);
        let generation = GenId::from_bytes(reader.array()?);
        let hdr_seq = reader.u64()?;
        let min_reader = reader.u16()?;
        if min_reader > READER_VERSION {
            return Err(ProtocolError::NewerFormat { min_reader });
        }
        let count = usize::from(reader.u8()?);
        if count == 0 || count > MAX_SLOTS {
            return Err(ProtocolError::Length);
        }
        let slots = (0..count)
            .map(|_| Slot::read(&mut reader))
            .collect::<Result<Vec<_>, _>>()?;
        let vault_pub = reader.array()?;
        let mac = reader.array()?;
        reader.end()?;
        let header = Self {
            account,
            generation,
            hdr_seq,
            min_reader,
            slots,
            vault_pub,
            mac,
        };
        header.check()?;
        Ok(header)
    }

    /// Everything before the MAC.
    ///
    /// # Errors
    /// As [`Header::parse`], when an invariant does not hold: what can't be read back is not written.
    pub fn encode_body(&self) -> Result<Vec<u8>, ProtocolError> {
        self.check()?;
        let mut out = Vec::new();
        out.extend_from_slice(&HEADER_MAGIC);
        out.extend_from_slice(&HEADER_VERSION.to_be_bytes());
        out.extend_from_slice(self.account.as_bytes());
        out.extend_from_slice(self.generation.as_bytes());
        out.extend_from_slice(&self.hdr_seq.to_be_bytes());
        out.extend_from_slice(&self.min_reader.to_be_bytes());
        out.push(u8::try_from(self.slots.len()).map_err(|_| ProtocolError::Length)?);
        for slot in &self.slots {
            slot.encode_into(&mut out)?;
        }
        out.extend_from_slice(&self.vault_pub);
        Ok(out)
    }

    /// The whole header.
    ///
    /// # Errors
    /// As [`Header::encode_body`].
    pub fn encode(&self) -> Result<Vec<u8>, ProtocolError> {
        let mut out = self.encode_body()?;
        out.extend_from_slice(&self.mac);
        Ok(out)
    }

    /// The slot with this id.
    #[must_use]
    pub fn slot(&self, id: &SlotId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == *id)
    }

    /// The slots of one kind.
    pub fn slots_of(&self, kind: SlotKind) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(move |slot| slot.kind == kind)
    }

    fn check(&self) -> Result<(), ProtocolError> {
        if self.slots.is_empty() || self.slots.len() > MAX_SLOTS {
            return Err(ProtocolError::Length);
        }
        if self.hdr_seq == u64::MAX {
            return Err(ProtocolError::Counter);
        }
        if self.min_reader == 0 {
            return Err(ProtocolError::Invariant);
        }
        if !self.slots.is_sorted_by(|a, b| a.id < b.id) {
            return Err(ProtocolError::Order);
        }
        self.slots.iter().try_for_each(Slot::check)?;
        // S-172: biometrics are never the only door besides the password.
        let passkeys = self.slots_of(SlotKind::Passkey).count();
        let proved = self
            .slots_of(SlotKind::Recovery)
            .any(|slot| slot.flags & (FLAG_CONFIRMED | FLAG_SUCCESSOR) != 0);
        let doors = self.slots_of(SlotKind::Password).count() > 0 && (passkeys == 0 || proved);
        if doors {
            Ok(())
        } else {
            Err(ProtocolError::Invariant)
        }
    }
}

#[cfg(test)]
mod tests;
