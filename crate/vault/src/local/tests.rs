use super::*;
use zeroize::Zeroizing;

fn owner() -> Owner {
    Owner {
        account: AccountId::from_bytes([1; 16]),
        generation: GenId::from_bytes([2; 16]),
        device: DeviceId::from_bytes([3; 16]),
    }
}

fn key() -> VaultKey {
    VaultKey::from_bytes(Zeroizing::new([4; 32]))
}

fn local() -> Local {
    let mut local = Local {
        vault_name: "Caff\u{e8}".into(),
        hint: "bird".into(),
        created_at: 1,
        password_set_at: 2,
        password_proved_at: Some(3),
        current: Some(Current {
            slot: SlotId::from_bytes([5; 16]),
            verifier: [6; 16],
        }),
        ..Local::default()
    };
    local.retire(Retired {
        kdf_id: KdfId::Argon2id128,
        salt: [7; 32],
        replaced_at: 8,
        verifier: [9; 16],
    });
    local
        .passkey_mut(SlotId::from_bytes([10; 16]), 11)
        .unwrap()
        .last_problem = Some(PasskeyProblem::KeyChanged);
    local
}

/// S-160: not one bit of the local record can change: by accident it does not parse, and with a
/// checksum made to fit it is not genuine.
#[test]
fn s160_every_bit_of_the_local_record() {
    let good = local().seal(&owner(), &key()).unwrap();
    let parsed = UnprovedLocal::parse(&good).unwrap();
    assert!(parsed.is_genuine(&key()) && parsed.local == local() && parsed.owner == owner());
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << bit;
            let read = UnprovedLocal::parse(&bytes);
            // The MAC itself is only checked with the key; all else is covered by the checksum.
            assert!(
                if at < good.len() - 32 {
                    read.is_err()
                } else {
                    !read.unwrap().is_genuine(&key())
                },
                "{at} {bit}"
            );
            let content = bytes.len() - 64;
            let sum = sesame_protocol::sha256(&[&bytes[..content]]);
            bytes[content..content + 32].copy_from_slice(&sum);
            if at < content {
                assert!(
                    !UnprovedLocal::parse(&bytes).is_ok_and(|read| read.is_genuine(&key())),
                    "{at} {bit}"
                );
            }
        }
        assert!(UnprovedLocal::parse(&good[..at]).is_err());
    }
    assert!(UnprovedLocal::parse(&[good.as_slice(), &[0]].concat()).is_err());
    let other = VaultKey::from_bytes(Zeroizing::new([5; 32]));
    assert!(!UnprovedLocal::parse(&good).unwrap().is_genuine(&other));
}

#[test]
fn limits() {
    let hint = Local {
        hint: "\u{e8}".repeat(HINT_MAX_CHARS),
        ..Local::default()
    };
    assert!(hint.seal(&owner(), &key()).is_ok());
    let hint = Local {
        hint: "x".repeat(HINT_MAX_CHARS + 1),
        ..Local::default()
    };
    assert_eq!(
        hint.seal(&owner(), &key()).err(),
        Some(VaultError::TooLarge)
    );
    let name = Local {
        vault_name: "x".repeat(VAULT_NAME_MAX + 1),
        ..Local::default()
    };
    assert_eq!(
        name.seal(&owner(), &key()).err(),
        Some(VaultError::TooLarge)
    );
}

#[test]
fn oldest_retired_password_goes_first() {
    let mut local = Local::default();
    for at in 0..20 {
        local.retire(Retired {
            kdf_id: KdfId::Argon2id64,
            salt: [1; 32],
            replaced_at: at,
            verifier: [0; 16],
        });
    }
    assert_eq!(local.retired().len(), RETIRED_MAX);
    assert_eq!(
        (
            local.retired()[0].replaced_at,
            local.retired()[15].replaced_at
        ),
        (4, 19)
    );
}

/// S-160: remarks made while locked are nobody's word, but damage in them is seen.
#[test]
fn s160_notes() {
    let mut notes = Notes::default();
    for n in 0..20u8 {
        notes.add(Remark {
            slot: SlotId::from_bytes([n; 16]),
            problem: PasskeyProblem::NotAllowed,
            at: 5,
        });
    }
    notes.add(Remark {
        slot: SlotId::from_bytes([19; 16]),
        problem: PasskeyProblem::NoPrf,
        at: 6,
    });
    assert_eq!(notes.0.len(), 16);
    let good = encode_notes(&notes);
    assert_eq!(decode_notes(&good).unwrap().0, notes.0);
    for at in 0..good.len() {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        assert!(decode_notes(&bytes).is_err() && decode_notes(&good[..at]).is_err());
    }
}

/// The verifier of a replaced password says nothing about another salt, vault or password.
#[test]
fn verifiers_differ() {
    let base = verifier(&[1; 32], &owner(), &[2; 32]);
    assert_ne!(base, verifier(&[3; 32], &owner(), &[2; 32]));
    assert_ne!(base, verifier(&[1; 32], &owner(), &[3; 32]));
    assert_ne!(
        base,
        verifier(
            &[1; 32],
            &Owner {
                account: AccountId::from_bytes([9; 16]),
                ..owner()
            },
            &[2; 32]
        )
    );
    assert_ne!(
        base,
        verifier(
            &[1; 32],
            &Owner {
                generation: GenId::from_bytes([9; 16]),
                ..owner()
            },
            &[2; 32]
        )
    );
}
