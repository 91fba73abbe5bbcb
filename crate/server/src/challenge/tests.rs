use super::{ChallengeKey, LIFE_MS, Purpose, Subject};

const NOW: u64 = 1_795_402_500_000;

const fn subject(purpose: Purpose) -> Subject<'static> {
    Subject {
        purpose,
        account: &[1; 16],
        of: &[2; 16],
    }
}

#[test]
fn s158_a_challenge_is_good_for_its_subject_and_its_time_only() {
    let key = ChallengeKey::new([5; 32]);
    let given = key
        .issue(subject(Purpose::Recover), NOW)
        .expect("random bytes");
    assert_eq!(given.exp, NOW + LIFE_MS);
    let good = |subject, now| key.check(subject, &given.nonce, now).is_some();
    assert!(good(subject(Purpose::Recover), NOW));
    assert!(good(subject(Purpose::Recover), given.exp));
    assert!(!good(subject(Purpose::Recover), given.exp + 1));
    assert!(!good(subject(Purpose::Recover), NOW - LIFE_MS));
    for other in [Purpose::Session, Purpose::Undo, Purpose::Sealed] {
        assert!(!good(subject(other), NOW), "{other:?}");
    }
    let elsewhere = Subject {
        account: &[9; 16],
        ..subject(Purpose::Recover)
    };
    assert!(!good(elsewhere, NOW));
    let elsewhere = Subject {
        of: &[9; 16],
        ..subject(Purpose::Recover)
    };
    assert!(!good(elsewhere, NOW));
    assert!(
        ChallengeKey::new([6; 32])
            .check(subject(Purpose::Recover), &given.nonce, NOW)
            .is_none()
    );
}

#[test]
fn s158_no_bit_of_a_challenge_can_be_changed() {
    let key = ChallengeKey::new([5; 32]);
    let given = key
        .issue(subject(Purpose::Session), NOW)
        .expect("random bytes");
    for bit in 0..256 {
        let mut nonce = given.nonce;
        nonce[bit / 8] ^= 1 << (bit % 8);
        assert!(
            key.check(subject(Purpose::Session), &nonce, NOW).is_none(),
            "{bit}"
        );
    }
}
