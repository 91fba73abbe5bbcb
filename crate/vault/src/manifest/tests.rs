use super::*;
use sesame_protocol::KdfId;

fn link(seq: u64, prev: u8, head: u8) -> Link {
    let manifest = Manifest {
        account: AccountId::from_bytes([1; 16]),
        generation: GenId::from_bytes([2; 16]),
        seq,
        prev_hash: [prev; 32],
        header_hash: [0; 32],
        device: DeviceId::from_bytes([3; 16]),
        live: 0,
        tombstones: 0,
        buckets: [[0; 32]; BUCKETS],
    };
    Link {
        manifest,
        bytes: vec![],
        head: [head; 32],
    }
}

/// S-09, S-10, S-27: how a stored manifest stands to what this device has seen.
#[test]
fn s09_standing() {
    let anchor = Anchor {
        seq: 10,
        head: [10; 32],
        hdr_seq: 0,
        min_kdf: KdfId::None,
    };
    for (seq, prev, head, expected) in [
        (10, 9, 10, Standing::Newest),
        (11, 10, 11, Standing::Newest),
        (10, 9, 99, Standing::RolledBack),
        (11, 99, 11, Standing::RolledBack),
        (9, 8, 9, Standing::RolledBack),
        (0, 0, 0, Standing::RolledBack),
        (12, 11, 12, Standing::AnchorBehind),
        (10 + MAX_JUMP, 0, 0, Standing::AnchorBehind),
        (11 + MAX_JUMP, 0, 0, Standing::RolledBack),
        (u64::MAX, 0, 0, Standing::RolledBack),
    ] {
        assert_eq!(
            link(seq, prev, head).standing(&anchor),
            expected,
            "{seq} {prev} {head}"
        );
    }
    let end = Anchor {
        seq: u64::MAX,
        ..anchor
    };
    assert_eq!(link(0, 0, 0).standing(&end), Standing::RolledBack);
}
