//! The engine itself, without the browser: one vault in one state, with the time and randomness
//! as a port. Everything that changes the vault answers with what to write; nothing here writes.

mod account;
mod backup;
mod capture;
mod drafts;
mod enter;
mod export;
mod filling;
mod import;
mod index;
mod items;
mod join;
mod list;
mod open;
mod sealed;
mod session;
mod settings;
mod sync;
mod views;
mod ways;

pub(crate) use account::letters;
pub use backup::{Mended, Rows};
pub use capture::{Captures, SealedCapture};
pub use import::Imported;
pub use items::Saved;
pub use open::{Secret32, WithCode};
pub use sealed::{recover_body, sealed_recovery_proof};
pub use sync::{Applied, PullNext, Push, Pushed};
pub use ways::Practised;

use crate::api::{Factor, Loaded, SessionState, TimeMs};
use crate::error::{EngineError, EngineResult};
use index::Index;
use sesame_vault::origin::SuffixList;
use sesame_vault::settings::Settings;
use sesame_vault::{Env, Locked, Random, Stored, Unlocked, Unopenable, VaultError};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// What the engine asks of the world around it.
pub trait Host {
    /// Milliseconds since 1970.
    fn now(&self) -> TimeMs;
    /// The system's source of randomness.
    fn random(&mut self) -> &mut dyn Random;
}

/// How long a shown factor counts as fresh, ms (S-117).
const FRESH_MS: u64 = 60_000;

/// One vault in one state.
pub struct Keeper {
    host: Box<dyn Host>,
    state: State,
    suffixes: SuffixList,
    /// The sealed history of generated secrets, as stored.
    generated: Option<Vec<u8>>,
    /// The rows of a backup file, while this instance is one's.
    file: Option<backup::File>,
    /// What this instance is about to become part of.
    entering: account::Entering,
}

enum State {
    /// Nothing was loaded.
    Empty,
    /// Locked by hand; the browser starts a fresh instance to go on.
    Wiped,
    Unopenable(Box<Unopenable>),
    Locked(Box<Locked>),
    Open(Box<Open>),
}

/// An open vault with what is derived from it.
struct Open {
    vault: Unlocked,
    index: Index,
    settings: Settings,
    session: SessionState,
}

impl Keeper {
    /// An engine without a vault.
    #[must_use]
    pub fn new(host: Box<dyn Host>) -> Self {
        Self {
            host,
            state: State::Empty,
            suffixes: SuffixList::default(),
            generated: None,
            file: None,
            entering: account::Entering::default(),
        }
    }

    /// Takes the compiled public suffix list, which matching by whole site needs.
    ///
    /// # Errors
    /// `Invalid` for anything else.
    pub fn load_suffixes(&mut self, list: Vec<u8>) -> EngineResult<()> {
        self.suffixes = SuffixList::new(list).map_err(|_| EngineError::Invalid)?;
        Ok(())
    }

    /// Reads what is stored, without opening it.
    ///
    /// # Errors
    /// `Absent` where there is no vault, `NewerFormat` where a newer Sesame wrote it.
    pub fn load(
        &mut self,
        vault: BTreeMap<String, Vec<u8>>,
        shards: BTreeMap<String, Vec<u8>>,
    ) -> EngineResult<Loaded> {
        self.generated = vault.get(drafts::GENERATED).cloned();
        match Locked::load(Stored::new(vault, shards)) {
            Ok(locked) => self.state = State::Locked(Box::new(locked)),
            Err(unopenable) => match unopenable.error {
                VaultError::Damaged => self.state = State::Unopenable(unopenable),
                other => return Err(other.into()),
            },
        }
        let state = match self.state {
            State::Unopenable(_) => "damaged",
            _ => "locked",
        };
        Ok(Loaded {
            state,
            damage: self.damage(),
        })
    }

    /// Forgets every key. What comes after is `Locked` until the instance is replaced.
    pub fn lock(&mut self) {
        self.state = State::Wiped;
        self.generated = None;
        self.file = None;
        self.entering = account::Entering::default();
    }

    /// What reopens this session after the service worker was stopped; kept in memory only.
    ///
    /// # Errors
    /// `Locked`.
    pub fn session_secret(&self) -> EngineResult<Zeroizing<Vec<u8>>> {
        Ok(Zeroizing::new(
            self.opened()?.vault.session_secret().to_vec(),
        ))
    }

    /// What goes with the session secret.
    ///
    /// # Errors
    /// `Locked`.
    pub fn session_state(&self) -> EngineResult<SessionState> {
        Ok(self.opened()?.session)
    }

    fn opened(&self) -> EngineResult<&Open> {
        match &self.state {
            State::Open(open) => Ok(open),
            State::Empty => Err(VaultError::Absent.into()),
            State::Wiped | State::Locked(_) | State::Unopenable(_) => Err(EngineError::Locked),
        }
    }

    /// The open vault, and what changing it needs.
    fn parts(&mut self) -> EngineResult<(&mut Open, Env<'_>)> {
        let now = self.host.now();
        match &mut self.state {
            State::Open(open) => Ok((
                open,
                Env {
                    rng: self.host.random(),
                    now,
                },
            )),
            State::Empty => Err(VaultError::Absent.into()),
            State::Wiped | State::Locked(_) | State::Unopenable(_) => Err(EngineError::Locked),
        }
    }

    /// S-117: sensitive verbs need a factor shown within the last 60 s.
    fn require_fresh(&self) -> EngineResult<()> {
        let until = self.opened()?.session.fresh_until;
        let now = self.host.now();
        // A clock that was set back must not make an old factor fresh for ever.
        let fresh = now < until && until <= now.saturating_add(FRESH_MS);
        if fresh {
            Ok(())
        } else {
            Err(EngineError::NotFresh)
        }
    }

    /// Takes an opened vault in, with the index and settings that it carries.
    fn enter(&mut self, vault: Unlocked, session: SessionState) {
        let settings = settings::read(&vault);
        let index = Index::of(&vault);
        self.state = State::Open(Box::new(Open {
            vault,
            index,
            settings,
            session,
        }));
    }

    fn fresh_session(&self, opened_by: Factor) -> SessionState {
        SessionState {
            opened_by,
            fresh_until: self.host.now().saturating_add(FRESH_MS),
        }
    }
}

#[cfg(test)]
mod tests;
