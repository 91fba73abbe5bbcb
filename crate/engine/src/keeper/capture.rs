//! From a form that was sent to an item: sealed at once, looked at and saved when the vault is open.

mod attempt;
mod judge;

use super::items::{Saved, item_id};
use super::{EngineError, EngineResult, Keeper, Open, State};
use crate::api::{Attempt, CaptureChoice, CaptureHas, CaptureVerdict, CaptureView};
use crate::fill::{Sites, VaultSites};
use crate::keeper::Rows;
use judge::Judged;
use sesame_protocol::CaptureId;
use sesame_vault::capture::{Capture, joined};
use sesame_vault::item::{ItemEdit, WebsiteEdit};
use sesame_vault::origin::host_of;
use sesame_vault::{Commit, Store, VaultError, Write};
use std::collections::BTreeMap;

/// Sealed captures of one sign-in, by their keys in the store.
pub type Captures = BTreeMap<String, Vec<u8>>;

/// A capture that was sealed.
pub struct SealedCapture {
    /// What to write.
    pub commit: Commit,
    /// Its id; `None` where there was nothing worth keeping.
    pub id: Option<CaptureId>,
    /// What is in it.
    pub has: CaptureHas,
}

impl Keeper {
    /// Seals what a form was sent with, if that could be a sign-in. Works while locked as well.
    ///
    /// # Errors
    /// `Absent` without a vault, `NotFound` where a locked vault has no key to seal for.
    pub fn seal_capture(&mut self, attempt: &Attempt) -> EngineResult<SealedCapture> {
        let nothing = SealedCapture {
            commit: Commit::default(),
            id: None,
            has: CaptureHas::default(),
        };
        let Some(mut capture) = attempt::read(attempt, self.host.now()) else {
            return Ok(nothing);
        };
        capture.generated = self.is_generated(capture.password());
        let has = CaptureHas {
            username: !capture.username.is_empty(),
            password: !capture.current.is_empty(),
            new_password: !capture.fresh.is_empty(),
            generated: capture.generated,
        };
        let rng = self.host.random();
        let (id, commit) = match &self.state {
            State::Open(open) => open.vault.seal_capture(&capture, rng)?,
            State::Locked(locked) => locked.seal_capture(&capture, rng)?,
            State::Empty => return Err(VaultError::Absent.into()),
            State::Wiped | State::Unopenable(_) => return Err(EngineError::Locked),
        };
        Ok(SealedCapture {
            commit,
            id: Some(id),
            has,
        })
    }

    /// The items whose rows [`Self::capture_view`] wants to see.
    ///
    /// # Errors
    /// `Locked`, `NotFound` where nothing of the captures can be read.
    pub fn capture_items(&self, captures: &Captures) -> EngineResult<Vec<String>> {
        let whole = self.whole(captures)?;
        let found = self.candidates(&whole.origin)?;
        Ok(found
            .iter()
            .map(|found| found.row.item_id().to_string())
            .collect())
    }

    /// What is to become of a sign-in; `rows` are those of [`Self::capture_items`].
    ///
    /// # Errors
    /// `Locked`, `NotFound` where nothing of the captures can be read.
    pub fn capture_view(&self, captures: &Captures, rows: &Rows) -> EngineResult<CaptureView<'_>> {
        let whole = self.whole(captures)?;
        let host = host_of(&whole.origin).unwrap_or_default().to_owned();
        let found = self.candidates(&whole.origin)?;
        let open = self.opened()?;
        let mut judged = judge::judge(&whole, &found, |id| {
            // An item that can't be read can't be updated either.
            open.item(id, rows.get(id)?).ok()
        });
        if open.settings.filling.is_never(&whole.origin) {
            judged = Judged {
                verdict: CaptureVerdict::Never,
                item: None,
            };
        }
        let item = judged.item.and_then(|at| found.get(at));
        Ok(CaptureView {
            verdict: judged.verdict,
            name: item.map_or_else(
                || plain_host(&host).to_owned(),
                |item| item.row.name.clone(),
            ),
            username: item
                .map(|item| item.row.detail.clone())
                .filter(|_| whole.username.is_empty())
                .unwrap_or_else(|| whole.username.trim().to_owned()),
            generated: whole.generated || self.is_generated(whole.password()),
            item_id: item.map(|item| item.row.item_id().to_string()),
            candidates: found
                .iter()
                .map(|found| super::list::row_of(found.row))
                .collect(),
            origin: whole.origin.clone(),
            host,
        })
    }

    /// Saves a sign-in: as a new item, or as the password of one that is there, whose old one goes
    /// into its history (S-58). `row` is that item's. The captures go in the same change.
    ///
    /// # Errors
    /// `Locked`; `NotFound` where nothing of the captures can be read, or for an item that does not
    /// belong to where the password was typed (S-80).
    pub fn save_capture(
        &mut self,
        captures: &Captures,
        choice: &CaptureChoice,
        row: Option<&[u8]>,
    ) -> EngineResult<Saved> {
        let whole = self.whole(captures)?;
        let mut saved = match &choice.item_id {
            Some(id) => {
                let id = item_id(id)?;
                let found = self.candidates(&whole.origin)?;
                if found.iter().all(|found| found.row.item_id() != id) {
                    return Err(EngineError::NotFound);
                }
                let item = self
                    .opened()?
                    .item(&id, row.ok_or(EngineError::NotFound)?)?;
                let mut edit = item.to_edit();
                edit.password = whole.password().to_owned();
                if edit.username.is_empty() {
                    edit.username.clone_from(&whole.username);
                }
                self.save(&edit, row)?
            }
            None => self.save(&new_login(&whole, choice), None)?,
        };
        saved.commit.writes.extend(dropped(captures));
        Ok(saved)
    }

    /// Offers saving on this origin no more, and drops the captures.
    ///
    /// # Errors
    /// `Locked`; `NotFound` where nothing of the captures can be read; `TooLarge` where the list is full.
    pub fn never_capture(&mut self, captures: &Captures) -> EngineResult<Commit> {
        let origin = self.whole(captures)?.origin.clone();
        let (open, mut env) = self.parts()?;
        let before = open.settings.clone();
        if !open.settings.filling.add_never(&origin) {
            return Err(EngineError::TooLarge);
        }
        let mut commit = open
            .commit_settings(&mut env)
            .inspect_err(|_| open.settings = before)?;
        commit.writes.extend(dropped(captures));
        Ok(commit)
    }

    /// Takes an update back: the newest password of the history is the password again, and the one
    /// that took its place goes into the history.
    ///
    /// # Errors
    /// `NotFound` where the item's last change replaced no password, `Damaged`.
    pub fn revert_password(&mut self, id: &str, row: &[u8]) -> EngineResult<Commit> {
        let (open, mut env) = self.parts()?;
        let mut item = open.item(&item_id(id)?, row)?;
        // An update that changed no password (it was known, or there was none) left older ones in front.
        let replaced = item.history.first().map(|old| old.replaced);
        if replaced != Some(item.modified) {
            return Err(EngineError::NotFound);
        }
        let old = item.history.remove(0);
        let mut edit = item.to_edit();
        edit.password = old.value;
        item.apply(&edit, env.now, open.vault.device());
        open.store(item, &mut env)
    }

    /// All steps of one sign-in as one. Steps that can't be read (sealed for a key that was not this
    /// vault's) are passed over.
    fn whole(&self, captures: &Captures) -> EngineResult<Capture> {
        let open = self.opened()?;
        let steps = captures
            .iter()
            .filter_map(|(key, bytes)| read(open, key, bytes))
            .collect();
        let sites = VaultSites {
            entries: &[],
            suffixes: &self.suffixes,
            equivalents: open.settings.filling.equivalents(),
        };
        // What stands on a page that others on the way can write says nothing of one that they can't (S-60).
        let encrypted = |origin: &str| origin.starts_with("https:");
        joined(steps, |one, other| {
            encrypted(one) == encrypted(other) && sites.same_site(one, other)
        })
        .ok_or(EngineError::NotFound)
    }

    /// Whether Sesame made this password; not known while locked.
    fn is_generated(&self, password: &str) -> bool {
        !password.is_empty()
            && self
                .generator_history()
                .is_ok_and(|history| history.iter().any(|old| old.value == password))
    }
}

/// The writes that drop captures.
fn dropped(captures: &Captures) -> impl Iterator<Item = Write> {
    captures.keys().map(|key| Write {
        store: Store::Captures,
        key: key.clone(),
        value: None,
    })
}

fn read(open: &Open, key: &str, bytes: &[u8]) -> Option<Capture> {
    open.vault
        .open_capture(&CaptureId::parse_hex(key)?, bytes)
        .ok()
}

fn new_login(whole: &Capture, choice: &CaptureChoice) -> ItemEdit {
    let host = host_of(&whole.origin).unwrap_or_default();
    let mut edit = ItemEdit::default();
    edit.kind = "login".into();
    edit.name = match choice.name.trim() {
        "" => plain_host(host).into(),
        name => name.into(),
    };
    edit.username = choice.username.trim().into();
    edit.password = whole.password().into();
    edit.websites = vec![WebsiteEdit {
        url: whole.origin.clone(),
        mode: "host".into(),
    }];
    edit
}

/// What people call a site by.
fn plain_host(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}
