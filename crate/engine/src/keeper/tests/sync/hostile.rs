//! A server that changes, drops, repeats and swaps: whatever it answers, either it is noticed or it is
//! what an honest one would have said, and nothing that is here changes.

use super::world::Faults;
use super::*;
use crate::keeper::PullNext;
use sesame_protocol::account::{ItemRow, Message, Pulled, PulledBucket, RowList};

/// What one answer in a pull is replaced by.
type Twist<'t> = &'t dyn Fn(usize, Vec<u8>) -> Vec<u8>;

/// A pull whose answers go through `twist`, with their number; what would have been written is not.
fn twisted(browser: &mut Browser, server: &mut Server, twist: Twist<'_>) -> EngineResult<Commit> {
    let bases = browser.machine.bases();
    let body = browser.keeper.pull_body(&bases)?;
    let mut next = browser
        .keeper
        .pulled(&twist(0, server.pull(&body)), &bases)?;
    let mut number = 1;
    let locals = loop {
        assert!(number < 50, "no end of it");
        next = match next {
            PullNext::Chain(body) => browser.keeper.chain(&twist(number, server.chain(&body)))?,
            PullNext::Rows(body) => browser
                .keeper
                .rows_answer(&twist(number, server.rows(&body)))?,
            PullNext::Apply(locals) => break locals,
        };
        number += 1;
    };
    let mut rows = browser.machine.rows();
    rows.retain(|id, _| locals.contains(id));
    let applied = browser.keeper.apply_pulled(&rows, &bases);
    Ok(applied?.commit)
}

/// An account whose second browser has something to take in and something of its own waiting.
fn account(seed: u64) -> World {
    let mut world = World::of(seed, 2);
    let id = world.browsers[0].save(&login("Bank", "bank.example", "first"));
    let gone = world.browsers[0].save(&login("Gone", "gone.example", "pw"));
    world.settle();
    world.browsers[1].save(&login("Mine", "mine.example", "pw"));
    world.browsers[0].edit(&id, |edit| edit.password = "second".into());
    world.browsers[0].delete(&gone);
    world.browsers[0].save(&login("New", "new.example", "pw"));
    world.browsers[0].fresh();
    let made = world.browsers[0].keeper.new_recovery_code().unwrap();
    world.browsers[0].write(made.commit);
    world.sync(0);
    world.server.page = 1000;
    world
}

/// The codes of refusals that a twisted answer may lead to.
fn is_refusal(code: &str) -> bool {
    ["sync-suspended", "server-error", "conflict", "newer-format"].contains(&code)
}

/// Nothing of the refused answer is left: an honest server goes on with this browser as ever.
fn unharmed(world: &mut World, before: &BTreeMap<(Store, String), Vec<u8>>) {
    assert!(*world.browsers[1].machine.disk.borrow() == *before);
    world.browsers[1].restart();
}

/// S-04, S-08, S-12: every byte of every answer.
#[test]
fn s08_every_byte_of_every_answer() {
    let mut world = account(200);
    let lengths = std::cell::RefCell::new(Vec::new());
    let measure = |_: usize, answer: Vec<u8>| {
        lengths.borrow_mut().push(answer.len());
        answer
    };
    let before = world.browsers[1].machine.disk.borrow().clone();
    let World { server, browsers } = &mut world;
    drop(twisted(&mut browsers[1], server, &measure).unwrap());
    browsers[1].restart();
    let lengths = lengths.into_inner();
    assert_eq!(lengths.len(), 2, "a state and its rows");
    for (answer, length) in lengths.into_iter().enumerate() {
        // Every byte of the first 4,000, which hold everything but ciphertext, and some of the rest.
        let places = (0..length).filter(|at| *at < 4_000 || at % 17 == 0);
        for at in places {
            let flip = |number: usize, mut bytes: Vec<u8>| {
                if number == answer {
                    bytes[at] ^= 1 << (at % 8);
                }
                bytes
            };
            let refused = twisted(&mut browsers[1], server, &flip).err();
            // `more` is a hint that says nothing of the rows.
            let hint = answer == 1 && at + 1 == length;
            assert!(
                hint || refused.is_some_and(|error| is_refusal(error.code())),
                "answer {answer}, byte {at}"
            );
            if hint {
                browsers[1].restart();
            }
        }
        for cut in [0, 1, length / 2, length - 1] {
            let shorter = |number: usize, mut bytes: Vec<u8>| {
                if number == answer {
                    bytes.truncate(cut);
                }
                bytes
            };
            assert_eq!(
                code(twisted(&mut browsers[1], server, &shorter)),
                "server-error"
            );
        }
    }
    unharmed(&mut world, &before);
    world.settle();
}

fn pulled(change: impl Fn(&mut Pulled)) -> impl Fn(usize, Vec<u8>) -> Vec<u8> {
    move |number, answer| {
        if number != 0 {
            return answer;
        }
        let mut pulled = Pulled::decode(&answer).unwrap();
        change(&mut pulled);
        pulled.encode()
    }
}

fn rows(change: impl Fn(&mut Vec<ItemRow>)) -> impl Fn(usize, Vec<u8>) -> Vec<u8> {
    move |number, answer| {
        if number == 0 {
            return answer;
        }
        let mut list = RowList::decode(&answer).unwrap();
        change(&mut list.rows);
        list.encode()
    }
}

fn reason(world: &mut World, twist: Twist<'_>) -> Option<&'static str> {
    let before = world.browsers[1].machine.disk.borrow().clone();
    let World { server, browsers } = world;
    let refused = twisted(&mut browsers[1], server, twist);
    let reason = refused.err().map(|error| match error.reason() {
        Some(reason) => reason.name(),
        None => error.code(),
    });
    unharmed(world, &before);
    reason
}

/// S-07: what is dropped, doubled, put in another order or hidden.
#[test]
fn s07_exactly_what_is_signed() {
    let mut world = account(201);
    let buckets =
        |change: fn(&mut Vec<PulledBucket>)| move |answer: &mut Pulled| change(&mut answer.buckets);
    for (change, expected) in [
        (buckets(|all| drop(all.remove(0))), "dropped"),
        (buckets(Vec::clear), "dropped"),
        (buckets(|all| all[0].entries.truncate(0)), "mixed"),
        (buckets(|all| all[0].entries[0].rev += 1), "mixed"),
        (
            buckets(|all| all[0].entries[0].op = sesame_protocol::Op::Delete),
            "mixed",
        ),
        (buckets(|all| all.swap(0, 1)), "server-error"),
        (buckets(|all| all.push(all[0].clone())), "server-error"),
    ] {
        let found = reason(&mut world, &pulled(change));
        // The one entry may be a tombstone already: then nothing was changed.
        assert!(
            found == Some(expected) || found.is_none(),
            "{expected}: {found:?}"
        );
    }
    let more = pulled(|answer| {
        let known: Vec<u8> = answer.buckets.iter().map(|bucket| bucket.index).collect();
        let index = (0..64).find(|index| !known.contains(index)).unwrap();
        answer.buckets.push(PulledBucket {
            index,
            entries: Vec::new(),
        });
        answer.buckets.sort_by_key(|bucket| bucket.index);
    });
    assert_eq!(reason(&mut world, &more), Some("mixed"));
    assert_eq!(
        reason(&mut world, &rows(|rows| drop(rows.pop()))),
        Some("dropped"),
        "asked for again, and again"
    );
    assert_eq!(reason(&mut world, &rows(Vec::clear)), Some("dropped"));
    assert_eq!(
        reason(&mut world, &rows(|rows| rows.swap(0, 1))),
        Some("server-error")
    );
    let twice = rows(|rows| rows.push(rows[0].clone()));
    assert_eq!(reason(&mut world, &twice), Some("server-error"));
    world.settle();
}

/// S-04, S-08: a row in another one's place, or an earlier revision of the same.
#[test]
fn s04_no_row_is_another() {
    let mut world = account(202);
    let swapped = rows(|rows| {
        if rows.len() > 1 {
            let (one, other) = rows.split_at_mut(1);
            std::mem::swap(&mut one[0].blob, &mut other[0].blob);
        }
    });
    assert_eq!(reason(&mut world, &swapped), Some("mixed"));
    let earlier = rows(|rows| rows[0].rev = rows[0].rev.saturating_sub(1).max(1));
    assert!(matches!(reason(&mut world, &earlier), Some("mixed") | None));
    let newer = rows(|rows| rows[0].rev += 1);
    assert_eq!(
        reason(&mut world, &newer),
        Some("conflict"),
        "somebody was quicker: again"
    );
    let foreign = rows(|rows| rows[0].id = sesame_protocol::ItemId::from_bytes([0; 16]));
    assert_eq!(reason(&mut world, &foreign), Some("mixed"));
    // A genuine older row under the current manifest.
    let before = world.server.vault.rows.clone();
    let id = list_id(&world.browsers[0], "Bank");
    world.browsers[0].edit(&id, |edit| edit.notes = "newest".into());
    world.sync(0);
    let stale = before
        .values()
        .find(|row| row.id.to_string() == id)
        .unwrap()
        .clone();
    let stale_rows = move |number: usize, answer: Vec<u8>| {
        let list = RowList::decode(&answer).ok().filter(|_| number > 0);
        let Some(mut list) = list else {
            return answer;
        };
        for row in &mut list.rows {
            if row.id == stale.id {
                *row = stale.clone();
            }
        }
        list.encode()
    };
    assert_eq!(reason(&mut world, &stale_rows), Some("mixed"));
    world.settle();
}

fn list_id(browser: &Browser, name: &str) -> String {
    let ids = browser.machine.rows().into_keys().map(|id| id.to_string());
    let mut found = ids.filter(|id| browser.has(id) && browser.item(id).name == name);
    found.next().unwrap()
}

/// S-05, S-11, S-12, S-13: another vault's parts, and key slots that are not this vault's.
#[test]
fn s05_parts_of_another_vault() {
    let mut world = account(203);
    // The same password, the same name: another account.
    let other = account(204);
    let head = other.server.vault.manifests.last().unwrap().clone();
    let foreign = pulled(move |answer| answer.manifest.clone_from(&head));
    assert_eq!(reason(&mut world, &foreign), Some("other-vault"));
    let header = other.server.vault.header.clone();
    let swapped = pulled(move |answer| answer.header = Some(header.clone()));
    assert_eq!(reason(&mut world, &swapped), Some("header"));
    let gone = pulled(|answer| answer.header = None);
    assert_eq!(reason(&mut world, &gone), Some("header"));
    // S-13: the header from before, which is this vault's, under the current manifest.
    let disk = world.browsers[1].machine.disk.borrow();
    let before = disk[&(Store::Vault, "header".to_owned())].clone();
    drop(disk);
    let earlier = pulled(move |answer| answer.header = Some(before.clone()));
    assert_eq!(reason(&mut world, &earlier), Some("header"));
    world.settle();
}

/// S-18: an answer with nothing in it makes nothing new.
#[test]
fn s18_nothing_is_made_because_the_server_has_nothing() {
    let mut world = account(205);
    let before = world.browsers[1].machine.disk.borrow().clone();
    for answer in [vec![], vec![0; 2_247], vec![0xff; 5_000]] {
        let empty = |_: usize, _: Vec<u8>| answer.clone();
        let World { server, browsers } = &mut world;
        let refused = twisted(&mut browsers[1], server, &empty);
        assert!(is_refusal(code(refused)));
    }
    unharmed(&mut world, &before);
    world.settle();
}

/// A server that was given something else than what it says it has, right after signing up (S-11).
#[test]
fn s11_what_was_signed_up_with_is_read_back() {
    let machine = Machine::new(206 << 8);
    let (keeper, _) = machine.created();
    let mut browser = Browser::new(machine, keeper);
    let mut server = browser.sign_up();
    let other = account(207);
    let honest = server.vault.header.clone();
    server.vault.header = other.server.vault.header.clone();
    let failed = browser.pull(&mut server, &Faults::none()).unwrap_err();
    assert_eq!(failed, super::world::Stop::Failed("sync-suspended"));
    browser.restart();
    server.vault.header = honest;
    browser.sync(&mut server, &Faults::none()).unwrap();
}
