//! The only file that names ciphers (docs/FORMAT.md, "Primitives"). Everything else asks here for
//! a key by label, for a sealed envelope, for a MAC or a signature.

mod exchange;
mod sign;

pub(crate) use exchange::{ExchangePair, PublicKey, agree};
pub(crate) use sign::SigningPair;

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use ed25519_dalek::{Signer, SigningKey};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sesame_protocol::{
    AccountId, DeviceId, ENVELOPE_HEAD, ENVELOPE_OVERHEAD, Envelope, GenId, ItemId, Kind, Label,
    MANIFEST_BODY_LEN, Op, Part, SUITE, SlotId, ctx, envelope_prefix, sha256, signing_input,
};
use sha2::{Sha256, Sha512};
use subtle::ConstantTimeEq;
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

use crate::VaultError;

/// The operating system's source of randomness failed (S-37). There is no fallback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no randomness")]
pub struct RandomError;

/// A source of cryptographic randomness; an argument, because this crate has none of its own.
pub trait Random {
    /// Fills all of `buf`.
    ///
    /// # Errors
    /// [`RandomError`]; then `buf` must not be used.
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), RandomError>;
}

/// `N` random bytes.
pub(crate) fn random<const N: usize>(rng: &mut dyn Random) -> Result<[u8; N], RandomError> {
    let mut bytes = [0; N];
    rng.fill(&mut bytes)?;
    Ok(bytes)
}

/// A 256-bit symmetric key for one purpose. Wiped when dropped; has no `Debug`.
pub(crate) struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// A key that was derived for one purpose.
    pub(crate) const fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }
}

/// The one key that every slot wraps. Wiped when dropped; has no `Debug`.
pub struct VaultKey {
    bytes: Zeroizing<[u8; 32]>,
    prk: Hkdf<Sha512>,
}

/// A secret that opens a slot: the stretched password, the recovery code or the PRF output.
pub(crate) type Ikm<'a> = &'a [u8];

/// `HKDF-Expand(prk, ctx(label, parts), L)`.
fn expand<const L: usize>(prk: &Hkdf<Sha512>, info: &[u8]) -> Zeroizing<[u8; L]> {
    const { assert!(L <= 255 * 64) };
    let mut out = Zeroizing::new([0; L]);
    // Fails only above 255 blocks, which the line above rules out; never go on with a zero key.
    assert!(prk.expand(info, &mut *out).is_ok(), "HKDF output length");
    out
}

/// `KX(ikm, label, parts, L) = HKDF-Expand(HKDF-Extract(salt = "", ikm), ctx(label, parts), L)`.
pub(crate) fn kx<const L: usize>(
    ikm: Ikm<'_>,
    label: Label,
    parts: &[Part<'_>],
) -> Zeroizing<[u8; L]> {
    expand(&Hkdf::<Sha512>::new(None, ikm), &ctx(label, parts))
}

/// The key that wraps the vault key in one slot.
pub(crate) fn kek(
    ikm: Ikm<'_>,
    label: Label,
    account: &AccountId,
    generation: &GenId,
    slot: &SlotId,
) -> Key {
    Key(kx(
        ikm,
        label,
        &[
            account.as_bytes().into(),
            generation.as_bytes().into(),
            slot.as_bytes().into(),
        ],
    ))
}

/// The same for a passkey slot, bound to its credential as well.
pub(crate) fn kek_passkey(
    prf: &[u8; 32],
    account: &AccountId,
    generation: &GenId,
    slot: &SlotId,
    credential: &[u8],
) -> Key {
    let credential = sha256(&[credential]);
    let parts = [
        account.as_bytes().into(),
        generation.as_bytes().into(),
        slot.as_bytes().into(),
        (&credential).into(),
    ];
    Key(kx(prf, Label::KekPasskey, &parts))
}

impl VaultKey {
    /// A new vault key.
    pub(crate) fn make(rng: &mut dyn Random) -> Result<Self, RandomError> {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill(&mut *bytes)?;
        Ok(Self::from_bytes(bytes))
    }

    pub(crate) fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        // Extract once: an import derives thousands of item keys from the same one.
        let prk = Hkdf::new(None, &*bytes);
        Self { bytes, prk }
    }

    /// For wrapping and for the session secret only.
    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// Whether two vault keys are the same, in constant time.
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.bytes.ct_eq(&*other.bytes).into()
    }

    fn derive(&self, label: Label, parts: &[Part<'_>]) -> Key {
        Key(expand(&self.prk, &ctx(label, parts)))
    }

    /// HMAC key of the header.
    pub(crate) fn header_mac(&self, account: &AccountId, generation: &GenId) -> Key {
        self.derive(
            Label::HeaderMac,
            &[account.as_bytes().into(), generation.as_bytes().into()],
        )
    }

    /// HMAC key of this device's local record.
    pub(crate) fn local_mac(
        &self,
        account: &AccountId,
        generation: &GenId,
        device: &DeviceId,
    ) -> Key {
        let parts = [
            account.as_bytes().into(),
            generation.as_bytes().into(),
            device.as_bytes().into(),
        ];
        self.derive(Label::LocalMac, &parts)
    }

    /// The pair that signs this generation's manifests.
    pub(crate) fn signer(&self, account: &AccountId, generation: &GenId) -> ManifestSigner {
        let seed = self.derive(
            Label::SignSeed,
            &[account.as_bytes().into(), generation.as_bytes().into()],
        );
        ManifestSigner(SigningKey::from_bytes(&seed.0))
    }

    /// Key of one revision of one item: no key ever seals two revisions.
    pub(crate) fn item(&self, id: &ItemId, rev: u64, op: Op) -> Key {
        let (rev, op) = (rev.to_be_bytes(), [op.byte()]);
        self.derive(
            Label::ItemKey,
            &[id.as_bytes().into(), (&rev).into(), (&op).into()],
        )
    }

    /// Key of this device's rebuildable data.
    pub(crate) fn cache(&self, device: &DeviceId) -> Key {
        self.derive(Label::LocalCache, &[device.as_bytes().into()])
    }

    /// Key of this device's anchor.
    pub(crate) fn anchor(&self, device: &DeviceId) -> Key {
        self.derive(Label::LocalAnchor, &[device.as_bytes().into()])
    }

    /// Key of this device's secrets towards the account server.
    pub(crate) fn device(&self, device: &DeviceId) -> Key {
        self.derive(Label::Device, &[device.as_bytes().into()])
    }

    /// The pair that this device's captures are sealed for.
    pub(crate) fn captures(
        &self,
        account: &AccountId,
        generation: &GenId,
        device: &DeviceId,
    ) -> ExchangePair {
        let parts = [
            account.as_bytes().into(),
            generation.as_bytes().into(),
            device.as_bytes().into(),
        ];
        ExchangePair::new(self.derive(Label::CaptureSecret, &parts))
    }

    /// The settings item's id: the same on every device, and nothing to guess for anyone else.
    pub(crate) fn settings_id(&self) -> ItemId {
        ItemId::from_bytes(*expand(&self.prk, &ctx(Label::SettingsId, &[])))
    }
}

/// Signs the manifests of one generation; the Ed25519 key is wiped when dropped.
pub(crate) struct ManifestSigner(SigningKey);

impl ManifestSigner {
    pub(crate) fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    pub(crate) fn sign(&self, body: &[u8; MANIFEST_BODY_LEN]) -> [u8; 64] {
        self.0.sign(&signing_input(body)).to_bytes()
    }

    /// Signs a proof for the account server: a context with a label of its own, never a manifest.
    pub(crate) fn prove(&self, context: &[u8]) -> [u8; 64] {
        self.0.sign(context).to_bytes()
    }
}

/// HMAC-SHA-256.
pub(crate) fn mac(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = hmac_of(&key.0[..]);
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Compares a MAC in constant time.
pub(crate) fn mac_fits(key: &Key, parts: &[&[u8]], expected: &[u8; 32]) -> bool {
    same(&mac(key, parts), expected)
}

/// Compares two arrays in constant time.
pub(crate) fn same<const N: usize>(a: &[u8; N], b: &[u8; N]) -> bool {
    a.ct_eq(b).into()
}

fn hmac_of(key: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of any length, so this has one outcome.
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(key) else {
        unreachable!("HMAC key length")
    };
    mac
}

/// `(k_enc, COM) = HKDF-Expand(HKDF-Extract(salt = N, ikm = K), ctx("…/aead", [suite ‖ kind, SHA-256(AAD)]), 64)`.
fn envelope_keys(key: &Key, kind: Kind, nonce: &[u8; 24], aad: &[u8]) -> Zeroizing<[u8; 64]> {
    let info = ctx(
        Label::Aead,
        &[(&[SUITE, kind.byte()]).into(), (&sha256(&[aad])).into()],
    );
    expand(&Hkdf::<Sha512>::new(Some(nonce), &key.0[..]), &info)
}

/// Splits the 64 derived bytes into encryption key and commitment.
fn halves(keys: &[u8; 64]) -> (&[u8; 32], &[u8; 32]) {
    let (enc, com) = keys.split_at(32);
    match (enc.first_chunk(), com.first_chunk()) {
        (Some(enc), Some(com)) => (enc, com),
        _ => unreachable!("64 bytes are two times 32"),
    }
}

/// `bytes[0..32] ‖ AAD`: magic, suite, kind, zero, nonce, and what the caller binds.
fn bound(kind: Kind, nonce: &[u8; 24], aad: &[u8]) -> Vec<u8> {
    [&envelope_prefix(kind), nonce.as_slice(), aad].concat()
}

/// Seals `plain` as an ENC1 envelope, 80 bytes longer.
///
/// # Errors
/// `Random`; `Internal` above the cipher's limit of 256 GiB.
pub(crate) fn seal(
    key: &Key,
    kind: Kind,
    aad: &[u8],
    plain: &[u8],
    rng: &mut dyn Random,
) -> Result<Vec<u8>, VaultError> {
    let nonce: [u8; 24] = random(rng)?;
    let keys = envelope_keys(key, kind, &nonce, aad);
    let (enc, com) = halves(&keys);
    let mut out = Vec::with_capacity(plain.len() + ENVELOPE_OVERHEAD);
    out.extend_from_slice(&envelope_prefix(kind));
    out.extend_from_slice(&nonce);
    out.extend_from_slice(com);
    out.extend_from_slice(plain);
    let text = out.get_mut(ENVELOPE_HEAD..).unwrap_or_default();
    let sealed = XChaCha20Poly1305::new(enc.into()).encrypt_inout_detached(
        &XNonce::from(nonce),
        &bound(kind, &nonce, aad),
        text.into(),
    );
    match sealed {
        Ok(tag) => out.extend_from_slice(&tag),
        Err(_) => {
            out.zeroize();
            return Err(VaultError::Internal);
        }
    }
    Ok(out)
}

/// Opens an envelope: frame and exact length, then the commitment in constant time, then the
/// AEAD; plaintext comes out only on success (S-16, S-163, S-178).
///
/// # Errors
/// `Damaged`, whatever it was (S-17).
pub(crate) fn open(
    key: &Key,
    kind: Kind,
    aad: &[u8],
    bytes: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let envelope = Envelope::parse(bytes, kind).map_err(|_| VaultError::Damaged)?;
    let mut text = Zeroizing::new(envelope.ciphertext.to_vec());
    open_in_place(key, kind, aad, &envelope, &mut text)?;
    Ok(text)
}

/// `buffer` holds the ciphertext; afterwards the plaintext, or zeros and an error.
fn open_in_place(
    key: &Key,
    kind: Kind,
    aad: &[u8],
    envelope: &Envelope<'_>,
    buffer: &mut [u8],
) -> Result<(), VaultError> {
    let keys = envelope_keys(key, kind, &envelope.nonce, aad);
    let (enc, com) = halves(&keys);
    let opened = same(com, &envelope.commitment)
        && XChaCha20Poly1305::new(enc.into())
            .decrypt_inout_detached(
                &XNonce::from(envelope.nonce),
                &bound(kind, &envelope.nonce, aad),
                (&mut *buffer).into(),
                &Tag::from(envelope.tag),
            )
            .is_ok();
    if opened {
        Ok(())
    } else {
        buffer.zeroize();
        Err(VaultError::Damaged)
    }
}

#[cfg(any(test, feature = "selftest"))]
pub(crate) mod kat;
#[cfg(test)]
mod tests;
