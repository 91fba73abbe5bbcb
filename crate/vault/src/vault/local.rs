//! What an open vault keeps for this browser only: the local record, and sealed odds and ends.

use sesame_protocol::{Kind, Label, SlotKind, ctx};
use zeroize::Zeroizing;

use super::{Env, Unlocked};
use crate::commit::{Commit, Store, key};
use crate::crypto::{self, Random};
use crate::local::Local;
use crate::pad::{pad, unpad};
use crate::{Part, VaultError};

/// Largest padded piece of sealed local data.
const CACHE_MAX: usize = 1024 * 1024;

impl Unlocked {
    /// Changes the local record.
    ///
    /// # Errors
    /// `TooLarge` for a name or a hint over its limit; then nothing has changed.
    pub fn update_local(&mut self, change: impl FnOnce(&mut Local)) -> Result<Commit, VaultError> {
        let mut local = self.local.clone();
        change(&mut local);
        let mut commit = Commit::default();
        commit.put(
            Store::Vault,
            key::LOCAL,
            local.seal(&self.owner, &self.key)?,
        );
        self.local = local;
        if !self.local_forged {
            self.damage.retain(|damage| damage.part != Part::Local);
        }
        Ok(commit)
    }

    /// After an unlock: notes when and how, takes over remarks made while locked, and writes the
    /// header's second copy again where it is missing. A local record that somebody else wrote is
    /// left as it is, so that opening does not make it look genuine.
    ///
    /// # Errors
    /// `TooLarge`, `Internal`.
    pub fn record_opening(&mut self, env: &Env<'_>) -> Result<Commit, VaultError> {
        let now = env.now;
        let opened_by = self.opened_by;
        let notes = std::mem::take(&mut self.notes);
        let slots: Vec<_> = self
            .sealed
            .header
            .slots_of(SlotKind::Passkey)
            .map(|slot| slot.id)
            .collect();
        let noted = |local: &mut Local| {
            local.passkeys.retain(|note| slots.contains(&note.slot));
            for remark in notes.0.iter().filter(|remark| slots.contains(&remark.slot)) {
                if let Some(note) = local.passkey_mut(remark.slot, remark.at) {
                    note.last_problem = Some(remark.problem);
                }
            }
            match opened_by {
                Some((SlotKind::Password, _)) => local.password_proved_at = Some(now),
                Some((SlotKind::Recovery, _)) => local.recovery_proved_at = Some(now),
                Some((SlotKind::Passkey, slot)) => {
                    if let Some(note) = local.passkey_mut(slot, now) {
                        note.used_here = true;
                        note.last_used_at = Some(now);
                        note.last_problem = None;
                    }
                }
                None => {}
            }
        };
        let mut commit = Commit::default();
        if !self.local_forged {
            commit.extend(self.update_local(noted)?);
            commit.delete(Store::Vault, key::NOTES);
        }
        if self.capture_key_stale {
            self.publish_capture_key(&mut commit);
        }
        if self.copy_stale && !self.read_only {
            commit.put(Store::Vault, key::HEADER, self.sealed.bytes.clone());
            commit.put(Store::Vault, key::HEADER_COPY, self.sealed.bytes.clone());
            self.copy_stale = false;
            self.damage.retain(|damage| damage.part != Part::Header);
        }
        Ok(commit)
    }

    fn cache_aad(&self, name: &str) -> Result<Vec<u8>, VaultError> {
        Ok(ctx(
            Label::Cache,
            &[
                self.owner.account.as_bytes().into(),
                self.owner.generation.as_bytes().into(),
                self.owner.device.as_bytes().into(),
                name.as_bytes()
                    .try_into()
                    .map_err(|_| VaultError::Invalid)?,
            ],
        ))
    }

    /// Seals a piece of local data, for example a form's draft, under its name.
    ///
    /// # Errors
    /// `TooLarge` above 1 MiB, `Random`.
    pub fn seal_cache(
        &self,
        name: &str,
        content: &[u8],
        rng: &mut dyn Random,
    ) -> Result<Vec<u8>, VaultError> {
        let cache = self.key.cache(&self.owner.device);
        crypto::seal(
            &cache,
            Kind::LocalCache,
            &self.cache_aad(name)?,
            &pad(content, CACHE_MAX)?,
            rng,
        )
    }

    /// Opens what [`Unlocked::seal_cache`] sealed under this name, in this browser.
    ///
    /// # Errors
    /// `Damaged`.
    pub fn open_cache(&self, name: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let cache = self.key.cache(&self.owner.device);
        unpad(&crypto::open(
            &cache,
            Kind::LocalCache,
            &self.cache_aad(name)?,
            sealed,
        )?)
    }
}
