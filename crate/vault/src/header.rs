//! Making and checking headers with the vault key; the layout itself is in sesame-protocol.

use crate::order::sorted_by;
use sesame_protocol::{HEADER_MAC_LEN, Header, MAX_SLOTS, Slot};

use crate::VaultError;
use crate::crypto::{VaultKey, mac, mac_fits};

/// A header together with its exact bytes.
#[derive(Clone)]
pub(crate) struct SealedHeader {
    pub header: Header,
    pub bytes: Vec<u8>,
}

impl SealedHeader {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        Ok(Self {
            header: Header::parse(bytes)?,
            bytes: bytes.to_vec(),
        })
    }

    /// Checks the MAC over all slots and that the public key is this vault key's (S-12).
    ///
    /// # Errors
    /// `Damaged`.
    pub(crate) fn verify(&self, key: &VaultKey) -> Result<(), VaultError> {
        let Header {
            account,
            generation,
            mac,
            vault_pub,
            ..
        } = &self.header;
        let body = self
            .bytes
            .len()
            .checked_sub(HEADER_MAC_LEN)
            .and_then(|end| self.bytes.get(..end));
        let body = body.ok_or(VaultError::Damaged)?;
        let fits = mac_fits(&key.header_mac(account, generation), &[body], mac)
            && key.signer(account, generation).public() == *vault_pub;
        if fits {
            Ok(())
        } else {
            Err(VaultError::Damaged)
        }
    }

    /// Sorts the slots, writes and MACs `header`, and reads it back before anyone relies on it.
    ///
    /// # Errors
    /// `SlotsFull` above 16 slots, `Internal` when an invariant would not hold.
    pub(crate) fn make(mut header: Header, key: &VaultKey) -> Result<Self, VaultError> {
        if header.slots.len() > MAX_SLOTS {
            return Err(VaultError::SlotsFull);
        }
        header.slots = sorted_by(std::mem::take(&mut header.slots), |one, other| {
            one.id.cmp(&other.id)
        });
        header.vault_pub = key.signer(&header.account, &header.generation).public();
        let body = header.encode_body().map_err(|_| VaultError::Internal)?;
        header.mac = mac(
            &key.header_mac(&header.account, &header.generation),
            &[&body],
        );
        let bytes = header.encode().map_err(|_| VaultError::Internal)?;
        let sealed = Self::parse(&bytes).map_err(|_| VaultError::Internal)?;
        sealed.verify(key)?;
        Ok(sealed)
    }

    /// The header that follows this one, with other slots.
    ///
    /// # Errors
    /// `Counter`, and as [`SealedHeader::make`].
    pub(crate) fn next(
        &self,
        slots: Vec<Slot>,
        seen: u64,
        key: &VaultKey,
    ) -> Result<Self, VaultError> {
        let hdr_seq = self
            .header
            .hdr_seq
            .max(seen)
            .checked_add(1)
            .ok_or(VaultError::Counter)?;
        if hdr_seq == u64::MAX {
            return Err(VaultError::Counter);
        }
        Self::make(
            Header {
                hdr_seq,
                slots,
                ..self.header.clone()
            },
            key,
        )
    }
}

#[cfg(test)]
mod tests;
