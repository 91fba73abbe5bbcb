//! Item to CBOR and back. Keys are for ever: a number that was used is never given another meaning.

use super::cbor::{CborError, Extra, Key, MapReader, MapWriter, array};
use super::{CustomField, CustomKind, Item, Kind, MatchMode, OldSecret, OtherValue, Website};
use minicbor::decode::Decoder;
use sesame_protocol::{DeviceId, ItemId};
use zeroize::Zeroizing;

// The item's map. docs/FORMAT.md, "Item", lists the same numbers.
const ID: u8 = 0;
const REV: u8 = 1;
const KIND: u8 = 2;
const NAME: u8 = 3;
const USERNAME: u8 = 4;
const PASSWORD: u8 = 5;
const PASSWORD_CHANGED: u8 = 6;
const WEBSITES: u8 = 7;
const TOTP: u8 = 8;
const NOTES: u8 = 9;
const CUSTOM: u8 = 10;
const FIELDS: u8 = 11;
const TAGS: u8 = 12;
const FAVOURITE: u8 = 13;
const CREATED: u8 = 14;
const MODIFIED: u8 = 15;
const DEVICE: u8 = 16;
const HISTORY: u8 = 17;
const DELETED: u8 = 18;
const OTHERS: u8 = 19;

impl Item {
    /// The one encoding of this item.
    #[must_use]
    pub fn to_cbor(&self) -> Zeroizing<Vec<u8>> {
        let mut w = MapWriter::default();
        w.bytes(ID, self.id.as_bytes());
        w.uint(REV, Some(self.rev));
        w.text(KIND, self.kind.name());
        w.text(NAME, &self.name);
        w.text(USERNAME, &self.username);
        w.text(PASSWORD, &self.password);
        w.uint(PASSWORD_CHANGED, self.password_changed);
        w.encoded(
            WEBSITES,
            &self
                .websites
                .iter()
                .map(Website::to_cbor)
                .collect::<Vec<_>>(),
        );
        w.text(TOTP, &self.totp);
        w.text(NOTES, &self.notes);
        w.encoded(
            CUSTOM,
            &self
                .custom
                .iter()
                .map(CustomField::to_cbor)
                .collect::<Vec<_>>(),
        );
        let fields: Vec<_> = self
            .fields
            .iter()
            .map(|(k, v)| field_to_cbor(k, v))
            .collect();
        w.encoded(FIELDS, &fields);
        w.texts(TAGS, &self.tags);
        w.flag(FAVOURITE, self.favourite);
        w.uint(CREATED, Some(self.created));
        w.uint(MODIFIED, Some(self.modified));
        w.bytes(DEVICE, self.device.as_bytes());
        w.encoded(
            HISTORY,
            &self
                .history
                .iter()
                .map(OldSecret::to_cbor)
                .collect::<Vec<_>>(),
        );
        w.uint(DELETED, self.deleted);
        let others: Vec<_> = self.others.iter().map(OtherValue::to_cbor).collect();
        w.encoded(OTHERS, &others);
        w.extra(&self.extra);
        w.finish()
    }

    /// Reads an item; the bytes must be exactly what [`Self::to_cbor`] would write again.
    ///
    /// # Errors
    /// [`CborError`] on anything else: trailing bytes, a missing id, another order, another form.
    pub fn from_cbor(bytes: &[u8]) -> Result<Self, CborError> {
        let mut d = Decoder::new(bytes);
        let mut map = MapReader::new(&mut d)?;
        let mut id = None;
        let mut kind = None;
        let mut item = Self::new(
            ItemId::from_bytes([0; 16]),
            Kind::Note,
            0,
            DeviceId::from_bytes([0; 16]),
        );
        item.rev = 0;
        while let Some(key) = map.next(&mut d)? {
            match key {
                Key::Known(ID) => id = Some(ItemId::from_bytes(sixteen(&mut d)?)),
                Key::Known(REV) => item.rev = d.u64()?,
                Key::Known(KIND) => kind = Some(Kind::from_name(d.str()?)),
                Key::Known(NAME) => item.name = text(&mut d)?,
                Key::Known(USERNAME) => item.username = text(&mut d)?,
                Key::Known(PASSWORD) => item.password = text(&mut d)?,
                Key::Known(PASSWORD_CHANGED) => item.password_changed = Some(d.u64()?),
                Key::Known(WEBSITES) => item.websites = array(&mut d, Website::from_cbor)?,
                Key::Known(TOTP) => item.totp = text(&mut d)?,
                Key::Known(NOTES) => item.notes = text(&mut d)?,
                Key::Known(CUSTOM) => item.custom = array(&mut d, CustomField::from_cbor)?,
                Key::Known(FIELDS) => item.fields = array(&mut d, field_from_cbor)?,
                Key::Known(TAGS) => item.tags = array(&mut d, text)?,
                Key::Known(FAVOURITE) => item.favourite = d.bool()?,
                Key::Known(CREATED) => item.created = d.u64()?,
                Key::Known(MODIFIED) => item.modified = d.u64()?,
                Key::Known(DEVICE) => item.device = DeviceId::from_bytes(sixteen(&mut d)?),
                Key::Known(HISTORY) => item.history = array(&mut d, OldSecret::from_cbor)?,
                Key::Known(DELETED) => item.deleted = Some(d.u64()?),
                Key::Known(OTHERS) => item.others = array(&mut d, OtherValue::from_cbor)?,
                other => item.extra.keep(&other, &mut d)?,
            }
        }
        item.id = id.ok_or(CborError)?;
        item.kind = kind.ok_or(CborError)?;
        // One comparison instead of a rule for each way to write the same thing differently.
        if item.to_cbor().as_slice() == bytes {
            Ok(item)
        } else {
            Err(CborError)
        }
    }
}

impl Website {
    pub(crate) fn to_cbor(&self) -> Zeroizing<Vec<u8>> {
        let mut w = MapWriter::default();
        w.text(0, &self.url);
        w.text(1, self.mode.name());
        w.extra(&self.extra);
        w.finish()
    }

    fn from_cbor(d: &mut Decoder<'_>) -> Result<Self, CborError> {
        let mut site = Self::default();
        read_map(
            d,
            &mut site,
            |site, key, d| {
                match key {
                    0 => site.url = text(d)?,
                    1 => site.mode = MatchMode::from_name(d.str()?),
                    _ => return Ok(false),
                }
                Ok(true)
            },
            |site| &mut site.extra,
        )?;
        Ok(site)
    }
}

impl CustomField {
    pub(crate) fn to_cbor(&self) -> Zeroizing<Vec<u8>> {
        let mut w = MapWriter::default();
        w.text(0, &self.name);
        w.text(1, self.kind.name());
        w.text(2, &self.value);
        w.extra(&self.extra);
        w.finish()
    }

    fn from_cbor(d: &mut Decoder<'_>) -> Result<Self, CborError> {
        let mut field = Self::default();
        read_map(
            d,
            &mut field,
            |field, key, d| {
                match key {
                    0 => field.name = text(d)?,
                    1 => field.kind = CustomKind::from_name(d.str()?),
                    2 => field.value = text(d)?,
                    _ => return Ok(false),
                }
                Ok(true)
            },
            |field| &mut field.extra,
        )?;
        Ok(field)
    }
}

impl OldSecret {
    fn to_cbor(&self) -> Zeroizing<Vec<u8>> {
        let mut w = MapWriter::default();
        w.text(0, &self.value);
        w.uint(1, Some(self.replaced));
        w.extra(&self.extra);
        w.finish()
    }

    fn from_cbor(d: &mut Decoder<'_>) -> Result<Self, CborError> {
        let mut old = Self::default();
        read_map(
            d,
            &mut old,
            |old, key, d| {
                match key {
                    0 => old.value = text(d)?,
                    1 => old.replaced = d.u64()?,
                    _ => return Ok(false),
                }
                Ok(true)
            },
            |old| &mut old.extra,
        )?;
        Ok(old)
    }
}

impl OtherValue {
    fn to_cbor(&self) -> Zeroizing<Vec<u8>> {
        let mut w = MapWriter::default();
        w.text(0, &self.field);
        w.text(1, &self.value);
        w.uint(2, Some(self.at));
        w.bytes(3, self.device.as_bytes());
        w.extra(&self.extra);
        w.finish()
    }

    fn from_cbor(d: &mut Decoder<'_>) -> Result<Self, CborError> {
        let mut other = Self {
            field: String::new(),
            value: String::new(),
            at: 0,
            device: DeviceId::from_bytes([0; 16]),
            extra: Extra::default(),
        };
        read_map(
            d,
            &mut other,
            |other, key, d| {
                match key {
                    0 => other.field = text(d)?,
                    1 => other.value = text(d)?,
                    2 => other.at = d.u64()?,
                    3 => other.device = DeviceId::from_bytes(sixteen(d)?),
                    _ => return Ok(false),
                }
                Ok(true)
            },
            |other| &mut other.extra,
        )?;
        Ok(other)
    }
}

/// Reads a nested map: `known` takes the keys it knows, `extra` keeps the rest.
pub(crate) fn read_map<'b, T>(
    d: &mut Decoder<'b>,
    into: &mut T,
    known: impl Fn(&mut T, u8, &mut Decoder<'b>) -> Result<bool, CborError>,
    extra: impl Fn(&mut T) -> &mut Extra,
) -> Result<(), CborError> {
    let mut map = MapReader::new(d)?;
    while let Some(key) = map.next(d)? {
        let taken = match key {
            Key::Known(small) => known(into, small, d)?,
            Key::Other(_) => false,
        };
        if !taken {
            extra(into).keep(&key, d)?;
        }
    }
    Ok(())
}

pub(crate) fn text(d: &mut Decoder<'_>) -> Result<String, CborError> {
    Ok(d.str()?.to_owned())
}

pub(crate) fn sixteen(d: &mut Decoder<'_>) -> Result<[u8; 16], CborError> {
    d.bytes()?.try_into().map_err(|_| CborError)
}

/// A card or identity field: a map of its key and its value, and of nothing else for ever.
fn field_to_cbor(key: &str, value: &str) -> Zeroizing<Vec<u8>> {
    let mut w = MapWriter::default();
    w.text(0, key);
    w.text(1, value);
    w.finish()
}

fn field_from_cbor(d: &mut Decoder<'_>) -> Result<(String, String), CborError> {
    let mut map = MapReader::new(d)?;
    let (mut name, mut value) = (String::new(), String::new());
    while let Some(key) = map.next(d)? {
        match key {
            Key::Known(0) => name = text(d)?,
            Key::Known(1) => value = text(d)?,
            _ => return Err(CborError),
        }
    }
    Ok((name, value))
}
