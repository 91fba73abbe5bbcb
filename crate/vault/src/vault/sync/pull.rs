//! Taking the account's state in: every check before anything is believed.

use std::collections::BTreeMap;

use sesame_protocol::account::{Chain, ChainLinks, Message as _, Pull, Pulled, PulledBucket};
use sesame_protocol::{ItemId, Op, bucket_of};

use super::judge::follow;
use super::{Bases, Entries, Rows, bucket_of_manifest, rows_body, take_rows};
use crate::header::SealedHeader;
use crate::manifest::{Link, Tip};
use crate::shard::all_buckets;
use crate::{Unlocked, VaultError};

/// Links of one answer.
const PAGE: u16 = 512;

/// What a pull needs next.
pub enum PullNext {
    /// The links between what is known and what is new: a request.
    Chain(Vec<u8>),
    /// Rows: a request.
    Rows(Vec<u8>),
    /// Nothing more from the server: [`Unlocked::apply_pulled`], with these of the rows that lie here.
    Apply(Vec<ItemId>),
}

/// A pull on its way; memory only.
pub(super) struct Pulling {
    link: Link,
    progress: Progress,
}

enum Progress {
    /// The links up to the new one are still to be followed, as far as `tip`. What came with it is not
    /// looked at before: that it is another history says more than what is in it.
    Links { tip: Tip, given: Given },
    /// What came holds, and rows are on their way.
    Rows(Box<State>),
}

/// An answer whose contents are not judged yet.
struct Given {
    header: Option<Vec<u8>>,
    buckets: Vec<PulledBucket>,
    bases: Bases,
}

/// The account's new state.
pub(super) struct State {
    pub link: Link,
    pub header: SealedHeader,
    /// The entries of every bucket that the server sent.
    pub buckets: BTreeMap<u8, Entries>,
    wanted: Entries,
    pub got: Rows,
    /// Items that were changed here, too.
    locals: Vec<ItemId>,
}

impl Pulling {
    /// The state, once nothing more is to be asked for.
    pub(super) fn complete(self) -> Result<State, VaultError> {
        match self.progress {
            Progress::Rows(state) if state.wanted.len() == state.got.len() => Ok(*state),
            Progress::Rows(_) | Progress::Links { .. } => Err(VaultError::Invalid),
        }
    }
}

impl Unlocked {
    /// Asks for what is new. `bases` is all of the store of that name.
    ///
    /// # Errors
    /// `NoAccount`; `Suspended` until the person acts (S-17); `ReadOnly` for a vault that has to be mended first.
    pub fn pull_body(&mut self, bases: &Rows) -> Result<Vec<u8>, VaultError> {
        if self.read_only || !self.index.is_whole() {
            return Err(VaultError::ReadOnly);
        }
        let bases = Bases::of(bases);
        let attached = self.attached()?;
        let record = attached.record()?;
        if let Some(reason) = record.reason {
            return Err(VaultError::Suspended(reason));
        }
        let mut buckets = attached.sent;
        for (number, slot) in all_buckets().zip(&mut buckets) {
            let known = self.known_bucket(number, &bases).is_some();
            let hash = |link: &Link| bucket_of_manifest(&link.manifest, number);
            *slot = attached
                .remote
                .as_ref()
                .filter(|_| known)
                .and_then(hash)
                .unwrap_or([0; 32]);
        }
        // What a server was given at sign-up is read back once, byte for byte (S-11).
        let header_hash = attached
            .remote
            .as_ref()
            .filter(|link| link.manifest.seq > 0)
            .map_or([0; 32], |link| link.manifest.header_hash);
        let pull = Pull {
            generation: self.owner.generation,
            epoch: record.epoch,
            header_hash,
            buckets,
        };
        let attached = self.attached_mut()?;
        attached.sent = buckets;
        attached.pull = None;
        Ok(pull.encode())
    }

    /// Checks the answer to [`Unlocked::pull_body`].
    ///
    /// # Errors
    /// `Suspended` for whatever does not hold, `BadAnswer`, `NoAccount`.
    pub fn pulled(&mut self, answer: &[u8], bases: &Rows) -> Result<PullNext, VaultError> {
        let answer = Pulled::decode(answer).map_err(|_| VaultError::BadAnswer)?;
        let link = self.remote_link(&answer.manifest)?;
        let given = Given {
            header: answer.header,
            buckets: answer.buckets,
            bases: Bases::of(bases),
        };
        let progress = match self.judge(&link)? {
            Some(tip) => Progress::Links { tip, given },
            None => self.contents(&link, given)?,
        };
        self.pull_next(Pulling { link, progress })
    }

    /// Checks the links between what is known and what is new (S-10).
    ///
    /// # Errors
    /// As [`Unlocked::pulled`]; `Invalid` unless links were asked for.
    pub fn chain(&mut self, answer: &[u8]) -> Result<PullNext, VaultError> {
        let answer = ChainLinks::decode(answer).map_err(|_| VaultError::BadAnswer)?;
        let pull = self.attached_mut()?.pull.take();
        let Some(Pulling {
            link,
            progress: Progress::Links { tip, given },
        }) = pull
        else {
            return Err(VaultError::Invalid);
        };
        let progress = match follow(&link, tip, &answer)? {
            Some(tip) => Progress::Links { tip, given },
            None => self.contents(&link, given)?,
        };
        self.pull_next(Pulling { link, progress })
    }

    /// Takes rows in: each must be the one that the signed list names.
    ///
    /// # Errors
    /// As [`Unlocked::pulled`]; `Again` when somebody changed one meanwhile.
    pub fn rows_answer(&mut self, answer: &[u8]) -> Result<PullNext, VaultError> {
        let mut pull = self
            .attached_mut()?
            .pull
            .take()
            .ok_or(VaultError::Invalid)?;
        let Progress::Rows(state) = &mut pull.progress else {
            return Err(VaultError::Invalid);
        };
        take_rows(answer, &state.wanted, &mut state.got)?;
        self.pull_next(pull)
    }

    fn pull_next(&mut self, pull: Pulling) -> Result<PullNext, VaultError> {
        let generation = self.owner.generation;
        let next = match &pull.progress {
            Progress::Links { tip, .. } => {
                let chain = Chain {
                    generation,
                    after: tip.seq,
                    limit: PAGE,
                };
                PullNext::Chain(chain.encode())
            }
            Progress::Rows(state) => match rows_body(generation, &state.wanted, &state.got) {
                Some(body) => PullNext::Rows(body),
                None => PullNext::Apply(state.locals.clone()),
            },
        };
        self.attached_mut()?.pull = Some(pull);
        Ok(next)
    }

    /// Judges what came with a link that follows what is known.
    fn contents(&self, link: &Link, given: Given) -> Result<Progress, VaultError> {
        let header = self.remote_header(link, given.header)?;
        let (buckets, wanted) = self.differences(link, given.buckets, &given.bases)?;
        let locals = self.changed_here(&wanted, &given.bases);
        Ok(Progress::Rows(Box::new(State {
            link: link.clone(),
            header,
            buckets,
            wanted,
            got: Rows::new(),
            locals,
        })))
    }

    /// Which of the wanted items were changed here too, or may have been.
    fn changed_here(&self, wanted: &Entries, bases: &Bases) -> Vec<ItemId> {
        let (mut out, mut last) = (Vec::new(), None);
        for id in wanted.keys() {
            let number = bucket_of(id);
            let known = match last {
                Some((same, known)) if same == number => known,
                _ => self.known_bucket(number, bases).is_some(),
            };
            last = Some((number, known));
            let here = self.entry(id).is_some_and(|entry| entry.op == Op::Put);
            if here && (!known || bases.0.contains_key(id)) {
                out.push(*id);
            }
        }
        out
    }
}
