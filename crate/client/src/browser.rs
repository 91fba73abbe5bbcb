//! One profile of a browser: what it stores, its engine, its line to the server.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sesame_auth::{Flow, KdfId};
use sesame_engine::api::{CreateInput, Factor, ListQuery, Place};
use sesame_engine::{EngineError, Keeper};
use sesame_protocol::account::Message as _;
use sesame_protocol::account::{Origin, Refusal};
use sesame_vault::item::ItemEdit;
use sesame_vault::{Commit, Store};
use zeroize::Zeroizing;

use crate::host::Machine;
use crate::{ClientError, ClientResult, Disk, Transport};

/// The parameters of every password here: what is tried are not the parameters.
pub(crate) const KDF: u8 = 1;

/// A browser profile.
pub struct Browser<T> {
    pub(crate) origin: Origin,
    pub(crate) line: T,
    pub(crate) disk: Disk,
    pub(crate) keeper: Keeper,
    /// The session's token, as it goes into the header.
    pub(crate) token: Option<String>,
}

impl<T: Transport> Browser<T> {
    /// An empty profile, with a line to the server at `origin`.
    #[must_use]
    pub fn new(origin: Origin, line: T) -> Self {
        Self {
            origin,
            line,
            disk: Disk::default(),
            keeper: new_keeper(),
            token: None,
        }
    }

    /// What is stored.
    #[must_use]
    pub const fn disk(&self) -> &Disk {
        &self.disk
    }

    /// The engine.
    #[must_use]
    pub const fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// The engine, for calls that need no line. What they answer goes to [`Browser::write`].
    pub const fn keeper_mut(&mut self) -> &mut Keeper {
        &mut self.keeper
    }

    /// Stores a change.
    pub fn write(&mut self, commit: Commit) {
        self.disk.write(commit);
    }

    /// Makes a vault; answers with its recovery code.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn create_vault(&mut self, password: &str) -> ClientResult<Zeroizing<String>> {
        let (salt, stretched) = new_secret(password)?;
        let input = CreateInput {
            vault_name: "Tests".to_owned(),
            hint: String::new(),
            kdf_id: KDF,
            salt,
        };
        let made = self.keeper.create(input, stretched)?;
        self.write(made.commit);
        made.code.ok_or(ClientError::Invalid)
    }

    /// Closes the browser and opens it again: only what is stored is left, locked.
    ///
    /// # Errors
    /// Those of the engine, `Absent` among them.
    pub fn restart(&mut self) -> ClientResult<()> {
        self.token = None;
        self.keeper = new_keeper();
        let (vault, shards) = (self.disk.all(Store::Vault), self.disk.all(Store::Shards));
        self.keeper.load(vault, shards)?;
        Ok(())
    }

    /// Opens the vault that is stored.
    ///
    /// # Errors
    /// `WrongSecret`, and others of the engine.
    pub fn unlock(&mut self, password: &str) -> ClientResult<()> {
        let commit = open(&mut self.keeper, password)?;
        self.write(commit);
        Ok(())
    }

    /// Saves a new item, or one that is there.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn save(&mut self, edit: &ItemEdit) -> ClientResult<String> {
        let row = self.disk.get(Store::Items, &edit.id);
        let saved = self.keeper.save(edit, row)?;
        self.disk.write(saved.commit);
        Ok(saved.id.to_string())
    }

    /// Saves a login.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn save_login(&mut self, name: &str, user: &str, password: &str) -> ClientResult<String> {
        let mut edit = ItemEdit::default();
        "login".clone_into(&mut edit.kind);
        name.clone_into(&mut edit.name);
        user.clone_into(&mut edit.username);
        password.clone_into(&mut edit.password);
        self.save(&edit)
    }

    /// An item as it would be edited.
    ///
    /// # Errors
    /// `NotFound`, and others of the engine.
    pub fn item(&self, id: &str) -> ClientResult<ItemEdit> {
        let row = self
            .disk
            .get(Store::Items, id)
            .ok_or(EngineError::NotFound)?;
        Ok(self.keeper.item_edit(id, row)?)
    }

    /// Deletes an item for good.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn delete(&mut self, id: &str) -> ClientResult<()> {
        let commit = self.keeper.delete_forever(id)?;
        self.write(commit);
        Ok(())
    }

    /// Ids of all items, those in the bin left out, in order.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn ids(&self) -> ClientResult<Vec<String>> {
        ids(&self.keeper)
    }

    /// One request without a token.
    pub(crate) fn ask(&mut self, path: &str, body: &[u8]) -> ClientResult<Vec<u8>> {
        post(&mut self.line, path, None, body)
    }
}

/// One request: the body of a success, or why not.
pub(crate) fn post(
    line: &mut impl Transport,
    path: &str,
    token: Option<&str>,
    body: &[u8],
) -> ClientResult<Vec<u8>> {
    let answer = line
        .post(path, token, body)
        .map_err(|_| ClientError::Lost)?;
    match answer.status {
        200 | 202 => Ok(answer.body),
        _ => Err(Refusal::decode(&answer.body).map_or(ClientError::Lost, ClientError::Refused)),
    }
}

pub(crate) fn new_keeper() -> Keeper {
    Keeper::new(Box::new(Machine))
}

/// Ids of an open vault's items, those in the bin left out, in order.
pub(crate) fn ids(keeper: &Keeper) -> ClientResult<Vec<String>> {
    let query = ListQuery {
        text: String::new(),
        place: Place::Items,
        kind: None,
        tag: None,
        favourites: None,
        offset: 0,
        limit: usize::MAX,
    };
    let mut ids: Vec<String> = keeper
        .list(&query)?
        .rows
        .iter()
        .map(|item| item.id.clone())
        .collect();
    ids.sort();
    Ok(ids)
}

/// A salt, base64url, and the password stretched with it.
pub(crate) fn new_secret(password: &str) -> ClientResult<(String, Zeroizing<[u8; 32]>)> {
    let mut salt = [0; 32];
    getrandom::fill(&mut salt).map_err(|_| ClientError::Invalid)?;
    let stretched = Flow::new(password.as_bytes())?.stretch(&salt, KdfId::try_from(KDF)?)?;
    Ok((BASE64_URL_SAFE_NO_PAD.encode(salt), stretched))
}

/// Shows the master password again (S-117).
pub(crate) fn prove(keeper: &mut Keeper, password: &str) -> ClientResult<Commit> {
    with_any_slot(keeper, password, |keeper, slot, stretched| {
        keeper.prove(Factor::Password, Some(slot), stretched.as_slice())
    })
}

/// Opens a locked engine with a password.
pub(crate) fn open(keeper: &mut Keeper, password: &str) -> ClientResult<Commit> {
    with_any_slot(keeper, password, Keeper::unlock_password)
}

/// Hands the password to `take`, stretched for one slot after the other, until it belongs to one.
fn with_any_slot(
    keeper: &mut Keeper,
    password: &str,
    take: impl Fn(&mut Keeper, &str, Zeroizing<[u8; 32]>) -> Result<Commit, EngineError>,
) -> ClientResult<Commit> {
    let flow = Flow::new(password.as_bytes())?;
    let mut refused = EngineError::NotFound;
    for slot in keeper.locked_view()?.password_slots {
        let salt = BASE64_URL_SAFE_NO_PAD
            .decode(&slot.salt)
            .map_err(|_| ClientError::Invalid)?;
        let stretched = flow.stretch(&salt, KdfId::try_from(slot.kdf_id)?)?;
        match take(keeper, &slot.slot_id, stretched) {
            Ok(commit) => return Ok(commit),
            Err(error) => refused = error,
        }
    }
    Err(refused.into())
}
