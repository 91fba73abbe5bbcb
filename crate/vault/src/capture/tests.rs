use super::*;
use crate::commit::key;
use crate::testkit::{Disk, Rng, World};
use crate::{Store, VaultError};
use proptest::prelude::*;
use sesame_protocol::CaptureId;

const SITE: &str = "https://bank.test";

fn step(at: TimeMs, username: &str, current: &str, fresh: &str) -> Capture {
    Capture {
        origin: SITE.into(),
        at,
        step: if fresh.is_empty() {
            Step::SignIn
        } else {
            Step::SignUp
        },
        username: username.into(),
        current: current.into(),
        fresh: fresh.into(),
        generated: false,
    }
}

fn sealed_of(commit: &crate::Commit) -> Vec<u8> {
    let [write] = commit.writes.as_slice() else {
        panic!("one write")
    };
    assert_eq!(write.store, Store::Captures);
    write.value.clone().unwrap()
}

fn world() -> (World, CaptureId, Vec<u8>) {
    let mut world = World::new("captures");
    let capture = step(1, "ada@bank.test", "correct horse", "");
    // Sealed by the locked vault, which has no key at all.
    let (id, commit) = world
        .disk
        .load()
        .seal_capture(&capture, &mut world.rng)
        .unwrap();
    let bytes = sealed_of(&commit);
    assert!(world.open.open_capture(&id, &bytes).unwrap() == capture);
    (world, id, bytes)
}

/// Nothing that was typed is readable, and two captures of the same are not alike.
#[test]
fn a_locked_vault_seals_and_only_the_open_one_reads() {
    let (mut world, id, bytes) = world();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!text.contains("correct") && !text.contains("bank.test"));
    let capture = step(1, "ada@bank.test", "correct horse", "");
    let (other, commit) = world.open.seal_capture(&capture, &mut world.rng).unwrap();
    assert_ne!(id, other);
    assert_ne!(bytes[..32], sealed_of(&commit)[..32]);
    // The open vault's are for the same key.
    let reopened = world.reopen();
    assert!(reopened.open_capture(&other, &sealed_of(&commit)).unwrap() == capture);
    // Another vault, and another id.
    let stranger = World::new("stranger");
    assert!(stranger.open.open_capture(&id, &bytes).is_err());
    assert!(world.open.open_capture(&other, &bytes).is_err());
}

/// S-160: not one bit of a capture can change, nor its length.
#[test]
fn s160_every_bit_of_a_capture() {
    let (world, id, good) = world();
    for at in 0..good.len() {
        let mut bytes = good.clone();
        // The first 32 bytes are a point's coordinate: its highest bit is no part of the number, but
        // the key is derived from the bytes as they are.
        for bit in [1, 0x80] {
            bytes[at] ^= bit;
            assert!(world.open.open_capture(&id, &bytes).is_err(), "{at}");
            bytes[at] ^= bit;
        }
        assert!(world.open.open_capture(&id, &good[..at]).is_err());
    }
    let longer = [good.as_slice(), &[0]].concat();
    assert!(world.open.open_capture(&id, &longer).is_err());
}

/// A key that somebody else put there is noticed at the next unlock, and replaced.
#[test]
fn a_foreign_key_is_replaced_at_unlock() {
    let (mut world, _, _) = world();
    let genuine = world.disk.vault[key::CAPTURE_KEY].clone();
    let stranger = World::new("stranger").disk.vault[key::CAPTURE_KEY].clone();
    let capture = step(1, "ada", "correct horse", "");
    let try_with = |disk: &Disk| {
        disk.load()
            .seal_capture(&capture, &mut Rng::new("try"))
            .err()
    };
    // Another vault's key is not even used.
    world.disk.vault.insert(key::CAPTURE_KEY.into(), stranger);
    assert_eq!(try_with(&world.disk), Some(VaultError::NotFound));
    // Nor a damaged one.
    let mut damaged = genuine.clone();
    damaged[60] ^= 1;
    world.disk.vault.insert(key::CAPTURE_KEY.into(), damaged);
    assert_eq!(try_with(&world.disk), Some(VaultError::NotFound));
    // One that is made to fit: what is sealed for it is lost, and it does not outlive the unlock.
    let mut forged = SealingKey::parse(&genuine).unwrap();
    forged.public = [9; 32];
    world
        .disk
        .vault
        .insert(key::CAPTURE_KEY.into(), forged.encode());
    let (id, commit) = world
        .disk
        .load()
        .seal_capture(&capture, &mut world.rng)
        .unwrap();
    world.open = world.reopen();
    assert!(world.open.open_capture(&id, &sealed_of(&commit)).is_err());
    world.run(|open, env| (open.record_opening(env).unwrap(), ()));
    assert_eq!(world.disk.vault[key::CAPTURE_KEY], genuine);
    // A vault of before there were captures gets its key the same way; otherwise nothing is written.
    world.disk.vault.remove(key::CAPTURE_KEY);
    world.open = world.reopen();
    world.run(|open, env| (open.record_opening(env).unwrap(), ()));
    assert_eq!(world.disk.vault[key::CAPTURE_KEY], genuine);
    world.open = world.reopen();
    let writes = |open: &mut crate::Unlocked, env: &mut crate::Env<'_>| {
        let commit = open.record_opening(env).unwrap();
        let keys = commit
            .writes
            .iter()
            .filter(|write| write.key == key::CAPTURE_KEY);
        (commit.clone(), keys.count())
    };
    assert_eq!(world.run(writes), 0);
    assert!(try_with(&world.disk).is_none());
}

#[test]
fn a_key_that_is_no_point_is_refused() {
    let mut world = World::new("captures");
    let mut key = SealingKey::parse(&world.disk.vault[key::CAPTURE_KEY]).unwrap();
    key.public = [0; 32];
    world
        .disk
        .vault
        .insert(key::CAPTURE_KEY.into(), key.encode());
    let sealed = world
        .disk
        .load()
        .seal_capture(&step(1, "", "x", ""), &mut world.rng);
    assert_eq!(sealed.err(), Some(VaultError::Damaged));
}

#[test]
fn without_randomness_there_is_no_capture() {
    let mut world = World::new("captures");
    for left in 0..3 {
        world.rng.left = Some(left);
        let sealed = world
            .open
            .seal_capture(&step(1, "", "x", ""), &mut world.rng);
        assert_eq!(sealed.err(), Some(VaultError::Random), "{left}");
    }
}

#[test]
fn two_steps_are_one_sign_in() {
    let same = |one: &str, other: &str| one.ends_with("bank.test") && other.ends_with("bank.test");
    let mut name = step(1_000, "ada", "", "");
    name.origin = "https://id.bank.test".into();
    let password = step(2_000, "", "correct horse", "");
    let whole = joined(vec![password.clone(), name.clone()], same).unwrap();
    assert_eq!(
        (
            whole.username.as_str(),
            whole.password(),
            whole.origin.as_str()
        ),
        ("ada", "correct horse", SITE)
    );
    // Not of another site, not after ten minutes, not without a password.
    let strangers = |_: &str, _: &str| false;
    let alone = joined(vec![name.clone(), password.clone()], strangers).unwrap();
    assert_eq!(alone.username, "");
    let late = step(2_000 + FLOW_MS, "", "correct horse", "");
    assert_eq!(joined(vec![name.clone(), late], same).unwrap().username, "");
    assert!(joined(vec![name], same).is_none());
}

#[test]
fn a_change_right_after_the_sign_in_knows_the_old_password() {
    let same = |_: &str, _: &str| true;
    let mut change = step(3_000, "", "", "new horse");
    change.step = Step::Change;
    let whole = joined(
        vec![step(1_000, "ada", "old horse", ""), change.clone()],
        same,
    )
    .unwrap();
    assert_eq!(
        (
            whole.username.as_str(),
            whole.current.as_str(),
            whole.password()
        ),
        ("ada", "old horse", "new horse")
    );
    // Somebody else's sign-in before says nothing.
    change.username = "eve".into();
    let whole = joined(vec![step(1_000, "ada", "old horse", ""), change], same).unwrap();
    assert_eq!(
        (whole.username.as_str(), whole.current.as_str()),
        ("eve", "")
    );
}

#[test]
fn user_names() {
    assert!(same_username("Ada@Bank.test", "ada@bank.test "));
    assert!(!same_username("Ada", "ada") && same_username(" ada", "ada"));
}

proptest! {
    /// Whatever lies in the store: an answer, and no panic.
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(SealingKey::parse(&bytes).is_err());
        let _ = Capture::from_bytes(&bytes);
    }

    #[test]
    fn round_trip(username in ".{0,40}", current in ".{0,40}", fresh in ".{0,40}", at in any::<u64>()) {
        let capture = step(at, &username, &current, &fresh);
        let bytes = capture.to_bytes().unwrap();
        prop_assert!(Capture::from_bytes(&bytes).unwrap() == capture);
        prop_assert!(Capture::from_bytes(&bytes[..bytes.len() - 1]).is_err());
        let longer = [bytes.as_slice(), &[0]].concat();
        prop_assert!(Capture::from_bytes(&longer).is_err());
    }
}
