//! The ways in: changing them, and what stays of old ones.

use sesame_protocol::{KdfId, SlotId, SlotKind};
use zeroize::Zeroizing;

use crate::testkit::{OTHER, PASSWORD, PRF, World, new_password, passkey, password_of, recovery};
use crate::{Env, NewPasskey, PasskeyKey, PasswordKey, VaultError, key};

/// S-168: the new password opens, the old one does not, and everything else stays as it was.
#[test]
fn s168_set_password() {
    let mut world = World::new("set");
    let ids = world.put(&[b"one".as_slice()]);
    let (hdr_seq, code) = (world.open.header().hdr_seq, world.code.clone());
    world.set_password(OTHER, KdfId::Argon2id64);
    assert_eq!(world.open.header().hdr_seq, hdr_seq + 1);
    let locked = world.disk.load();
    let old = password_of(&locked, PASSWORD);
    let refused = locked.unlock(&old).err().unwrap();
    assert_eq!(refused.error, VaultError::WrongSecret);
    let new = password_of(&refused.locked, OTHER);
    let open = refused.locked.unlock(&new).ok().unwrap();
    assert_eq!((open.live(), open.damage().len()), (1, 0));
    assert!(open.summary(&ids[0]).is_some());
    assert!(world.disk.load().unlock(&recovery(&code)).is_ok());
    // Both copies of the header are the new one: nothing on the disk opens with the old password.
    assert_eq!(
        world.disk.vault[key::HEADER],
        world.disk.vault[key::HEADER_COPY]
    );
}

/// A replaced password is recognised later, and only that one.
#[test]
fn replaced_passwords_are_recognised() {
    let mut world = World::new("retired");
    for (n, kdf) in [
        (1, KdfId::Argon2id64),
        (2, KdfId::Argon2id128),
        (3, KdfId::Argon2id128),
    ] {
        world.set_password([n; 32], kdf);
    }
    let locked = world.disk.load();
    let retired = locked.local().retired();
    assert_eq!(
        retired
            .iter()
            .map(|old| old.kdf_id.byte())
            .collect::<Vec<_>>(),
        [1, 1, 2]
    );
    assert!(retired.is_sorted_by_key(|old| old.replaced_at));
    for (index, stretched) in [PASSWORD, [1; 32], [2; 32]].iter().enumerate() {
        assert!(locked.was_replaced(index, stretched));
        assert!(
            !locked.was_replaced(index + 1, stretched) && !locked.was_replaced(index, &[3; 32])
        );
    }
    assert!(!locked.was_replaced(99, &PASSWORD));
    // What is kept to recognise a password opens nothing.
    for old in retired {
        assert!(
            locked
                .header()
                .slots
                .iter()
                .all(|slot| slot.salt != old.salt)
        );
    }
}

/// The verifier of a password that was set elsewhere is learnt when it is typed.
#[test]
fn a_lost_local_record_learns_the_password_again() {
    let mut world = World::new("learn");
    world.disk.vault.remove(key::LOCAL);
    world.open = world.reopen();
    world.run(|open, env| (open.record_opening(env).unwrap(), ()));
    world.set_password(OTHER, KdfId::Argon2id64);
    assert!(world.disk.load().was_replaced(0, &PASSWORD));
}

/// S-01: a weaker stretching than the one that was seen is refused, by the person's own hand too.
#[test]
fn s01_stretching_never_gets_weaker() {
    let mut world = World::with_kdf("floor", KdfId::Argon2id128, PASSWORD);
    let mut env = Env {
        rng: &mut world.rng,
        now: 0,
    };
    for kdf in [KdfId::None, KdfId::Argon2id64] {
        let refused = world
            .open
            .set_password(new_password(OTHER, kdf), &mut env)
            .err();
        assert_eq!(
            refused,
            Some(if kdf == KdfId::None {
                VaultError::Invalid
            } else {
                VaultError::KdfTooWeak
            })
        );
    }
    assert_eq!(world.open.min_kdf(), KdfId::Argon2id128);
    world.set_password(OTHER, KdfId::Argon2id256);
    assert_eq!(
        world
            .disk
            .load()
            .unlock(&password_of(&world.disk.load(), OTHER))
            .ok()
            .unwrap()
            .min_kdf(),
        KdfId::Argon2id256
    );
}

/// S-172: no passkey without a proved recovery code, and the code stays while there are passkeys.
#[test]
fn s172_biometrics_are_never_the_only_door() {
    let mut world = World::new("doors");
    let enrol = |credential: &[u8], prf: &[u8], eligible, synced| NewPasskey {
        credential_id: credential.to_vec(),
        salt: [1; 32],
        prf: Zeroizing::new(prf.to_vec()),
        backup_eligible: eligible,
        synced,
    };
    let mut env = Env {
        rng: &mut world.rng,
        now: 0,
    };
    let refused = world
        .open
        .add_passkey(enrol(b"a", &PRF, false, false), &mut env)
        .err();
    assert_eq!(refused, Some(VaultError::NoRecovery));
    world.confirm();
    let slot = world.add_passkey(PRF, b"a", false);
    let mut env = Env {
        rng: &mut world.rng,
        now: 0,
    };
    // S-170, and one credential once.
    for bad in [
        enrol(b"a", &PRF, false, false),
        enrol(b"", &PRF, false, false),
        enrol(&[1; 257], &PRF, false, false),
        enrol(b"b", &[0; 32], false, false),
        enrol(b"b", &[1; 31], false, false),
        enrol(b"b", &PRF, false, true),
        NewPasskey {
            salt: [0; 32],
            ..enrol(b"b", &PRF, false, false)
        },
    ] {
        assert_eq!(
            world.open.add_passkey(bad, &mut env).err(),
            Some(VaultError::Invalid)
        );
    }
    let ids = |kind| {
        world
            .open
            .header()
            .slots_of(kind)
            .map(|slot| slot.id)
            .collect::<Vec<_>>()
    };
    let (password, code) = (ids(SlotKind::Password)[0], ids(SlotKind::Recovery)[0]);
    for id in [password, code] {
        assert_eq!(
            world.open.remove_slot(&id, &mut env).err(),
            Some(VaultError::SlotInUse)
        );
    }
    assert_eq!(
        world
            .open
            .remove_slot(&SlotId::from_bytes([9; 16]), &mut env)
            .err(),
        Some(VaultError::NotFound)
    );
    world.run(|open, env| (open.remove_slot(&slot, env).unwrap(), ()));
    assert!(world.disk.load().unlock(&passkey(slot, PRF)).is_err());
    assert!(world.disk.load().local().passkey(&slot).is_none());
    world.run(|open, env| (open.remove_slot(&code, env).unwrap(), ()));
    assert!(world.reopen().damage().is_empty());
}

#[test]
fn sixteen_slots_and_no_more() {
    let mut world = World::new("full");
    world.confirm();
    for n in 1..=14u8 {
        world.add_passkey([n; 32], &[n], n % 2 == 0);
    }
    assert_eq!(world.open.header().slots.len(), 16);
    let one_more = NewPasskey {
        credential_id: vec![99],
        salt: [1; 32],
        prf: Zeroizing::new(PRF.to_vec()),
        backup_eligible: false,
        synced: false,
    };
    let refused = world
        .open
        .add_passkey(
            one_more,
            &mut Env {
                rng: &mut world.rng,
                now: 0,
            },
        )
        .err();
    assert_eq!(refused, Some(VaultError::SlotsFull));
    // Replacing still works when it is full.
    world.set_password(OTHER, KdfId::Argon2id64);
    world.run(|open, env| (open.replace_recovery(env).unwrap().0, ()));
    assert_eq!(world.open.header().slots.len(), 16);
}

#[test]
fn proving_a_factor_again() {
    let mut world = World::new("prove");
    world.confirm();
    let slot = world.add_passkey(PRF, b"credential", false);
    let password = world
        .open
        .header()
        .slots_of(SlotKind::Password)
        .next()
        .unwrap()
        .id;
    let stretched = |bytes| PasswordKey::new(password, Zeroizing::new(bytes));
    assert_eq!(
        world.open.proves(&stretched(PASSWORD)),
        Ok((SlotKind::Password, password))
    );
    assert_eq!(
        world.open.proves(&stretched(OTHER)),
        Err(VaultError::WrongSecret)
    );
    assert_eq!(
        world.open.proves(&passkey(slot, PRF)),
        Ok((SlotKind::Passkey, slot))
    );
    assert_eq!(
        world.open.proves(&passkey(slot, OTHER)),
        Err(VaultError::WrongSecret)
    );
    assert!(world.open.proves(&recovery(&world.code)).is_ok());
    assert_eq!(
        world.open.proves(&recovery(&World::new("x").code)),
        Err(VaultError::WrongSecret)
    );
    assert!(PasskeyKey::new(slot, &[0; 32]).is_err());
}
