//! Resetting an account, and taking a reset back.

use super::code::RESET_TOKEN;
use super::opaque::{self, read_exact};
use super::{
    Email, Lang, Message, NewDevice, Writer, read_header, read_hint, read_lang, read_manifest,
    read_option,
};
use crate::{AccountId, GenId, ProtocolError, Reader};

/// Asks for the mail with the reset link.
#[derive(Clone)]
pub struct ResetRequest {
    /// The address.
    pub email: Email,
    /// The mail's language.
    pub lang: Lang,
}

impl Message for ResetRequest {
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

/// First step of a reset; the link stays good.
#[derive(Clone)]
pub struct ResetStart {
    /// Of the link.
    pub token: [u8; RESET_TOKEN],
    /// OPAQUE registration request.
    pub request: Vec<u8>,
}

impl Message for ResetStart {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.token).block16(&self.request);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            token: reader.array()?,
            request: read_exact(reader, opaque::REGISTRATION_REQUEST)?,
        })
    }
}

/// What the reset is about.
#[derive(Clone)]
pub struct ResetStarted {
    /// The account.
    pub account: AccountId,
    /// The account's name inside OPAQUE.
    pub cred_id: [u8; 32],
    /// OPAQUE registration response.
    pub response: Vec<u8>,
    /// The account's address.
    pub email: Email,
    /// Days in which the reset can be taken back.
    pub undo_days: u16,
    /// Days that the old generation is kept.
    pub sealed_days: u16,
}

impl Message for ResetStarted {
    fn write(&self, out: &mut Writer) {
        out.raw(self.account.as_bytes())
            .raw(&self.cred_id)
            .block16(&self.response);
        self.email.write(out);
        out.u16(self.undo_days).u16(self.sealed_days);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            account: AccountId::from_bytes(reader.array()?),
            cred_id: reader.array()?,
            response: read_exact(reader, opaque::REGISTRATION_RESPONSE)?,
            email: Email::read(reader)?,
            undo_days: reader.u16()?,
            sealed_days: reader.u16()?,
        })
    }
}

/// The reset: a new generation, the old one sealed; answered by [`super::Session`].
#[derive(Clone)]
pub struct ResetFinish {
    /// Of the link; used up.
    pub token: [u8; RESET_TOKEN],
    /// The new generation, made by the client.
    pub generation: GenId,
    /// The new hint.
    pub hint: String,
    /// OPAQUE registration record.
    pub upload: Vec<u8>,
    /// The new recovery code's key.
    pub recovery_key: Option<[u8; 32]>,
    /// The browser that resets.
    pub device: NewDevice,
    /// The new vault's header.
    pub header: Vec<u8>,
    /// Number 0 of the new chain: no rows, names the header.
    pub manifest: Vec<u8>,
}

impl Message for ResetFinish {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.token)
            .raw(self.generation.as_bytes())
            .block16(self.hint.as_bytes())
            .block16(&self.upload)
            .option_key(self.recovery_key.as_ref());
        self.device.write(out);
        out.block16(&self.header).raw(&self.manifest);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            token: reader.array()?,
            generation: GenId::from_bytes(reader.array()?),
            hint: read_hint(reader)?,
            upload: read_exact(reader, opaque::REGISTRATION_UPLOAD)?,
            recovery_key: read_option(reader, |reader| reader.array())?,
            device: NewDevice::read(reader)?,
            header: read_header(reader)?,
            manifest: read_manifest(reader)?,
        })
    }
}

/// Asks for a challenge to take a reset back; answered by [`super::SessionStarted`].
#[derive(Clone)]
pub struct UndoStart {
    /// The account.
    pub account: AccountId,
    /// The generation from before the reset.
    pub generation: GenId,
}

impl Message for UndoStart {
    fn write(&self, out: &mut Writer) {
        out.raw(self.account.as_bytes())
            .raw(self.generation.as_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            account: AccountId::from_bytes(reader.array()?),
            generation: GenId::from_bytes(reader.array()?),
        })
    }
}

/// Takes a reset back; answered by [`super::Session`].
#[derive(Clone)]
pub struct UndoFinish {
    /// The account.
    pub account: AccountId,
    /// The generation from before the reset.
    pub generation: GenId,
    /// Of the challenge.
    pub nonce: [u8; 32],
    /// Ed25519 of the old vault's key over [`super::proof::undo`].
    pub vault_signature: [u8; 64],
    /// The browser that takes it back.
    pub device: NewDevice,
}

impl Message for UndoFinish {
    fn write(&self, out: &mut Writer) {
        out.raw(self.account.as_bytes())
            .raw(self.generation.as_bytes())
            .raw(&self.nonce)
            .raw(&self.vault_signature);
        self.device.write(out);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            account: AccountId::from_bytes(reader.array()?),
            generation: GenId::from_bytes(reader.array()?),
            nonce: reader.array()?,
            vault_signature: reader.array()?,
            device: NewDevice::read(reader)?,
        })
    }
}
