//! Sending what was changed here: the next link of the account's chain.

use sesame_protocol::account::{
    Commit as CommitBody, Committed, ItemRow, Message as _, PasswordFinish, Session,
};
use sesame_protocol::{Entry, ItemId, Op, Row, bucket_hash, bucket_of};

use super::super::{Env, Unlocked};
use super::{Bases, Entries, Rows};
use crate::commit::Commit;
use crate::header::SealedHeader;
use crate::manifest::{Link, Statement};
use crate::order::sorted_by;
use crate::{SyncReason, VaultError};

/// Bytes of rows in one push.
const BATCH: usize = 2 * 1024 * 1024;
/// Rows of one push.
const ROWS: usize = 1000;

/// Something to send.
pub struct Push {
    /// To be written first: it says what is about to be sent, so that it is recognised if it comes
    /// back without an answer having come.
    pub commit: Commit,
    /// The request.
    pub body: Vec<u8>,
}

/// What came of it.
pub struct Pushed {
    /// What to write.
    pub commit: Commit,
    /// There is more to send.
    pub more: bool,
}

/// A push on its way; memory only.
pub(super) struct Pushing {
    link: Link,
    header: SealedHeader,
    rows: Rows,
    more: bool,
}

impl Unlocked {
    /// Ids of the items to send next, at most 1,000.
    ///
    /// # Errors
    /// `NoAccount`.
    pub fn push_ids(&self, bases: &Rows) -> Result<Vec<ItemId>, VaultError> {
        self.attached()?.record()?;
        let here = |id: &&ItemId| self.entry(id).is_some();
        Ok(bases.keys().filter(here).take(ROWS).copied().collect())
    }

    /// The next batch of changes, of these of the rows that lie here; `None` when there is nothing to
    /// send. `bases` is all of that store.
    ///
    /// # Errors
    /// `Again` when what the account has is not known exactly: pull first. `NoAccount`, `Suspended`,
    /// `ReadOnly`, `Damaged` for other rows than those of the vault.
    pub fn push(
        &mut self,
        rows: &Rows,
        bases: &Rows,
        recovery_key: Option<[u8; 32]>,
        env: &mut Env<'_>,
    ) -> Result<Option<Push>, VaultError> {
        self.may_push()?;
        let (sent, entries, more) = self.batch(rows, bases)?;
        let with_header = self.header_waits() && !self.attached()?.account.password_behind;
        if entries.is_empty() && !with_header {
            return Ok(None);
        }
        let body = self.start_push((sent, entries, more), with_header, bases, recovery_key)?;
        let mut commit = Commit::default();
        self.write_records(&mut commit, env)?;
        Ok(Some(Push {
            commit,
            body: body.encode(),
        }))
    }

    /// The same for a new master password: header and the password's record at the server change in
    /// one step.
    ///
    /// # Errors
    /// As [`Unlocked::push`].
    pub fn push_password(
        &mut self,
        upload: Vec<u8>,
        sign_out_others: bool,
        bases: &Rows,
        recovery_key: Option<[u8; 32]>,
        env: &mut Env<'_>,
    ) -> Result<Push, VaultError> {
        self.may_push()?;
        let waits = self.header_waits();
        let nothing = (Rows::new(), Vec::new(), !bases.is_empty());
        let commit = self.start_push(nothing, waits, bases, recovery_key)?;
        let finish = PasswordFinish {
            upload,
            commit,
            sign_out_others,
        };
        let mut commit = Commit::default();
        self.write_records(&mut commit, env)?;
        Ok(Push {
            commit,
            body: finish.encode(),
        })
    }

    fn may_push(&self) -> Result<(), VaultError> {
        if self.read_only || !self.index.is_whole() {
            return Err(VaultError::ReadOnly);
        }
        match self.attached()?.record()?.reason {
            Some(reason) => Err(VaultError::Suspended(reason)),
            None if self.attached()?.remote.is_none() => Err(VaultError::Again),
            None => Ok(()),
        }
    }

    /// What goes with the next push, its entries, and whether anything is left for another.
    fn batch(&self, rows: &Rows, bases: &Rows) -> Result<(Rows, Vec<Entry>, bool), VaultError> {
        let (mut sent, mut entries, mut size) = (Rows::new(), Vec::new(), 0usize);
        let waiting = bases.iter().filter(|(id, _)| self.entry(id).is_some());
        let mut left = 0usize;
        for (id, base) in waiting {
            let Some(bytes) = rows.get(id) else {
                left += 1;
                continue;
            };
            if bytes == base {
                continue;
            }
            left += 1;
            let entry = self.entry(id).ok_or(VaultError::Internal)?;
            // An edit came between: its row is read for the next batch.
            if Row::parse(bytes)?.entry(*id) != *entry {
                continue;
            }
            size = size.saturating_add(bytes.len());
            if !entries.is_empty() && (size > BATCH || entries.len() >= ROWS) {
                break;
            }
            sent.insert(*id, bytes.clone());
            entries.push(*entry);
        }
        let more = left > entries.len();
        Ok((sent, entries, more))
    }

    fn start_push(
        &mut self,
        (rows, entries, more): (Rows, Vec<Entry>, bool),
        with_header: bool,
        bases: &Rows,
        recovery_key: Option<[u8; 32]>,
    ) -> Result<CommitBody, VaultError> {
        let bases = Bases::of(bases);
        let attached = self.attached()?;
        let remote = attached.remote.as_ref().ok_or(VaultError::Again)?;
        let base = attached.base.as_ref().ok_or(VaultError::Again)?;
        let header = if with_header { &self.sealed } else { base };
        let mut buckets = remote.manifest.buckets;
        let counted = |op| match op {
            Op::Put => remote.manifest.live,
            Op::Delete => remote.manifest.tombstones,
        };
        let (mut live, mut tombstones) = (counted(Op::Put), counted(Op::Delete));
        let mut at = entries.iter().peekable();
        while let Some(first) = at.peek() {
            let number = bucket_of(&first.id);
            let mut known: Entries = self.known_bucket(number, &bases).ok_or(VaultError::Again)?;
            while let Some(entry) = at.next_if(|entry| bucket_of(&entry.id) == number) {
                let before = known.insert(entry.id, *entry);
                if before.is_some_and(|before| before.rev >= entry.rev) {
                    return Err(VaultError::Internal);
                }
                if let Some(before) = before {
                    let count = if before.op == Op::Put {
                        &mut live
                    } else {
                        &mut tombstones
                    };
                    *count = count.saturating_sub(1);
                }
                let count = if entry.op == Op::Put {
                    &mut live
                } else {
                    &mut tombstones
                };
                *count = count.checked_add(1).ok_or(VaultError::TooLarge)?;
            }
            let slot = buckets
                .get_mut(usize::from(number))
                .ok_or(VaultError::Internal)?;
            *slot = bucket_hash(&self.owner.generation, number, known.values())
                .map_err(|_| VaultError::TooLarge)?;
        }
        let statement = Statement {
            header,
            device: self.owner.device,
            buckets,
            live,
            tombstones,
        };
        let signer = self.key.signer(&self.owner.account, &self.owner.generation);
        let link = Link::next(Some(remote.tip()), statement, &signer)?;
        let record = attached.record()?;
        let body = CommitBody {
            generation: self.owner.generation,
            epoch: record.epoch,
            manifest: link.bytes.clone(),
            header: with_header.then(|| self.sealed.bytes.clone()),
            recovery_key: recovery_key.filter(|_| with_header),
            rows: item_rows(&rows)?,
        };
        let header = header.clone();
        let attached = self.attached_mut()?;
        attached.record_mut()?.pending = entries;
        attached.pull = None;
        attached.push = Some(Pushing {
            link,
            header,
            rows,
            more,
        });
        Ok(body)
    }

    /// The server took it.
    ///
    /// # Errors
    /// `Invalid` without a push on its way, `BadAnswer`; `Suspended` when it numbers it differently
    /// (S-26).
    pub fn pushed(&mut self, answer: &[u8], env: &mut Env<'_>) -> Result<Pushed, VaultError> {
        let seq = Committed::decode(answer)
            .map_err(|_| VaultError::BadAnswer)?
            .seq;
        self.finish_push(seq, None, env)
    }

    /// The server took the new password.
    ///
    /// # Errors
    /// As [`Unlocked::pushed`].
    pub fn password_pushed(
        &mut self,
        session: &Session,
        env: &mut Env<'_>,
    ) -> Result<Pushed, VaultError> {
        self.finish_push(session.head_seq, Some(session.epoch), env)
    }

    fn finish_push(
        &mut self,
        seq: u64,
        password: Option<u64>,
        env: &mut Env<'_>,
    ) -> Result<Pushed, VaultError> {
        let push = self.attached_mut()?.push.take();
        let push = push.ok_or(VaultError::Invalid)?;
        if seq != push.link.manifest.seq {
            return Err(VaultError::Suspended(SyncReason::Forged));
        }
        let more = push.more;
        // A password that was set while this one was on its way is still to be brought.
        let behind = self.has_other_password(&push.header.header);
        let attached = self.attached_mut()?;
        attached.accept(push.link, push.header)?;
        attached.account.synced_at = Some(env.now);
        if let Some(epoch) = password {
            attached.record_mut()?.epoch = epoch;
            attached.account.password_behind = behind;
        }
        let mut commit = Commit::default();
        for (id, row) in push.rows {
            let sent = Row::parse(&row)?.entry(id);
            // Changed again meanwhile: what was sent is what the next change began with.
            let unchanged = self.entry(&id) == Some(&sent);
            commit.put_base(&id, (!unchanged).then_some(row));
        }
        self.write_records(&mut commit, env)?;
        Ok(Pushed { commit, more })
    }

    /// The push was refused, or no answer came: pull before anything else is sent.
    pub fn push_failed(&mut self) {
        if let Some(attached) = self.attached.as_deref_mut() {
            attached.push = None;
        }
    }
}

fn item_rows(rows: &Rows) -> Result<Vec<ItemRow>, VaultError> {
    let row = |(id, bytes): (&ItemId, &Vec<u8>)| {
        let row = Row::parse(bytes)?;
        Ok(ItemRow {
            id: *id,
            rev: row.rev,
            op: row.op,
            blob: row.blob.to_vec(),
        })
    };
    let rows: Result<Vec<ItemRow>, VaultError> = rows.iter().map(row).collect();
    Ok(sorted_by(rows?, |one, other| one.id.cmp(&other.id)))
}
