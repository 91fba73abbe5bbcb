//! A capture on the disk: `ephemeral public key 32 ‖ ENC1 kind 9`.

use sesame_protocol::{AccountId, CaptureId, DeviceId, GenId, Kind, Label, Reader, ctx, sha256};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::crypto::{self, ExchangePair, Key, PublicKey, Random, agree};
use crate::local::Owner;
use crate::pad::{pad, unpad};

const MAGIC: [u8; 4] = *b"SCK1";
/// Largest padded content.
const PLAIN_MAX: usize = 96 * 1024;

/// For whom captures are sealed; public, and readable while the vault is locked.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SealingKey {
    pub owner: Owner,
    pub public: PublicKey,
}

impl SealingKey {
    /// `SCK1 ‖ account ‖ generation ‖ device ‖ public key ‖ SHA-256`. The checksum is against
    /// accidents; the open vault compares the whole with what its key gives.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(self.owner.account.as_bytes());
        out.extend_from_slice(self.owner.generation.as_bytes());
        out.extend_from_slice(self.owner.device.as_bytes());
        out.extend_from_slice(&self.public);
        out.extend_from_slice(&sha256(&[&out]));
        out
    }

    /// # Errors
    /// `Damaged`.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        let (content, sum) = bytes.split_last_chunk::<32>().ok_or(VaultError::Damaged)?;
        let mut reader = Reader::new(content);
        if reader.array()? != MAGIC || sha256(&[content]) != *sum {
            return Err(VaultError::Damaged);
        }
        let key = Self {
            owner: Owner {
                account: AccountId::from_bytes(reader.array()?),
                generation: GenId::from_bytes(reader.array()?),
                device: DeviceId::from_bytes(reader.array()?),
            },
            public: reader.array()?,
        };
        reader.end()?;
        Ok(key)
    }
}

/// Seals `content` for whoever has the other half of `to`.
///
/// # Errors
/// `TooLarge` above 96 KiB, `Damaged` for a public key that is none, `Random`.
pub(crate) fn seal(
    to: &SealingKey,
    id: &CaptureId,
    content: &[u8],
    rng: &mut dyn Random,
) -> Result<Vec<u8>, VaultError> {
    let once = ExchangePair::make(rng)?;
    let shared = agree(&once, &to.public).ok_or(VaultError::Damaged)?;
    let key = key_of(&shared, once.public(), &to.public);
    let mut out = once.public().to_vec();
    out.extend_from_slice(&crypto::seal(
        &key,
        Kind::Capture,
        &aad(&to.owner, id),
        &pad(content, PLAIN_MAX)?,
        rng,
    )?);
    Ok(out)
}

/// Opens what [`seal`] sealed for `pair` under this id.
///
/// # Errors
/// `Damaged`.
pub(crate) fn open(
    pair: &ExchangePair,
    owner: &Owner,
    id: &CaptureId,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (once, envelope) = sealed
        .split_first_chunk::<32>()
        .ok_or(VaultError::Damaged)?;
    let shared = agree(pair, once).ok_or(VaultError::Damaged)?;
    let key = key_of(&shared, once, pair.public());
    unpad(&crypto::open(
        &key,
        Kind::Capture,
        &aad(owner, id),
        envelope,
    )?)
}

/// Both public keys are parts, so that the key belongs to this exchange alone (RFC 7748, section 6.1).
fn key_of(shared: &[u8; 32], once: &PublicKey, to: &PublicKey) -> Key {
    Key::new(crypto::kx(
        shared,
        Label::CaptureKey,
        &[once.into(), to.into()],
    ))
}

fn aad(owner: &Owner, id: &CaptureId) -> Vec<u8> {
    ctx(
        Label::Capture,
        &[
            owner.account.as_bytes().into(),
            owner.generation.as_bytes().into(),
            owner.device.as_bytes().into(),
            id.as_bytes().into(),
        ],
    )
}
