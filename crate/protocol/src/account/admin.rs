//! The account itself: what it says of itself, its settings, devices, address and end.

use super::code::{MailCode, RESET_TOKEN};
use super::{Email, Lang, Message, Writer, read_hint, read_lang, read_option};
use crate::{DeviceId, GenId, ProtocolError, Reader};

/// Fewest days that a sealed generation is kept: as many as an erasing that was asked for waits, and more
/// than a reset can be taken back in (S-134, S-135).
pub const SEALED_DAYS_MIN: u16 = 30;
/// Most days that a sealed generation is kept.
pub const SEALED_DAYS_MAX: u16 = 365;
/// Most lines of a list: far more devices or generations than anyone has.
const LIST_MAX: u16 = 1000;

fn read_sealed_days(reader: &mut Reader<'_>) -> Result<u16, ProtocolError> {
    let days = reader.u16()?;
    if (SEALED_DAYS_MIN..=SEALED_DAYS_MAX).contains(&days) {
        Ok(days)
    } else {
        Err(ProtocolError::Invariant)
    }
}

fn read_list<T>(
    reader: &mut Reader<'_>,
    read: impl Fn(&mut Reader<'_>) -> Result<T, ProtocolError>,
) -> Result<Vec<T>, ProtocolError> {
    let count = reader.u16()?;
    if count > LIST_MAX {
        return Err(ProtocolError::Length);
    }
    (0..count).map(|_| read(reader)).collect()
}

/// A device as the server knows it; its name is in the vault. Times in ms since 1970.
#[derive(Clone)]
pub struct DeviceLine {
    /// The device.
    pub device: DeviceId,
    /// When it signed in.
    pub created: u64,
    /// When it was last here, to the day.
    pub last_used: u64,
    /// It is the one that asks.
    pub current: bool,
}

/// A sealed generation. Times in ms since 1970.
#[derive(Clone)]
pub struct SealedLine {
    /// The generation.
    pub generation: GenId,
    /// When it was sealed.
    pub sealed_at: u64,
    /// When it is erased.
    pub erase_at: u64,
    /// Until when the reset can be taken back; 0 when it can't.
    pub undo_until: u64,
    /// Number of items, as its last manifest says.
    pub live: u32,
    /// First eight bytes of its header's SHA-256.
    pub fingerprint: [u8; 8],
}

/// What the account says of itself. Times in ms since 1970.
#[derive(Clone)]
pub struct Account {
    /// The address.
    pub email: Email,
    /// When it was made.
    pub created: u64,
    /// The hint.
    pub hint: String,
    /// The language of mails.
    pub lang: Lang,
    /// Days that a sealed generation is kept.
    pub sealed_days: u16,
    /// Signed-in devices.
    pub devices: Vec<DeviceLine>,
    /// Sealed generations.
    pub sealed: Vec<SealedLine>,
    /// The address that the account is changing to.
    pub pending_email: Option<Email>,
    /// When the account is erased; 0 when it stays.
    pub delete_at: u64,
}

impl Message for Account {
    fn write(&self, out: &mut Writer) {
        self.email.write(out);
        out.u64(self.created)
            .block16(self.hint.as_bytes())
            .u8(self.lang.byte())
            .u16(self.sealed_days)
            .count(self.devices.len());
        for line in &self.devices {
            out.raw(line.device.as_bytes())
                .u64(line.created)
                .u64(line.last_used)
                .flag(line.current);
        }
        out.count(self.sealed.len());
        for line in &self.sealed {
            out.raw(line.generation.as_bytes())
                .u64(line.sealed_at)
                .u64(line.erase_at)
                .u64(line.undo_until)
                .u32(line.live)
                .raw(&line.fingerprint);
        }
        out.flag(self.pending_email.is_some());
        if let Some(email) = &self.pending_email {
            email.write(out);
        }
        out.u64(self.delete_at);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            email: Email::read(reader)?,
            created: reader.u64()?,
            hint: read_hint(reader)?,
            lang: read_lang(reader)?,
            sealed_days: read_sealed_days(reader)?,
            devices: read_list(reader, |reader| {
                Ok(DeviceLine {
                    device: DeviceId::from_bytes(reader.array()?),
                    created: reader.u64()?,
                    last_used: reader.u64()?,
                    current: reader.flag()?,
                })
            })?,
            sealed: read_list(reader, |reader| {
                Ok(SealedLine {
                    generation: GenId::from_bytes(reader.array()?),
                    sealed_at: reader.u64()?,
                    erase_at: reader.u64()?,
                    undo_until: reader.u64()?,
                    live: reader.u32()?,
                    fingerprint: reader.array()?,
                })
            })?,
            pending_email: read_option(reader, Email::read)?,
            delete_at: reader.u64()?,
        })
    }
}

/// Replaces the hint.
#[derive(Clone)]
pub struct SetHint {
    /// The hint; empty for none.
    pub hint: String,
}

impl Message for SetHint {
    fn write(&self, out: &mut Writer) {
        out.block16(self.hint.as_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            hint: read_hint(reader)?,
        })
    }
}

/// Asks for the hint by mail.
#[derive(Clone)]
pub struct HintSend {
    /// The address.
    pub email: Email,
    /// The mail's language.
    pub lang: Lang,
}

impl Message for HintSend {
    fn write(&self, out: &mut Writer) {
        self.email.write(out);
        out.u8(self.lang.byte());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            email: Email::read(reader)?,
            lang: read_lang(reader)?,
        })
    }
}

/// The account's settings.
#[derive(Clone)]
pub struct AccountSettings {
    /// The language of mails.
    pub lang: Lang,
    /// Days that a sealed generation is kept.
    pub sealed_days: u16,
}

impl Message for AccountSettings {
    fn write(&self, out: &mut Writer) {
        out.u8(self.lang.byte()).u16(self.sealed_days);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            lang: read_lang(reader)?,
            sealed_days: read_sealed_days(reader)?,
        })
    }
}

/// Signs a device out.
#[derive(Clone)]
pub struct DeviceRemove {
    /// The device.
    pub device: DeviceId,
}

impl Message for DeviceRemove {
    fn write(&self, out: &mut Writer) {
        out.raw(self.device.as_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            device: DeviceId::from_bytes(reader.array()?),
        })
    }
}

/// Begins a change of the address.
#[derive(Clone)]
pub struct EmailBegin {
    /// The new address.
    pub email: Email,
}

impl Message for EmailBegin {
    fn write(&self, out: &mut Writer) {
        self.email.write(out);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            email: Email::read(reader)?,
        })
    }
}

/// Ends a change of the address with the code from the new one.
#[derive(Clone)]
pub struct EmailFinish {
    /// What the mail said.
    pub code: MailCode,
}

impl Message for EmailFinish {
    fn write(&self, out: &mut Writer) {
        self.code.write(out);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            code: MailCode::read(reader)?,
        })
    }
}

/// Takes a change of the address back, from the mail to the old one.
#[derive(Clone)]
pub struct EmailUndo {
    /// Of the mail.
    pub token: [u8; RESET_TOKEN],
}

impl Message for EmailUndo {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.token);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            token: reader.array()?,
        })
    }
}

/// Asks for the account's deletion; answered by [`EraseAt`].
#[derive(Clone)]
pub struct AccountDelete {
    /// The address, typed by the person.
    pub email: Email,
}

impl Message for AccountDelete {
    fn write(&self, out: &mut Writer) {
        self.email.write(out);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            email: Email::read(reader)?,
        })
    }
}

/// When something is erased.
#[derive(Clone)]
pub struct EraseAt {
    /// Milliseconds since 1970.
    pub erase_at: u64,
}

impl Message for EraseAt {
    fn write(&self, out: &mut Writer) {
        out.u64(self.erase_at);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            erase_at: reader.u64()?,
        })
    }
}
