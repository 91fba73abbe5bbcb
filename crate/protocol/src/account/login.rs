//! Signing in: with the master password (OPAQUE), with the recovery code (a signature), and
//! renewing a session (two signatures).

use super::opaque::{self, read_exact};
use super::{Email, Message, NewDevice, Token, Writer};
use crate::{AccountId, DeviceId, GenId, ProtocolError, Reader};

/// [`Session::flags`]: a change of the address waits for its code.
pub const SESSION_EMAIL_PENDING: u16 = 1;
/// [`Session::flags`]: the account waits for its deletion.
pub const SESSION_DELETION: u16 = 2;
/// [`Session::flags`]: a device that opens the generation before may still take the reset back.
pub const SESSION_UNDO: u16 = 4;
const SESSION_FLAGS: u16 = SESSION_EMAIL_PENDING | SESSION_DELETION | SESSION_UNDO;

/// First message of a sign-in.
#[derive(Clone)]
pub struct LoginStart {
    /// The address.
    pub email: Email,
    /// OPAQUE KE1.
    pub ke1: Vec<u8>,
}

impl Message for LoginStart {
    fn write(&self, out: &mut Writer) {
        self.email.write(out);
        out.block16(&self.ke1);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            email: Email::read(reader)?,
            ke1: read_exact(reader, opaque::KE1)?,
        })
    }
}

/// The answer, for an unknown address too.
#[derive(Clone)]
pub struct LoginStarted {
    /// Names this sign-in, once.
    pub login_id: [u8; 16],
    /// The account's name inside OPAQUE.
    pub cred_id: [u8; 32],
    /// OPAQUE KE2.
    pub ke2: Vec<u8>,
}

impl Message for LoginStarted {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.login_id)
            .raw(&self.cred_id)
            .block16(&self.ke2);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            login_id: reader.array()?,
            cred_id: reader.array()?,
            ke2: read_exact(reader, opaque::KE2)?,
        })
    }
}

/// Last message of a sign-in; answered by [`Session`].
#[derive(Clone)]
pub struct LoginFinish {
    /// Of [`LoginStarted`].
    pub login_id: [u8; 16],
    /// OPAQUE KE3.
    pub ke3: Vec<u8>,
    /// The browser that signs in.
    pub device: NewDevice,
}

impl Message for LoginFinish {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.login_id).block16(&self.ke3);
        self.device.write(out);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            login_id: reader.array()?,
            ke3: read_exact(reader, opaque::KE3)?,
            device: NewDevice::read(reader)?,
        })
    }
}

/// Asks for a challenge to sign with the recovery code's key.
#[derive(Clone)]
pub struct RecoverStart {
    /// The address.
    pub email: Email,
}

impl Message for RecoverStart {
    fn write(&self, out: &mut Writer) {
        self.email.write(out);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            email: Email::read(reader)?,
        })
    }
}

/// The challenge, for an unknown address too (S-158).
#[derive(Clone)]
pub struct RecoverStarted {
    /// The account.
    pub account: AccountId,
    /// Good for one use.
    pub nonce: [u8; 32],
    /// Until when (ms since 1970).
    pub exp: u64,
}

impl Message for RecoverStarted {
    fn write(&self, out: &mut Writer) {
        out.raw(self.account.as_bytes())
            .raw(&self.nonce)
            .u64(self.exp);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            account: AccountId::from_bytes(reader.array()?),
            nonce: reader.array()?,
            exp: reader.u64()?,
        })
    }
}

/// Signs in with the recovery code; answered by [`Session`].
#[derive(Clone)]
pub struct RecoverFinish {
    /// Of [`RecoverStarted`].
    pub account: AccountId,
    /// Of [`RecoverStarted`].
    pub nonce: [u8; 32],
    /// Of [`RecoverStarted`].
    pub exp: u64,
    /// Ed25519 over [`super::proof::recovery_login`].
    pub signature: [u8; 64],
    /// The browser that signs in.
    pub device: NewDevice,
}

impl Message for RecoverFinish {
    fn write(&self, out: &mut Writer) {
        out.raw(self.account.as_bytes())
            .raw(&self.nonce)
            .u64(self.exp)
            .raw(&self.signature);
        self.device.write(out);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            account: AccountId::from_bytes(reader.array()?),
            nonce: reader.array()?,
            exp: reader.u64()?,
            signature: reader.array()?,
            device: NewDevice::read(reader)?,
        })
    }
}

/// Asks for a challenge to sign for a new session.
#[derive(Clone)]
pub struct SessionStart {
    /// The account.
    pub account: AccountId,
    /// This device.
    pub device: DeviceId,
}

impl Message for SessionStart {
    fn write(&self, out: &mut Writer) {
        out.raw(self.account.as_bytes()).raw(self.device.as_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            account: AccountId::from_bytes(reader.array()?),
            device: DeviceId::from_bytes(reader.array()?),
        })
    }
}

/// A challenge.
#[derive(Clone)]
pub struct SessionStarted {
    /// Good for one use.
    pub nonce: [u8; 32],
    /// Until when (ms since 1970).
    pub exp: u64,
}

impl Message for SessionStarted {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.nonce).u64(self.exp);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            nonce: reader.array()?,
            exp: reader.u64()?,
        })
    }
}

/// Proves to be a registered device with the vault open; answered by [`Session`].
#[derive(Clone)]
pub struct SessionFinish {
    /// The account.
    pub account: AccountId,
    /// The generation that this device knows.
    pub generation: GenId,
    /// This device.
    pub device: DeviceId,
    /// Of [`SessionStarted`].
    pub nonce: [u8; 32],
    /// Ed25519 of the device's key over [`super::proof::session`].
    pub device_signature: [u8; 64],
    /// Ed25519 of the vault's key over the same.
    pub vault_signature: [u8; 64],
}

impl Message for SessionFinish {
    fn write(&self, out: &mut Writer) {
        out.raw(self.account.as_bytes())
            .raw(self.generation.as_bytes())
            .raw(self.device.as_bytes())
            .raw(&self.nonce)
            .raw(&self.device_signature)
            .raw(&self.vault_signature);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            account: AccountId::from_bytes(reader.array()?),
            generation: GenId::from_bytes(reader.array()?),
            device: DeviceId::from_bytes(reader.array()?),
            nonce: reader.array()?,
            device_signature: reader.array()?,
            vault_signature: reader.array()?,
        })
    }
}

/// A session: what every proof is answered with.
#[derive(Clone)]
pub struct Session {
    /// Goes into `Authorization`.
    pub token: Token,
    /// Seconds that the token is good for.
    pub ttl: u32,
    /// The account.
    pub account: AccountId,
    /// Its generation.
    pub generation: GenId,
    /// Counts what ends sessions: a reset, its undoing, a changed password.
    pub epoch: u64,
    /// Number of the newest manifest.
    pub head_seq: u64,
    /// SHA-256 of the newest manifest.
    pub head_hash: [u8; 32],
    /// `SESSION_*`.
    pub flags: u16,
    /// The server's clock (ms since 1970); shown, never trusted (S-32).
    pub server_time: u64,
}

impl Message for Session {
    fn write(&self, out: &mut Writer) {
        out.raw(self.token.as_bytes())
            .u32(self.ttl)
            .raw(self.account.as_bytes())
            .raw(self.generation.as_bytes())
            .u64(self.epoch)
            .u64(self.head_seq)
            .raw(&self.head_hash)
            .u16(self.flags)
            .u64(self.server_time);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let session = Self {
            token: Token::read(reader)?,
            ttl: reader.u32()?,
            account: AccountId::from_bytes(reader.array()?),
            generation: GenId::from_bytes(reader.array()?),
            epoch: reader.u64()?,
            head_seq: reader.u64()?,
            head_hash: reader.array()?,
            flags: reader.u16()?,
            server_time: reader.u64()?,
        };
        if session.flags & !SESSION_FLAGS != 0 {
            return Err(ProtocolError::Reserved);
        }
        if session.token.account() != session.account {
            return Err(ProtocolError::Invariant);
        }
        Ok(session)
    }
}
