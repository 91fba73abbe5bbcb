//! The settings item: what belongs to the vault rather than to this browser, so that it travels
//! with it. An ordinary item of the manifest whose id only the vault key gives; its content is a
//! map of its own, encoded and kept as items are.

mod filling;

use crate::item::TimeMs;
use crate::item::cbor::{CborError, Extra, Key, MapReader, MapWriter, array};
use crate::item::codec::{read_map, sixteen, text};
pub use filling::{Filling, FillingError};
use minicbor::decode::Decoder;
use sesame_protocol::{ItemId, SlotId};
use zeroize::Zeroizing;

/// The settings of a vault.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Minutes without using Sesame before it locks; 0 = when the browser closes.
    pub lock_after: LockAfter,
    /// What the person calls this vault.
    pub vault_name: String,
    /// The passkeys' names; key slots themselves carry none (security.md 2.3).
    pub passkeys: Vec<PasskeyName>,
    /// When the master password was last set.
    pub password_set: TimeMs,
    /// Master passwords that were replaced: when, newest first. The browser's own record says how
    /// to recognise them; this one travels.
    pub retired: Vec<TimeMs>,
    /// When a backup was last saved, by any browser.
    pub backup_saved: Option<TimeMs>,
    /// How pages are filled.
    pub filling: Filling,
    /// The password hint, so that each browser's lock screen has it.
    pub hint: String,
    /// The account's browsers by name; the server knows only their ids.
    pub devices: Vec<DeviceName>,
    /// Public key of the sign-in with the newest recovery code.
    pub rec_pub: Option<[u8; 32]>,
    /// When the settings were last saved: tells which of two changes is the newer one.
    pub modified: TimeMs,
    /// What a newer version wrote.
    pub extra: Extra,
}

/// How long Sesame stays open unused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LockAfter {
    /// One minute.
    One,
    /// Five minutes.
    #[default]
    Five,
    /// A quarter of an hour.
    Fifteen,
    /// An hour.
    Sixty,
    /// Until the browser closes.
    BrowserClose,
}

/// A passkey's name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PasskeyName {
    /// Whose name it is.
    pub slot: [u8; 16],
    /// As the person named it.
    pub name: String,
    /// When it was set up.
    pub added: TimeMs,
    /// What a newer version wrote.
    pub extra: Extra,
}

/// One browser of the account.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DeviceName {
    /// Its id at the account server.
    pub device: [u8; 16],
    /// As the person named it.
    pub name: String,
    /// When it was added.
    pub added: TimeMs,
    /// Its id inside the vault, as items name it.
    pub browser: Option<[u8; 16]>,
    /// What a newer version wrote.
    pub extra: Extra,
}

// Keys for ever, as in the item's codec; 0 to 2 are the item's id, revision and kind.
const ID: u8 = 0;
const REV: u8 = 1;
const KIND: u8 = 2;
const LOCK_AFTER: u8 = 3;
const VAULT_NAME: u8 = 4;
const PASSKEYS: u8 = 5;
const PASSWORD_SET: u8 = 6;
const RETIRED: u8 = 7;
const BACKUP_SAVED: u8 = 8;
const ICON_OFF: u8 = 9;
const COPY_CODE: u8 = 10;
const EQUIVALENTS: u8 = 11;
const BUILT_IN_OFF: u8 = 12;
const NEVER: u8 = 13;
const HINT: u8 = 14;
const DEVICES: u8 = 15;
const REC_PUB: u8 = 16;
const MODIFIED: u8 = 17;

/// How many browsers are remembered by name; the oldest goes first.
pub(crate) const DEVICES_MAX: usize = 100;

/// How many replaced passwords are remembered.
pub(crate) const RETIRED_MAX: usize = 10;

/// The kind's name; no item of a person's is ever of this kind.
const KIND_NAME: &str = "settings";

impl Settings {
    /// The one encoding, as the settings item's revision `rev`.
    #[must_use]
    pub fn to_cbor(&self, id: &ItemId, rev: u64) -> Zeroizing<Vec<u8>> {
        let mut w = MapWriter::default();
        w.bytes(ID, id.as_bytes());
        w.uint(REV, Some(rev));
        w.text(KIND, KIND_NAME);
        w.uint(LOCK_AFTER, Some(self.lock_after.minutes()));
        w.text(VAULT_NAME, &self.vault_name);
        w.encoded(
            PASSKEYS,
            &self
                .passkeys
                .iter()
                .map(PasskeyName::to_cbor)
                .collect::<Vec<_>>(),
        );
        w.uint(PASSWORD_SET, Some(self.password_set));
        w.uints(RETIRED, &self.retired);
        w.uint(BACKUP_SAVED, self.backup_saved);
        // The usual choice takes no room.
        w.flag(ICON_OFF, !self.filling.icon);
        w.flag(COPY_CODE, self.filling.copy_code);
        w.text_lists(EQUIVALENTS, &self.filling.equivalents);
        w.texts(BUILT_IN_OFF, &self.filling.built_in_off);
        w.texts(NEVER, &self.filling.never);
        w.text(HINT, &self.hint);
        let devices: Vec<_> = self.devices.iter().map(DeviceName::to_cbor).collect();
        w.encoded(DEVICES, &devices);
        w.bytes(
            REC_PUB,
            self.rec_pub.as_ref().map_or(&[], <[u8; 32]>::as_slice),
        );
        w.uint(MODIFIED, Some(self.modified).filter(|at| *at > 0));
        w.extra(&self.extra);
        w.finish()
    }

    /// Reads the settings item.
    ///
    /// # Errors
    /// [`CborError`] for anything that [`Self::to_cbor`] would write differently, and for another
    /// item's id or revision.
    pub fn from_cbor(bytes: &[u8], id: &ItemId, rev: u64) -> Result<Self, CborError> {
        let (settings, found) = Self::read(bytes, id)?;
        same(found == rev)?;
        Ok(settings)
    }

    /// The same settings as another revision.
    ///
    /// # Errors
    /// As [`Self::from_cbor`].
    pub(crate) fn with_rev(
        bytes: &[u8],
        id: &ItemId,
        rev: u64,
    ) -> Result<Zeroizing<Vec<u8>>, CborError> {
        Ok(Self::read(bytes, id)?.0.to_cbor(id, rev))
    }

    /// The settings and the revision that is written inside.
    fn read(bytes: &[u8], id: &ItemId) -> Result<(Self, u64), CborError> {
        let mut rev = 0;
        let mut d = Decoder::new(bytes);
        let mut map = MapReader::new(&mut d)?;
        let mut settings = Self::default();
        while let Some(key) = map.next(&mut d)? {
            match key {
                Key::Known(ID) => same(d.bytes()? == id.as_bytes())?,
                Key::Known(REV) => rev = d.u64()?,
                Key::Known(KIND) => same(d.str()? == KIND_NAME)?,
                Key::Known(LOCK_AFTER) => {
                    settings.lock_after = LockAfter::from_minutes(d.u64()?).ok_or(CborError)?;
                }
                Key::Known(VAULT_NAME) => settings.vault_name = text(&mut d)?,
                Key::Known(PASSKEYS) => settings.passkeys = array(&mut d, PasskeyName::from_cbor)?,
                Key::Known(PASSWORD_SET) => settings.password_set = d.u64()?,
                Key::Known(RETIRED) => settings.retired = array(&mut d, |d| Ok(d.u64()?))?,
                Key::Known(BACKUP_SAVED) => settings.backup_saved = Some(d.u64()?),
                Key::Known(ICON_OFF) => settings.filling.icon = !d.bool()?,
                Key::Known(COPY_CODE) => settings.filling.copy_code = d.bool()?,
                Key::Known(EQUIVALENTS) => {
                    settings.filling.equivalents = array(&mut d, |d| array(d, text))?;
                }
                Key::Known(BUILT_IN_OFF) => settings.filling.built_in_off = array(&mut d, text)?,
                Key::Known(NEVER) => settings.filling.never = array(&mut d, text)?,
                Key::Known(HINT) => settings.hint = text(&mut d)?,
                Key::Known(DEVICES) => settings.devices = array(&mut d, DeviceName::from_cbor)?,
                Key::Known(REC_PUB) => {
                    settings.rec_pub = Some(d.bytes()?.try_into().map_err(|_| CborError)?);
                }
                Key::Known(MODIFIED) => settings.modified = d.u64()?,
                other => settings.extra.keep(&other, &mut d)?,
            }
        }
        same(settings.to_cbor(id, rev).as_slice() == bytes)?;
        Ok((settings, rev))
    }

    /// Notes that the master password was replaced.
    pub fn password_replaced(&mut self, now: TimeMs) {
        self.password_set = now;
        self.retired.insert(0, now);
        self.retired.truncate(RETIRED_MAX);
    }

    /// The name of a passkey, and when it was added.
    #[must_use]
    pub fn passkey(&self, slot: &SlotId) -> Option<&PasskeyName> {
        self.passkeys
            .iter()
            .find(|named| named.slot == *slot.as_bytes())
    }

    /// Names a passkey; a new one is added at `now`.
    pub fn name_passkey(&mut self, slot: &SlotId, name: String, now: TimeMs) {
        match self
            .passkeys
            .iter_mut()
            .find(|named| named.slot == *slot.as_bytes())
        {
            Some(named) => named.name = name,
            None => self.passkeys.push(PasskeyName {
                slot: *slot.as_bytes(),
                name,
                added: now,
                extra: Extra::default(),
            }),
        }
    }

    /// Names one of the account's browsers; a new one is added at `now`.
    pub fn name_device(
        &mut self,
        device: [u8; 16],
        browser: Option<[u8; 16]>,
        name: String,
        now: TimeMs,
    ) {
        match self.devices.iter_mut().find(|named| named.device == device) {
            Some(named) => {
                named.name = name;
                named.browser = browser.or(named.browser);
            }
            None => self.devices.push(DeviceName {
                device,
                name,
                added: now,
                browser,
                extra: Extra::default(),
            }),
        }
        let over = self.devices.len().saturating_sub(DEVICES_MAX);
        self.devices.drain(..over);
    }

    /// Forgets a removed passkey's name.
    pub fn forget_passkey(&mut self, slot: &SlotId) {
        self.passkeys.retain(|named| named.slot != *slot.as_bytes());
    }
}

impl LockAfter {
    /// Minutes; 0 = when the browser closes.
    #[must_use]
    pub fn minutes(self) -> u64 {
        match self {
            Self::One => 1,
            Self::Five => 5,
            Self::Fifteen => 15,
            Self::Sixty => 60,
            Self::BrowserClose => 0,
        }
    }

    /// The choice of so many minutes.
    #[must_use]
    pub fn from_minutes(minutes: u64) -> Option<Self> {
        let all = [
            Self::One,
            Self::Five,
            Self::Fifteen,
            Self::Sixty,
            Self::BrowserClose,
        ];
        all.into_iter().find(|choice| choice.minutes() == minutes)
    }
}

impl PasskeyName {
    pub(crate) fn to_cbor(&self) -> Zeroizing<Vec<u8>> {
        let mut w = MapWriter::default();
        w.bytes(0, &self.slot);
        w.text(1, &self.name);
        w.uint(2, Some(self.added));
        w.extra(&self.extra);
        w.finish()
    }

    fn from_cbor(d: &mut Decoder<'_>) -> Result<Self, CborError> {
        let mut named = Self::default();
        read_map(
            d,
            &mut named,
            |named, key, d| {
                match key {
                    0 => named.slot = sixteen(d)?,
                    1 => named.name = text(d)?,
                    2 => named.added = d.u64()?,
                    _ => return Ok(false),
                }
                Ok(true)
            },
            |named| &mut named.extra,
        )?;
        Ok(named)
    }
}

impl DeviceName {
    pub(crate) fn to_cbor(&self) -> Zeroizing<Vec<u8>> {
        let mut w = MapWriter::default();
        w.bytes(0, &self.device);
        w.text(1, &self.name);
        w.uint(2, Some(self.added));
        w.bytes(3, self.browser.as_ref().map_or(&[], <[u8; 16]>::as_slice));
        w.extra(&self.extra);
        w.finish()
    }

    fn from_cbor(d: &mut Decoder<'_>) -> Result<Self, CborError> {
        let mut named = Self::default();
        read_map(
            d,
            &mut named,
            |named, key, d| {
                match key {
                    0 => named.device = sixteen(d)?,
                    1 => named.name = text(d)?,
                    2 => named.added = d.u64()?,
                    3 => named.browser = Some(sixteen(d)?),
                    _ => return Ok(false),
                }
                Ok(true)
            },
            |named| &mut named.extra,
        )?;
        Ok(named)
    }
}

fn same(holds: bool) -> Result<(), CborError> {
    if holds { Ok(()) } else { Err(CborError) }
}

#[cfg(test)]
mod tests;
