use sesame_protocol::{
    FLAG_BACKUP_ELIGIBLE, FLAG_CONFIRMED, FLAG_SUCCESSOR, KdfId, SlotId, SlotKind,
};

use super::*;
use crate::testkit::{OTHER, PASSWORD, PRF, World, passkey, recovery};

type Secrets = Vec<(SlotId, Box<dyn Unlocker>)>;

/// A vault with two passkeys, a recovery code and a password, and a secret for each slot.
fn world() -> (World, Secrets) {
    let mut world = World::new("slots");
    let code = world.code.clone();
    world.confirm();
    let a = world.add_passkey(PRF, b"credential a", false);
    let b = world.add_passkey([0x44; 32], b"credential b", true);
    let header = world.open.header();
    let password = header.slots_of(SlotKind::Password).next().unwrap().id;
    let rec = header.slots_of(SlotKind::Recovery).next().unwrap().id;
    let secrets: Secrets = vec![
        (
            password,
            Box::new(PasswordKey::new(password, Zeroizing::new(PASSWORD))),
        ),
        (rec, Box::new(recovery(&code))),
        (a, Box::new(passkey(a, PRF))),
        (b, Box::new(passkey(b, [0x44; 32]))),
    ];
    (world, secrets)
}

#[test]
fn every_secret_opens_its_slot_only() {
    let (world, secrets) = world();
    let header = world.open.header();
    for (id, secret) in &secrets {
        for slot in &header.slots {
            let opened = secret.unwrap_slot(header, slot);
            assert_eq!(matches!(opened, Some(Ok(_))), slot.id == *id);
        }
        assert_eq!(
            unlock(header, &**secret).map(|(_, slot)| slot.id).ok(),
            Some(*id)
        );
    }
    let wrong = PasswordKey::new(secrets[0].0, Zeroizing::new(OTHER));
    assert_eq!(unlock(header, &wrong).err().map(|_| ()), Some(()));
    assert!(matches!(
        unlock(header, &passkey(SlotId::from_bytes([0; 16]), PRF)),
        Err(VaultError::NotFound)
    ));
}

/// S-14: any field of a slot taken from any other slot, or changed at all, and it does not open.
#[test]
fn s14_slots_do_not_mix() {
    let (world, secrets) = world();
    let header = world.open.header();
    let slot_of = |id: &SlotId| header.slot(id).unwrap().clone();
    let fails = |secret: &dyn Unlocker, slot: Slot| {
        !matches!(secret.unwrap_slot(header, &slot), Some(Ok(_)))
    };
    for (id, secret) in &secrets {
        let own = slot_of(id);
        for (other_id, _) in secrets.iter().filter(|(other, _)| other != id) {
            let other = slot_of(other_id);
            assert!(fails(
                &**secret,
                Slot {
                    wrap: other.wrap,
                    ..own.clone()
                }
            ));
            assert!(
                fails(
                    &**secret,
                    Slot {
                        kind: other.kind,
                        ..own.clone()
                    }
                ) || own.kind == other.kind
            );
            assert!(fails(
                &**secret,
                Slot {
                    salt: other.salt,
                    ..own.clone()
                }
            ));
            assert!(fails(
                &**secret,
                Slot {
                    id: other.id,
                    ..own.clone()
                }
            ));
            assert!(
                fails(
                    &**secret,
                    Slot {
                        aux: other.aux.clone(),
                        ..own.clone()
                    }
                ) || own.aux == other.aux
            );
            // The whole body of another slot under this slot's id.
            assert!(fails(
                &**secret,
                Slot {
                    id: own.id,
                    ..other.clone()
                }
            ));
        }
        for kdf_id in [
            KdfId::None,
            KdfId::Argon2id64,
            KdfId::Argon2id128,
            KdfId::Argon2id256,
        ] {
            assert_eq!(
                fails(
                    &**secret,
                    Slot {
                        kdf_id,
                        ..own.clone()
                    }
                ),
                kdf_id != own.kdf_id
            );
        }
        for flags in [FLAG_CONFIRMED, FLAG_SUCCESSOR, FLAG_BACKUP_ELIGIBLE, 0x8000] {
            assert!(fails(
                &**secret,
                Slot {
                    flags: own.flags ^ flags,
                    ..own.clone()
                }
            ));
        }
        for at in 0..WRAP_LEN {
            let mut wrap = own.wrap;
            wrap[at] ^= 0x10;
            assert!(fails(
                &**secret,
                Slot {
                    wrap,
                    ..own.clone()
                }
            ));
        }
    }
}

/// S-05: the same secrets do not open the slot in another account or generation.
#[test]
fn s05_slots_are_bound_to_account_and_generation() {
    let (world, secrets) = world();
    let header = world.open.header();
    let account = Header {
        account: sesame_protocol::AccountId::from_bytes([1; 16]),
        ..header.clone()
    };
    let generation = Header {
        generation: sesame_protocol::GenId::from_bytes([1; 16]),
        ..header.clone()
    };
    for (_, secret) in &secrets {
        assert!(unlock(header, &**secret).is_ok());
        assert!(unlock(&account, &**secret).is_err());
        assert!(unlock(&generation, &**secret).is_err());
    }
}

/// S-170: a PRF output that is absent, short, long or zero is no secret.
#[test]
fn s170_prf_outputs() {
    let slot = SlotId::from_bytes([1; 16]);
    for bad in [&[][..], &[1; 31], &[1; 33], &[0; 32], &[1; 64]] {
        assert_eq!(PasskeyKey::new(slot, bad).err(), Some(VaultError::Invalid));
    }
    assert!(PasskeyKey::new(slot, &PRF).is_ok());
}

/// S-170: another authenticator's answer is "not this key", and the slot stays.
#[test]
fn s170_changed_authenticator() {
    let (world, secrets) = world();
    let slot = secrets[2].0;
    let locked = world.disk.load();
    let refused = locked.unlock(&passkey(slot, OTHER)).err().unwrap();
    assert_eq!(refused.error, VaultError::WrongSecret);
    assert!(refused.locked.header().slot(&slot).is_some());
}
