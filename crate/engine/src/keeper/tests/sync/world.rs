//! Browsers of one account, and what can go wrong on every step of a sync.

use super::server::{Refused, Server};
use super::*;
use crate::api::{AttachInput, NewGenerationInput, RegisterInput, SyncReport};
use crate::keeper::PullNext;
use sesame_protocol::account::Origin;
use std::cell::Cell;

const ORIGIN: &str = "https://sesame.example";

pub(super) fn origin() -> Origin {
    Origin::parse(ORIGIN).unwrap()
}

pub(super) fn attach_input(name: &str) -> AttachInput {
    AttachInput {
        origin: ORIGIN.into(),
        email: "ada@example.com".into(),
        mode: "auto".into(),
        device_name: name.into(),
    }
}

/// A browser whose vault is open.
pub(super) struct Browser {
    pub(super) machine: Machine,
    pub(super) keeper: Keeper,
    session: (Zeroizing<Vec<u8>>, String),
}

/// What fails, counted over the steps of a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The request never arrives.
    Request,
    /// The server did it, and its answer is lost.
    Answer,
    /// The service worker stops before it wrote.
    BeforeWrite,
    /// The service worker stops after it wrote.
    AfterWrite,
}

/// The step at which something fails.
pub(super) struct Faults {
    left: Cell<usize>,
    kind: Option<Fault>,
}

impl Faults {
    pub(super) fn none() -> Self {
        Self::at(usize::MAX, None)
    }

    pub(super) fn at(step: usize, kind: Option<Fault>) -> Self {
        Self {
            left: Cell::new(step),
            kind,
        }
    }

    fn now(&self, kinds: [Fault; 2]) -> Option<Fault> {
        let kind = self.kind.filter(|kind| kinds.contains(kind))?;
        let left = self.left.get();
        self.left.set(left.wrapping_sub(1));
        (left == 0).then_some(kind)
    }
}

/// Why a sync ended early.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Fault,
    Failed(&'static str),
}

impl From<EngineError> for Stop {
    fn from(error: EngineError) -> Self {
        Self::Failed(error.code())
    }
}

impl Browser {
    pub(super) fn new(machine: Machine, keeper: Keeper) -> Self {
        let mut browser = Self {
            machine,
            session: (Zeroizing::default(), String::new()),
            keeper,
        };
        browser.remember_session();
        browser
    }

    fn remember_session(&mut self) {
        let state = serde_json::to_string(&self.keeper.session_state().unwrap()).unwrap();
        self.session = (self.keeper.session_secret().unwrap(), state);
    }

    /// The service worker was stopped: what is on the disk is what there is.
    pub(super) fn restart(&mut self) {
        self.keeper = self.machine.loaded();
        self.keeper
            .resume(&self.session.0, &self.session.1)
            .unwrap();
    }

    pub(super) fn write(&self, commit: Commit) {
        self.machine.write(commit);
    }

    fn call<T>(&mut self, faults: &Faults, call: impl FnOnce() -> T) -> Result<T, Stop> {
        match faults.now([Fault::Request, Fault::Answer]) {
            None => Ok(call()),
            Some(Fault::Request) => Err(Stop::Fault),
            Some(_) => {
                drop(call());
                Err(Stop::Fault)
            }
        }
    }

    fn store(&mut self, faults: &Faults, commit: Commit) -> Result<(), Stop> {
        match faults.now([Fault::BeforeWrite, Fault::AfterWrite]) {
            None => {
                self.write(commit);
                Ok(())
            }
            Some(fault) => {
                if fault == Fault::AfterWrite {
                    self.write(commit);
                }
                self.restart();
                Err(Stop::Fault)
            }
        }
    }

    /// A whole sync, as the background does it.
    pub(super) fn sync(
        &mut self,
        server: &mut Server,
        faults: &Faults,
    ) -> Result<SyncReport, Stop> {
        for _ in 0..5 {
            let report = match self.pull(server, faults) {
                Err(Stop::Failed("conflict")) => continue,
                other => other?,
            };
            if self.push(server, faults)? {
                return Ok(report);
            }
        }
        panic!("no end of it");
    }

    pub(super) fn pull(
        &mut self,
        server: &mut Server,
        faults: &Faults,
    ) -> Result<SyncReport, Stop> {
        // The background has a session before it asks for anything.
        self.keeper.session_opened(&server.session())?;
        let body = self.keeper.pull_body(&self.machine.bases())?;
        let answer = self.call(faults, || server.pull(&body))?;
        let mut next = self.keeper.pulled(&answer, &self.machine.bases())?;
        let locals = loop {
            next = match next {
                PullNext::Chain(body) => {
                    let answer = self.call(faults, || server.chain(&body))?;
                    self.keeper.chain(&answer)?
                }
                PullNext::Rows(body) => {
                    let answer = self.call(faults, || server.rows(&body))?;
                    self.keeper.rows_answer(&answer)?
                }
                PullNext::Apply(locals) => break locals,
            };
        };
        let mut rows = self.machine.rows();
        rows.retain(|id, _| locals.contains(id));
        let applied = self.keeper.apply_pulled(&rows, &self.machine.bases())?;
        self.store(faults, applied.commit)?;
        Ok(applied.report)
    }

    /// Sends everything; false after a conflict.
    pub(super) fn push(&mut self, server: &mut Server, faults: &Faults) -> Result<bool, Stop> {
        loop {
            let bases = self.machine.bases();
            let mut rows = self.machine.rows();
            let ids = self.keeper.push_ids(&bases)?;
            rows.retain(|id, _| ids.contains(id));
            let Some(push) = self.keeper.push(&rows, &bases)? else {
                return Ok(true);
            };
            self.store(faults, push.commit)?;
            match self.call(faults, || server.commit(&push.body)) {
                Ok(Ok(answer)) => {
                    let pushed = self.keeper.pushed(&answer)?;
                    self.store(faults, pushed.commit)?;
                    if !pushed.more {
                        return Ok(true);
                    }
                }
                Ok(Err(refused)) => {
                    assert_eq!(refused, Refused::Conflict);
                    self.keeper.push_failed()?;
                    return Ok(false);
                }
                Err(stop) => {
                    self.keeper.push_failed()?;
                    return Err(stop);
                }
            }
        }
    }

    pub(super) fn save(&mut self, edit: &ItemEdit) -> String {
        self.machine.pass(7);
        self.machine.save(&mut self.keeper, edit)
    }

    /// Changes an item as its editor does.
    pub(super) fn edit(&mut self, id: &str, change: impl FnOnce(&mut ItemEdit)) {
        let mut edit = self.edit_of(id);
        change(&mut edit);
        self.save(&edit);
    }

    pub(super) fn edit_of(&self, id: &str) -> ItemEdit {
        self.keeper.item_edit(id, &self.machine.row(id)).unwrap()
    }

    pub(super) fn item(&self, id: &str) -> sesame_vault::item::Item {
        self.keeper.item(id, &self.machine.row(id)).unwrap()
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.keeper.item_edit(id, &self.machine.row(id)).is_ok()
    }

    pub(super) fn delete(&mut self, id: &str) {
        self.machine.pass(7);
        let commit = self.keeper.delete_forever(id).unwrap();
        self.write(commit);
    }

    pub(super) fn bin(&mut self, id: &str, in_bin: bool) {
        self.machine.pass(7);
        let commit = self
            .keeper
            .set_bin(id, &self.machine.row(id), in_bin)
            .unwrap();
        self.write(commit);
    }

    /// Shows the factor again, for what needs a fresh one.
    pub(super) fn fresh(&mut self) {
        let slot = password_slot(&self.keeper);
        let factor = crate::api::Factor::Password;
        let commit = self.keeper.prove(factor, Some(&slot), &PASSWORD).unwrap();
        self.write(commit);
    }

    /// Everything on the disk but what is this browser's own.
    pub(super) fn shared(&self) -> (BTreeMap<sesame_protocol::ItemId, Vec<u8>>, Vec<u8>) {
        let header = self.machine.disk.borrow()[&(Store::Vault, "header".to_owned())].clone();
        (self.machine.rows(), header)
    }
}

/// An account with its browsers.
pub(super) struct World {
    pub(super) server: Server,
    pub(super) browsers: Vec<Browser>,
}

impl World {
    /// One browser that made a vault, signed up and synced.
    pub(super) fn new(seed: u64) -> Self {
        let machine = Machine::new(seed * 16);
        let (keeper, code) = machine.created();
        let mut first = Browser::new(machine, keeper);
        first.machine.confirm(&mut first.keeper, &code);
        let mut server = first.sign_up();
        first.sync(&mut server, &Faults::none()).unwrap();
        Self {
            server,
            browsers: vec![first],
        }
    }

    /// The same with several browsers that have the same.
    pub(super) fn of(seed: u64, count: usize) -> Self {
        let mut world = Self::new(seed);
        for number in 1..count {
            world.join(seed * 16 + u64::try_from(number).unwrap());
        }
        world.settle();
        world
    }

    pub(super) fn join(&mut self, seed: u64) -> usize {
        let machine = Machine::new(seed);
        machine.clock.set(self.browsers[0].machine.clock.get());
        let mut keeper = machine.empty();
        let device = keeper.new_device().unwrap();
        self.server.add_device(&device);
        let session = self.server.session();
        fetch(&mut keeper, &mut self.server, &session).unwrap();
        let slot = password_slot(&keeper);
        let mut commit = keeper
            .unlock_password(&slot, Zeroizing::new(PASSWORD))
            .unwrap();
        commit.extend(keeper.adopt().unwrap());
        let input = attach_input("other");
        let attached = keeper.attach_joined(&input, &session, &[3; 32], &[4; 32]);
        commit.extend(attached.unwrap());
        machine.write(commit);
        self.browsers.push(Browser::new(machine, keeper));
        self.browsers.len() - 1
    }

    /// Somebody who has the mailbox resets the account, with a password of their own.
    pub(super) fn reset(&mut self, seed: u64) -> Browser {
        let machine = Machine::new(seed);
        machine.clock.set(self.browsers[0].machine.clock.get());
        let mut fresh = machine.empty();
        let input = NewGenerationInput {
            account: self.server.account.to_string(),
            vault_name: "Home".into(),
            hint: "new".into(),
            kdf_id: 1,
            salt: SALT.into(),
        };
        let made = fresh.new_generation(input, Zeroizing::new([0x44; 32]));
        machine.write(made.unwrap().commit);
        let body = fresh.reset_body(&[8; 32], &[1; 192], "new").unwrap();
        self.server.reset(&body);
        let session = self.server.session();
        let commit = fresh.attach(&attach_input("new"), &session, &[3; 32], &[4; 32]);
        machine.write(commit.unwrap());
        let mut new = Browser::new(machine, fresh);
        new.sync(&mut self.server, &Faults::none()).unwrap();
        new
    }

    pub(super) fn sync(&mut self, at: usize) -> SyncReport {
        self.browsers[at]
            .sync(&mut self.server, &Faults::none())
            .unwrap()
    }

    /// Everybody syncs until nobody has anything new.
    pub(super) fn settle(&mut self) {
        for _ in 0..2 {
            for at in 0..self.browsers.len() {
                self.sync(at);
            }
        }
        let first = self.browsers[0].shared();
        for browser in &self.browsers {
            assert!(browser.machine.bases().is_empty(), "nothing waits");
            assert!(!browser.keeper.header_waits());
            assert!(browser.shared() == first, "all have the same");
            assert!(browser.keeper.open_view().unwrap().damage.is_empty());
        }
    }
}

impl Browser {
    pub(super) fn sign_up(&mut self) -> Server {
        self.keeper.new_device().unwrap();
        let input = RegisterInput {
            email: "Ada@example.com".into(),
            code: "0123456789".into(),
            lang: "en".into(),
            hint: "the usual".into(),
        };
        let body = self.keeper.register_body(&input, &[1; 192]).unwrap();
        let server = Server::register(&body);
        let input = attach_input("laptop");
        let commit = self
            .keeper
            .attach(&input, &server.session(), &[3; 32], &[4; 32]);
        self.write(commit.unwrap());
        server
    }
}

/// Fetches an account's vault into an empty engine.
pub(super) fn fetch(keeper: &mut Keeper, server: &mut Server, session: &[u8]) -> EngineResult<()> {
    let body = keeper.join_pull_body(session)?;
    let mut next = keeper.join_pulled(&server.pull(&body))?;
    while let Some(body) = next {
        next = keeper.join_rows(&server.rows(&body))?;
    }
    Ok(())
}
