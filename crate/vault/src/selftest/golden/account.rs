//! A golden vault that belongs to an account: `base <id> <hex>` is what the account has of an item that
//! was changed since, `answer <to what> <hex>` what its server answers to the next pull, and what comes
//! of that is `expect account <origin> <email>`, `expect request <for what> <SHA-256>`,
//! `expect later live <n>` and `expect later <id> <SHA-256>`.

use std::collections::BTreeMap;

use sesame_protocol::account::{Message as _, SessionStarted};
use sesame_protocol::{ItemId, sha256};

use super::{NoRandom, hex, id, key};
use crate::{Commit, Env, PullNext, Store, Unlocked};

type Rows = BTreeMap<ItemId, Vec<u8>>;

/// What the lines say.
#[derive(Default)]
pub(in crate::selftest) struct Joined {
    pub bases: Rows,
    pub answers: BTreeMap<String, Vec<u8>>,
    whose: Option<(String, String)>,
    requests: BTreeMap<String, [u8; 32]>,
    later: BTreeMap<ItemId, [u8; 32]>,
    later_live: usize,
}

/// What the vault does with its account.
pub(in crate::selftest) struct Done {
    /// SHA-256 of each request, by what it is for.
    pub requests: BTreeMap<String, [u8; 32]>,
    rows: Rows,
}

fn text(error: impl ToString) -> String {
    error.to_string()
}

impl Joined {
    /// Whether there is anything of an account.
    pub fn is_there(&self) -> bool {
        self.whose.is_some()
    }

    /// Takes a line, if it is one of these.
    pub fn line(&mut self, words: &[&str]) -> Result<bool, String> {
        match *words {
            ["base", name] => drop(self.bases.insert(id(name)?, Vec::new())),
            ["base", name, bytes] => drop(self.bases.insert(id(name)?, hex(bytes)?)),
            ["answer", to, bytes] => drop(self.answers.insert(to.to_owned(), hex(bytes)?)),
            ["expect", "account", origin, email] => {
                self.whose = Some((origin.to_owned(), email.to_owned()));
            }
            ["expect", "request", what, hash] => {
                self.requests.insert(what.to_owned(), key(hash)?);
            }
            ["expect", "later", "live", count] => {
                self.later_live = count.parse().map_err(|_| "count".to_owned())?;
            }
            ["expect", "later", name, hash] => {
                self.later.insert(id(name)?, key(hash)?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Proves itself, follows the account's chain to its newest link, takes what is there over, and sends
    /// what waits here: each as this vault's keys make and accept it.
    pub fn run(&self, open: &mut Unlocked, rows: &Rows) -> Result<Done, String> {
        let mut rng = NoRandom(0);
        let mut env = Env {
            rng: &mut rng,
            now: 0,
        };
        let mut requests = BTreeMap::new();
        let mut said = |what: &str, body: &[u8]| {
            requests.insert(what.to_owned(), sha256(&[body]));
        };
        let started = SessionStarted {
            nonce: [7; 32],
            exp: 1_800_000_000,
        };
        let session = open.prove_session(&started).map_err(text)?;
        said("session", &session.encode());
        said("pull", &open.pull_body(&self.bases).map_err(text)?);
        let mut next = open
            .pulled(self.answer("pull")?, &self.bases)
            .map_err(text)?;
        let locals = loop {
            next = match next {
                PullNext::Chain(body) => {
                    said("chain", &body);
                    open.chain(self.answer("chain")?).map_err(text)?
                }
                PullNext::Rows(body) => {
                    said("rows", &body);
                    open.rows_answer(self.answer("rows")?).map_err(text)?
                }
                PullNext::Apply(locals) => break locals,
            };
        };
        let here = |id: &ItemId| rows.get(id).map(|row| (*id, row.clone()));
        let applied = open
            .apply_pulled(
                &locals.iter().filter_map(here).collect(),
                &self.bases,
                &mut env,
            )
            .map_err(text)?;
        let (mut rows, mut bases) = (rows.clone(), self.bases.clone());
        write(applied.commit, &mut rows, &mut bases)?;
        let push = open.push(&rows, &bases, None, &mut env).map_err(text)?;
        said("commit", &push.ok_or("nothing to send")?.body);
        Ok(Done { requests, rows })
    }

    /// The number of things checked.
    pub fn check(&self, open: &mut Unlocked, rows: &Rows) -> Result<u32, String> {
        let known = open.account_record().ok_or("no account record")?;
        if self.whose.as_ref() != Some(&(known.origin.clone(), known.email.clone())) {
            return Err("another account".to_owned());
        }
        let done = self.run(open, rows)?;
        if let Some((what, _)) = self
            .requests
            .iter()
            .find(|(what, hash)| done.requests.get(*what) != Some(hash))
        {
            return Err(format!("another request for {what}"));
        }
        if done.requests.len() != self.requests.len() || open.live() != self.later_live {
            return Err("other requests, or another number of items, after the pull".to_owned());
        }
        for (id, hash) in &self.later {
            let row = done.rows.get(id).ok_or("row missing after the pull")?;
            if sha256(&[&open.open_row(id, row).map_err(text)?]) != *hash {
                return Err(format!("{id}: other content after the pull"));
            }
        }
        u32::try_from(self.requests.len() + self.later.len()).map_err(text)
    }

    fn answer(&self, to: &str) -> Result<&[u8], String> {
        self.answers
            .get(to)
            .map(Vec::as_slice)
            .ok_or_else(|| format!("no answer to {to}"))
    }
}

/// What a browser's database would make of it.
fn write(commit: Commit, rows: &mut Rows, bases: &mut Rows) -> Result<(), String> {
    for write in commit.writes {
        let store = match write.store {
            Store::Items => &mut *rows,
            Store::Bases => &mut *bases,
            _ => continue,
        };
        match write.value {
            Some(value) => drop(store.insert(id(&write.key)?, value)),
            None => drop(store.remove(&id(&write.key)?)),
        }
    }
    Ok(())
}
