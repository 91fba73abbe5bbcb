//! What survives a crash: clients that write down every acknowledged commit, and a comparison of
//! what they wrote down with what the server has after it came back.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use sesame_protocol::account::Origin;
use sesame_protocol::{ItemId, Op};

use crate::LoadError;
use crate::client::Client;
use crate::mailbox::Mailbox;
use crate::mix::each_worker;

/// Items of each vault: few, so that items are written again and again.
const ITEMS: usize = 5;

/// Signs up clients `0..clients` with a few items each.
///
/// # Errors
/// [`LoadError`].
pub fn prepare(origin: &Origin, mailbox: &Mailbox, clients: u64) -> Result<(), LoadError> {
    each_worker(clients, |number| {
        let mut client = Client::new(origin, number)?;
        client.sign_up(mailbox)?;
        client.grow(ITEMS)
    })
    .map(drop)
}

/// Commits for all clients at once until the line breaks, and writes a line
/// `number item rev hash seq` for each item that is there at the beginning, and for each commit that
/// was acknowledged.
///
/// # Errors
/// Anything but a broken line.
pub fn commit_until_it_breaks(
    origin: &Origin,
    clients: u64,
    out: impl Write + Send,
) -> Result<(), LoadError> {
    let out = Mutex::new(out);
    each_worker(clients, |number| {
        let mut client = Client::new(origin, number)?;
        client.renew()?;
        client.pull()?;
        let there: Vec<ItemId> = (0..client.vault.items())
            .filter_map(|nth| client.vault.nth(nth))
            .collect();
        for id in there {
            note(&out, number, &client, &id)?;
        }
        loop {
            match client.edit() {
                Ok(id) => note(&out, number, &client, &id)?,
                Err(LoadError::Line(_)) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    })
    .map(drop)
}

fn note(
    out: &Mutex<impl Write>,
    number: u64,
    client: &Client,
    id: &ItemId,
) -> Result<(), LoadError> {
    let entry = client.vault.entry(id).ok_or(LoadError::Answer)?;
    let (hash, seq) = (hex(&entry.blob_hash), client.vault.seq());
    let line = format!("{number} {id} {} {hash} {seq}\n", entry.rev);
    let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
    out.write_all(line.as_bytes())?;
    Ok(out.flush()?)
}

/// The acknowledged commits of one client: the newest of each item, and the newest of all.
#[derive(Default)]
struct Acknowledged {
    items: BTreeMap<ItemId, (u64, String)>,
    seq: u64,
    count: usize,
}

fn read(acknowledged: &str, number: u64) -> Result<Acknowledged, LoadError> {
    let mut all = Acknowledged::default();
    for line in acknowledged.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let [client, id, rev, hash, seq] = *words else {
            return Err(LoadError::Answer);
        };
        if client.parse() != Ok(number) {
            continue;
        }
        let id = ItemId::parse_hex(id).ok_or(LoadError::Answer)?;
        let rev = rev.parse().map_err(|_| LoadError::Answer)?;
        all.items.insert(id, (rev, hash.to_owned()));
        all.seq = seq.parse().map_err(|_| LoadError::Answer)?;
        all.count = all.count.saturating_add(1);
    }
    Ok(all)
}

/// Signs in for all clients again, pulls the whole vault, reads every row, and compares with the
/// acknowledged commits. Returns how many there were, and how many clients' vaults are one commit
/// ahead of them: the one whose answer was lost.
///
/// # Errors
/// `Answer` when something acknowledged is missing or differs, when something is there that was
/// never sent, or when a row does not fit its signed manifest.
pub fn compare(
    origin: &Origin,
    clients: u64,
    acknowledged: &str,
) -> Result<(usize, usize), LoadError> {
    let (mut count, mut ahead): (usize, usize) = (0, 0);
    for number in 0..clients {
        let known = read(acknowledged, number)?;
        let mut client = Client::new(origin, number)?;
        client.renew()?;
        client.pull()?;
        every_row_fits(&mut client)?;
        count = count.saturating_add(known.count);
        let more = client.vault.seq().checked_sub(known.seq);
        let mut newer: u64 = 0;
        for (id, (rev, hash)) in known.items {
            let entry = client.vault.entry(&id).ok_or(LoadError::Answer)?;
            if entry.rev == rev && hex(&entry.blob_hash) == hash {
                continue;
            }
            if entry.rev != rev.saturating_add(1) {
                return Err(LoadError::Answer);
            }
            newer = newer.saturating_add(1);
        }
        match (more, newer) {
            (Some(0), 0) => {}
            // The item of the one commit ahead may be one that was not written before.
            (Some(1), 0 | 1) => ahead = ahead.saturating_add(1),
            _ => return Err(LoadError::Answer),
        }
    }
    Ok((count, ahead))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn every_row_fits(client: &mut Client) -> Result<(), LoadError> {
    let mut ids: Vec<ItemId> = (0..client.vault.items())
        .filter_map(|nth| client.vault.nth(nth))
        .collect();
    ids.sort_unstable();
    let list = client.rows(&ids)?;
    let fits = list.rows.len() == ids.len()
        && list.rows.iter().all(|row| {
            client.vault.entry(&row.id).is_some_and(|entry| {
                row.op == Op::Put && entry.rev == row.rev && entry.blob_hash == row.blob_hash()
            })
        });
    if fits { Ok(()) } else { Err(LoadError::Answer) }
}
