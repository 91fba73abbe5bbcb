//! Signing up.

use super::code::MailCode;
use super::opaque::{self, read_exact};
use super::{Email, Lang, Message, Writer, read_header, read_hint, read_lang, read_manifest};
use crate::{AccountId, DeviceId, GenId, ProtocolError, Reader};

/// A browser profile that is signed in from now on.
#[derive(Clone)]
pub struct NewDevice {
    /// Its id, made by the client.
    pub device: DeviceId,
    /// Its Ed25519 public key.
    pub public_key: [u8; 32],
}

impl Message for NewDevice {
    fn write(&self, out: &mut Writer) {
        out.raw(self.device.as_bytes()).raw(&self.public_key);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            device: DeviceId::from_bytes(reader.array()?),
            public_key: reader.array()?,
        })
    }
}

/// Asks for a code by mail.
#[derive(Clone)]
pub struct RegisterBegin {
    /// The address.
    pub email: Email,
    /// The mail's language.
    pub lang: Lang,
}

impl Message for RegisterBegin {
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

/// First step of the OPAQUE registration.
#[derive(Clone)]
pub struct RegisterStart {
    /// The address.
    pub email: Email,
    /// What the mail said.
    pub code: MailCode,
    /// OPAQUE registration request.
    pub request: Vec<u8>,
}

impl Message for RegisterStart {
    fn write(&self, out: &mut Writer) {
        self.email.write(out);
        self.code.write(out);
        out.block16(&self.request);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            email: Email::read(reader)?,
            code: MailCode::read(reader)?,
            request: read_exact(reader, opaque::REGISTRATION_REQUEST)?,
        })
    }
}

/// The server's part of an OPAQUE registration; also of a changed password.
#[derive(Clone)]
pub struct RegisterStarted {
    /// The account's name inside OPAQUE; it never changes.
    pub cred_id: [u8; 32],
    /// OPAQUE registration response.
    pub response: Vec<u8>,
}

impl Message for RegisterStarted {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.cred_id).block16(&self.response);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            cred_id: reader.array()?,
            response: read_exact(reader, opaque::REGISTRATION_RESPONSE)?,
        })
    }
}

/// Makes the account; answered by [`super::Session`].
#[derive(Clone)]
pub struct RegisterFinish {
    /// The address.
    pub email: Email,
    /// What the mail said.
    pub code: MailCode,
    /// The language of mails.
    pub lang: Lang,
    /// The hint, readable by the server.
    pub hint: String,
    /// The account's id, made by the client (S-26).
    pub account: AccountId,
    /// The vault's generation.
    pub generation: GenId,
    /// OPAQUE registration record.
    pub upload: Vec<u8>,
    /// Ed25519 key that a recovery sign-in is checked with.
    pub recovery_key: Option<[u8; 32]>,
    /// The first device.
    pub device: NewDevice,
    /// The vault's header.
    pub header: Vec<u8>,
    /// Number 0 of the account's chain: no rows, names the header.
    pub manifest: Vec<u8>,
}

impl Message for RegisterFinish {
    fn write(&self, out: &mut Writer) {
        self.email.write(out);
        self.code.write(out);
        out.u8(self.lang.byte())
            .block16(self.hint.as_bytes())
            .raw(self.account.as_bytes())
            .raw(self.generation.as_bytes())
            .block16(&self.upload)
            .option_key(self.recovery_key.as_ref());
        self.device.write(out);
        out.block16(&self.header).raw(&self.manifest);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            email: Email::read(reader)?,
            code: MailCode::read(reader)?,
            lang: read_lang(reader)?,
            hint: read_hint(reader)?,
            account: AccountId::from_bytes(reader.array()?),
            generation: GenId::from_bytes(reader.array()?),
            upload: read_exact(reader, opaque::REGISTRATION_UPLOAD)?,
            recovery_key: super::read_option(reader, |reader| reader.array())?,
            device: NewDevice::read(reader)?,
            header: read_header(reader)?,
            manifest: read_manifest(reader)?,
        })
    }
}
