use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use proptest::prelude::*;

use super::{Cost, Impossible, Input, LONG_TAG_LEN, TAG_LEN, argon2id, argon2id_long};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 9106 section 5.3.
#[test]
fn rfc_9106_vector() {
    let tag = argon2id(
        Cost {
            passes: 3,
            memory_kib: 32,
            lanes: 4,
        },
        Input {
            password: &[1; 32],
            salt: &[2; 16],
            secret: &[3; 8],
            associated: &[4; 12],
        },
    );
    assert_eq!(
        tag.map(|tag| hex(&*tag)),
        Ok("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659".to_owned())
    );
}

#[test]
fn s02_impossible_costs_are_refused() {
    for (passes, memory_kib, lanes) in [(0, 64, 1), (1, 0, 1), (1, 64, 0), (1, 7, 1), (3, 31, 4)] {
        let tag = argon2id(
            Cost {
                passes,
                memory_kib,
                lanes,
            },
            Input::default(),
        );
        assert_eq!(tag, Err(Impossible), "{passes} {memory_kib} {lanes}");
    }
}

fn oracle(cost: Cost, input: Input<'_>) -> String {
    oracle_of(cost, input, TAG_LEN)
}

fn oracle_of(cost: Cost, input: Input<'_>, tag_len: usize) -> String {
    let params = ParamsBuilder::new()
        .t_cost(cost.passes)
        .m_cost(cost.memory_kib)
        .p_cost(cost.lanes)
        .output_len(tag_len)
        .data(AssociatedData::new(input.associated).unwrap())
        .build()
        .unwrap();
    let mut tag = vec![0; tag_len];
    Argon2::new_with_secret(input.secret, Algorithm::Argon2id, Version::V0x13, params)
        .unwrap()
        .hash_password_into(input.password, input.salt, &mut tag)
        .unwrap();
    hex(&tag)
}

fn bytes(len: std::ops::Range<usize>) -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), len)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn agrees_with_rustcrypto(
        passes in 1_u32..6,
        lanes in 1_u32..7,
        more in 0_u32..2000,
        password in bytes(0..200),
        salt in bytes(8..100),
        secret in bytes(0..33),
        associated in bytes(0..33),
    ) {
        let cost = Cost { passes, lanes, memory_kib: 8 * lanes + more };
        let input = Input {
            password: &password, salt: &salt, secret: &secret, associated: &associated,
        };
        prop_assert_eq!(argon2id(cost, input).map(|tag| hex(&*tag)), Ok(oracle(cost, input)));
        prop_assert_eq!(
            argon2id_long(cost, input).map(|tag| hex(&*tag)),
            Ok(oracle_of(cost, input, LONG_TAG_LEN))
        );
    }
}

/// More than one address block per segment, which small sizes never reach.
#[test]
fn agrees_with_rustcrypto_at_16_mib() {
    for lanes in [1, 4] {
        let cost = Cost {
            passes: 2,
            memory_kib: 16 * 1024 + 5,
            lanes,
        };
        let input = Input {
            password: b"password",
            salt: b"0123456789abcdef",
            ..Input::default()
        };
        assert_eq!(
            argon2id(cost, input).map(|tag| hex(&*tag)),
            Ok(oracle(cost, input))
        );
    }
}
