//! Golden vaults: made once, committed, and opened by every later version (S-175).
//!
//! A golden file is text, one record a line: `secret password <slot> <stretched>`,
//! `secret recovery <code>`, `secret passkey <slot> <prf>`, `vault <key> <hex>`,
//! `shard <key> <hex>`, `item <id> <hex>`, `backup <hex>`, and what opening it must give:
//! `expect newer`, `expect live <n>`, `expect retired <index> <stretched>`,
//! `expect cbor <id> <SHA-256>`; more in [`account`].

pub(super) mod account;

use std::collections::BTreeMap;

use sesame_protocol::{ItemId, SlotId, sha256};
use zeroize::Zeroizing;

use crate::crypto::kat::hex;
use crate::item::Item;
use crate::settings::Settings;
use crate::{
    Backup, Locked, PasskeyKey, PasswordKey, RecoveryCode, RecoveryKey, Stored, Unlocked, Unlocker,
    VaultError,
};
use account::Joined;

macro_rules! golden {
    ($($name:literal),* $(,)?) => {
        /// The committed files: name and content.
        pub const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../../tests/vectors/golden/", $name, ".txt")))),*];
    };
}
golden!(
    "base",
    "kdf-2",
    "kdf-3",
    "passkeys",
    "recovery-successor",
    "retired-passwords",
    "tombstones",
    "large-items",
    "many-items",
    "settings",
    "newer-reader",
    "backup",
    "account",
);

/// A golden file, taken apart.
#[derive(Default)]
struct Golden {
    vault: BTreeMap<String, Vec<u8>>,
    shards: BTreeMap<String, Vec<u8>>,
    items: BTreeMap<ItemId, Vec<u8>>,
    backup: Option<Vec<u8>>,
    secrets: Vec<Box<dyn Unlocker>>,
    newer: bool,
    live: usize,
    retired: Vec<(usize, [u8; 32])>,
    cbor: BTreeMap<ItemId, Vec<u8>>,
    joined: Joined,
}

fn id(text: &str) -> Result<ItemId, String> {
    ItemId::parse_hex(text).ok_or_else(|| format!("not an id: {text}"))
}

fn slot(text: &str) -> Result<SlotId, String> {
    SlotId::parse_hex(text).ok_or_else(|| format!("not a slot: {text}"))
}

fn key(text: &str) -> Result<[u8; 32], String> {
    hex(text)?.try_into().map_err(|_| "not 32 bytes".to_owned())
}

fn parse(text: &str) -> Result<Golden, String> {
    let mut golden = Golden::default();
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let words: Vec<&str> = line.split(' ').collect();
        match *words {
            ["secret", "password", id, stretched] => {
                let secret = PasswordKey::new(slot(id)?, Zeroizing::new(key(stretched)?));
                golden.secrets.push(Box::new(secret));
            }
            ["secret", "recovery", code] => {
                let code = RecoveryCode::parse(code).map_err(|_| "recovery code".to_owned())?;
                golden.secrets.push(Box::new(RecoveryKey::new(code)));
            }
            ["secret", "passkey", id, prf] => {
                let secret =
                    PasskeyKey::new(slot(id)?, &hex(prf)?).map_err(|_| "prf".to_owned())?;
                golden.secrets.push(Box::new(secret));
            }
            ["vault", name, bytes] => drop(golden.vault.insert(name.to_owned(), hex(bytes)?)),
            ["shard", name, bytes] => drop(golden.shards.insert(name.to_owned(), hex(bytes)?)),
            ["item", name, bytes] => drop(golden.items.insert(id(name)?, hex(bytes)?)),
            ["backup", bytes] => golden.backup = Some(hex(bytes)?),
            ["expect", "newer"] => golden.newer = true,
            ["expect", "live", count] => {
                golden.live = count.parse().map_err(|_| "count".to_owned())?
            }
            ["expect", "retired", index, stretched] => {
                golden.retired.push((
                    index.parse().map_err(|_| "index".to_owned())?,
                    key(stretched)?,
                ));
            }
            ["expect", "cbor", name, hash] => drop(golden.cbor.insert(id(name)?, hex(hash)?)),
            _ if golden.joined.line(&words)? => {}
            _ => return Err(format!("unknown line: {}", words.first().unwrap_or(&""))),
        }
    }
    Ok(golden)
}

/// Opens every golden file with every secret that it names.
///
/// # Errors
/// The file and what went wrong with it.
pub fn open_all() -> Result<u32, String> {
    FILES.iter().try_fold(0, |sum, (name, text)| {
        let checked = parse(text)
            .and_then(|golden| golden.check())
            .map_err(|error| format!("{name}: {error}"))?;
        Ok(sum + checked)
    })
}

impl Golden {
    /// Opens this vault in every way and gives the number of things checked.
    fn check(&self) -> Result<u32, String> {
        if self.newer {
            return match Locked::load(Stored::new(self.vault.clone(), self.shards.clone())) {
                Err(refused) if refused.error == VaultError::NewerFormat => Ok(1),
                _ => Err("a newer format was not recognised".to_owned()),
            };
        }
        let mut checked = 0;
        for secret in &self.secrets {
            let (locked, rows) = self.load()?;
            for (index, stretched) in &self.retired {
                if !locked.was_replaced(*index, stretched) {
                    return Err(format!("retired password {index}"));
                }
            }
            let open = locked
                .unlock(&**secret)
                .map_err(|refused| refused.error.to_string())?;
            checked += self.check_open(open, &rows)?;
        }
        if checked == 0 {
            Err("no secret".to_owned())
        } else {
            Ok(checked)
        }
    }

    fn load(&self) -> Result<(Locked, BTreeMap<ItemId, Vec<u8>>), String> {
        let (stored, rows) = match &self.backup {
            Some(file) => Backup::read(file)
                .map_err(|error| error.to_string())?
                .into_parts(),
            None => (
                Stored::new(self.vault.clone(), self.shards.clone()),
                self.items.clone(),
            ),
        };
        let locked = Locked::load(stored).map_err(|refused| refused.error.to_string())?;
        if locked.damage().is_empty() {
            Ok((locked, rows))
        } else {
            Err("damage while locked".to_owned())
        }
    }

    fn check_open(
        &self,
        mut open: Unlocked,
        rows: &BTreeMap<ItemId, Vec<u8>>,
    ) -> Result<u32, String> {
        if self.backup.is_some() {
            let mut rng = NoRandom(0);
            let mut env = crate::Env {
                rng: &mut rng,
                now: 0,
            };
            let rebuilt = open
                .rebuild(rows, &mut |_, _| Some(Vec::new()), &mut env)
                .map_err(|e| e.to_string())?;
            if !rebuilt.damage.is_empty() {
                return Err("damage in the backup".to_owned());
            }
        }
        if !open.damage().is_empty() || open.read_only() || open.live() != self.live {
            return Err("damage, or another number of items".to_owned());
        }
        if !open
            .verify_rows(rows.iter().map(|(id, row)| (*id, row.as_slice())))
            .is_empty()
        {
            return Err("rows do not fit the manifest".to_owned());
        }
        let mut checked = 1;
        for (id, hash) in &self.cbor {
            let row = rows.get(id).ok_or("row missing")?;
            let cbor = open
                .open_row(id, row)
                .map_err(|error| format!("{id}: {error}"))?;
            if sha256(&[&cbor]).as_slice() != hash.as_slice() {
                return Err(format!("{id}: other content"));
            }
            let rev = open.entry(id).map_or(0, |entry| entry.rev);
            let again = if *id == open.settings_id() {
                Settings::from_cbor(&cbor, id, rev)
                    .ok()
                    .map(|settings| settings.to_cbor(id, rev))
            } else {
                Item::from_cbor(&cbor)
                    .ok()
                    .filter(|item| item.id == *id && item.rev == rev)
                    .map(|item| item.to_cbor())
            };
            if again.as_deref() != Some(&*cbor) {
                return Err(format!("{id}: does not read back the same"));
            }
            checked += 1;
        }
        if self.joined.is_there() {
            checked += self.joined.check(&mut open, rows)?;
        }
        Ok(checked)
    }
}

/// For reading only: nothing sealed with it is kept.
struct NoRandom(u8);

impl crate::Random for NoRandom {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), crate::RandomError> {
        for byte in buf {
            self.0 = self.0.wrapping_add(1);
            *byte = self.0;
        }
        Ok(())
    }
}
