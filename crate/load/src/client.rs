//! One simulated client: its keys, its picture of the vault, and the calls that a browser makes.
//! Its keys follow from its number, so that a later run can be the same client again.

use ed25519_dalek::{Signer, SigningKey};
use sesame_protocol::account::{
    Commit, Committed, Email, Lang, LoginFinish, LoginStart, LoginStarted, NewDevice, Origin, Pull,
    Pulled, RegisterBegin, RegisterFinish, RegisterStart, RegisterStarted, RowList, Rows, Session,
    SessionFinish, SessionStart, SessionStarted, proof,
};
use sesame_protocol::{AccountId, DeviceId, GenId, ItemId, bucket_of, sha256};

use crate::LoadError;
use crate::http::Connection;
use crate::mailbox::Mailbox;
use crate::noise::Noise;
use crate::opaque::{Registering, SigningIn};
use crate::vault::{Owner, Vault};

/// The password of every simulated client.
const PASSWORD: &str = "the same for everybody here";
/// Largest number of items in one commit: well under 4 MiB.
const BATCH: usize = 1000;

/// A client.
pub struct Client {
    origin: Origin,
    email: Email,
    owner: Owner,
    device_key: SigningKey,
    noise: Noise,
    token: Option<String>,
    epoch: u64,
    /// What it knows of its vault.
    pub vault: Vault,
    /// Its connection.
    pub line: Connection,
}

/// 32 bytes that belong to client `number`, other ones for each purpose.
fn derived(number: u64, what: &[u8]) -> [u8; 32] {
    sha256(&[b"sesame load", &number.to_be_bytes(), what])
}

fn id(number: u64, what: &[u8]) -> [u8; 16] {
    let [a @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = derived(number, what);
    a
}

impl Client {
    /// Client `number` of the server at `origin`, knowing nothing yet.
    ///
    /// # Errors
    /// `Protocol`, never for what is made here.
    pub fn new(origin: &Origin, number: u64) -> Result<Self, LoadError> {
        let owner = Owner {
            account: AccountId::from_bytes(id(number, b"account")),
            generation: GenId::from_bytes(id(number, b"generation")),
            device: DeviceId::from_bytes(id(number, b"device")),
            signer: SigningKey::from_bytes(&derived(number, b"vault")),
        };
        Ok(Self {
            origin: origin.clone(),
            email: Email::parse(&format!("load{number}@example.org"))?,
            vault: Vault::new(&owner)?,
            owner,
            device_key: SigningKey::from_bytes(&derived(number, b"device key")),
            noise: Noise::new(number),
            token: None,
            epoch: 0,
            line: Connection::new(origin),
        })
    }

    fn device(&self) -> NewDevice {
        NewDevice {
            device: self.owner.device,
            public_key: self.device_key.verifying_key().to_bytes(),
        }
    }

    /// Makes the account: asks for the code, takes it from the mailbox, registers.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn sign_up(&mut self, mailbox: &Mailbox) -> Result<(), LoadError> {
        let begin = RegisterBegin {
            email: self.email.clone(),
            lang: Lang::En,
        };
        let () = self.line.call("/v1/register/begin", None, &begin)?;
        let code = mailbox.code_for(self.email.as_str())?;
        let (registering, request) = Registering::start(&mut self.noise, PASSWORD)?;
        let start = RegisterStart {
            email: self.email.clone(),
            code: code.clone(),
            request,
        };
        let started: RegisterStarted = self.line.call("/v1/register/start", None, &start)?;
        let upload = registering.finish(
            &mut self.noise,
            &started.response,
            &started.cred_id,
            &self.origin,
        )?;
        let finish = RegisterFinish {
            email: self.email.clone(),
            code,
            lang: Lang::En,
            hint: "none of use to anybody".to_owned(),
            account: self.owner.account,
            generation: self.owner.generation,
            upload,
            recovery_key: None,
            device: self.device(),
            header: self.vault.header.clone(),
            manifest: self.vault.manifest.clone(),
        };
        let session = self.line.call("/v1/register/finish", None, &finish)?;
        self.opened(&session);
        Ok(())
    }

    fn opened(&mut self, session: &Session) {
        self.token = Some(session.token.to_text());
        self.epoch = session.epoch;
    }

    /// Signs in with the master password.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn sign_in(&mut self) -> Result<(), LoadError> {
        let (signing_in, ke1) = SigningIn::start(&mut self.noise, PASSWORD)?;
        let start = LoginStart {
            email: self.email.clone(),
            ke1,
        };
        let started: LoginStarted = self.line.call("/v1/login/start", None, &start)?;
        let ke3 = signing_in.finish(
            &mut self.noise,
            &started.ke2,
            &started.cred_id,
            &self.origin,
        )?;
        let finish = LoginFinish {
            login_id: started.login_id,
            ke3,
            device: self.device(),
        };
        let session = self.line.call("/v1/login/finish", None, &finish)?;
        self.opened(&session);
        Ok(())
    }

    /// Gets a session by the two signatures.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn renew(&mut self) -> Result<(), LoadError> {
        let start = SessionStart {
            account: self.owner.account,
            device: self.owner.device,
        };
        let SessionStarted { nonce, exp } = self.line.call("/v1/session/start", None, &start)?;
        let Owner {
            account,
            generation,
            device,
            signer,
        } = &self.owner;
        let signed = proof::session(&self.origin, account, generation, device, &nonce, exp)?;
        let finish = SessionFinish {
            account: *account,
            generation: *generation,
            device: *device,
            nonce,
            device_signature: self.device_key.sign(&signed).to_bytes(),
            vault_signature: signer.sign(&signed).to_bytes(),
        };
        let session = self.line.call("/v1/session/finish", None, &finish)?;
        self.opened(&session);
        Ok(())
    }

    fn pull_with(
        &mut self,
        buckets: [[u8; 32]; sesame_protocol::BUCKETS],
    ) -> Result<Pulled, LoadError> {
        let pull = Pull {
            generation: self.owner.generation,
            epoch: self.epoch,
            header_hash: sha256(&[&self.vault.header]),
            buckets,
        };
        self.line.call("/v1/v/pull", self.token.as_deref(), &pull)
    }

    /// Asks for what is new, and takes it.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn pull(&mut self) -> Result<(), LoadError> {
        let pulled = self.pull_with(self.vault.hashes)?;
        self.vault.take(&self.owner, &pulled)
    }

    /// What a second browser does after the first has changed one item: asks with one bucket
    /// behind, and reads the row.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn pull_delta(&mut self) -> Result<(), LoadError> {
        let Some(id) = self.any_item() else {
            return self.pull();
        };
        let mut buckets = self.vault.hashes;
        if let Some(hash) = buckets.get_mut(usize::from(bucket_of(&id))) {
            *hash = [0; 32];
        }
        let pulled = self.pull_with(buckets)?;
        self.vault.take(&self.owner, &pulled)?;
        let rows = self.rows(&[id])?;
        let fits = rows.rows.first().is_some_and(|row| {
            let entry = self.vault.entry(&id);
            entry.is_some_and(|entry| entry.rev == row.rev && entry.blob_hash == row.blob_hash())
        });
        if fits { Ok(()) } else { Err(LoadError::Answer) }
    }

    /// Reads rows.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn rows(&mut self, ids: &[ItemId]) -> Result<RowList, LoadError> {
        let rows = Rows {
            generation: self.owner.generation,
            ids: ids.to_vec(),
        };
        self.line.call("/v1/v/rows", self.token.as_deref(), &rows)
    }

    fn any_item(&mut self) -> Option<ItemId> {
        let nth = usize::try_from(self.noise.draw() >> 33).unwrap_or(0);
        self.vault.nth(nth)
    }

    /// Writes new noise under `ids` in one commit.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn write(&mut self, ids: &[ItemId]) -> Result<(), LoadError> {
        let (commit, next) = self
            .vault
            .change(&self.owner, self.epoch, ids, &mut self.noise)?;
        self.commit(&commit)?;
        self.vault.accept(next);
        Ok(())
    }

    fn commit(&mut self, commit: &Commit) -> Result<(), LoadError> {
        let committed: Committed = self
            .line
            .call("/v1/v/commit", self.token.as_deref(), commit)?;
        let seq = self.vault.seq().saturating_add(1);
        if committed.seq == seq {
            Ok(())
        } else {
            Err(LoadError::Answer)
        }
    }

    /// Changes one item.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn edit(&mut self) -> Result<ItemId, LoadError> {
        let id = self
            .any_item()
            .unwrap_or_else(|| ItemId::from_bytes(self.noise.id()));
        self.write(&[id])?;
        Ok(id)
    }

    /// Adds items until there are `items`.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn grow(&mut self, items: usize) -> Result<(), LoadError> {
        while self.vault.items() < items {
            let count = items.saturating_sub(self.vault.items()).min(BATCH);
            let mut ids: Vec<ItemId> = (0..count)
                .map(|_| ItemId::from_bytes(self.noise.id()))
                .collect();
            ids.sort_unstable();
            self.write(&ids)?;
        }
        Ok(())
    }
}
