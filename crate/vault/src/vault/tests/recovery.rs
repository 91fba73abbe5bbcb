//! Recovery codes: replaced after use, confirmed by a group.

use sesame_protocol::{FLAG_CONFIRMED, FLAG_SUCCESSOR, SlotKind};
use zeroize::Zeroizing;

use crate::testkit::{OTHER, PRF, World, recovery};
use crate::{Env, NewPasskey, VaultError, key};

fn recovery_flags(world: &World) -> Vec<u16> {
    world
        .open
        .header()
        .slots_of(SlotKind::Recovery)
        .map(|slot| slot.flags)
        .collect()
}

/// S-167: after its use a code is replaced, and opens nothing of the new state.
#[test]
fn s167_used_code_is_dead() {
    let mut world = World::new("used");
    let old = world.code.clone();
    world.confirm();
    world.add_passkey(PRF, b"credential", false);
    world.open = world.disk.load().unlock(&recovery(&old)).ok().unwrap();
    let new = world.run(|open, env| open.replace_recovery(env).unwrap());
    // With a passkey in place the new slot follows a confirmed one, and is not confirmed itself.
    assert_eq!(recovery_flags(&world), [FLAG_SUCCESSOR]);
    let refused = world.disk.load().unlock(&recovery(&old)).err().unwrap();
    assert_eq!(refused.error, VaultError::WrongSecret);
    assert!(refused.locked.unlock(&recovery(&new)).is_ok());
    // No further passkey before the new code is proved; then again.
    let enrol = || NewPasskey {
        credential_id: b"two".to_vec(),
        salt: [1; 32],
        prf: Zeroizing::new(OTHER.to_vec()),
        backup_eligible: false,
        synced: false,
    };
    let mut env = Env {
        rng: &mut world.rng,
        now: 0,
    };
    assert_eq!(
        world.open.add_passkey(enrol(), &mut env).err(),
        Some(VaultError::NoRecovery)
    );
    world.confirm();
    assert_eq!(recovery_flags(&world), [FLAG_CONFIRMED]);
    world.run(|open, env| (open.add_passkey(enrol(), env).unwrap().1, ()));
    assert!(world.disk.load().unlock(&recovery(&new)).is_ok());
}

/// A code is confirmed by a group of it, also after a restart, and is not kept after that.
#[test]
fn confirming_a_code() {
    let mut world = World::new("confirm");
    let code = world.code.display();
    let secret = world.open.session_secret();
    world.open = world.disk.load().resume(&*secret).ok().unwrap();
    assert_eq!(recovery_flags(&world), [0]);
    let mut env = Env {
        rng: &mut world.rng,
        now: 0,
    };
    assert!(
        world
            .open
            .confirm_recovery(2, &code[..4], &mut env)
            .unwrap()
            .is_none()
    );
    assert!(
        world
            .open
            .confirm_recovery(9, &code[..4], &mut env)
            .unwrap()
            .is_none()
    );
    world.run(|open, env| {
        (
            open.confirm_recovery(2, &code[5..9].to_lowercase(), env)
                .unwrap()
                .unwrap(),
            (),
        )
    });
    assert_eq!(recovery_flags(&world), [FLAG_CONFIRMED]);
    assert!(!world.disk.vault.contains_key(key::PENDING));
    assert!(world.reopen().pending_recovery().is_none());
    assert!(world.disk.load().unlock(&recovery(&world.code)).is_ok());
    let mut env = Env {
        rng: &mut world.rng,
        now: 0,
    };
    assert_eq!(
        world.open.confirm_recovery(1, &code[..4], &mut env).err(),
        Some(VaultError::NotFound)
    );
}
