//! Certificates made for one test: self-signed, Ed25519, for `localhost` (RFC 5280, RFC 8410).

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};

use super::vault::random;

const INTEGER: u8 = 0x02;
const BITS: u8 = 0x03;
const OCTETS: u8 = 0x04;
const TEXT: u8 = 0x0c;
const TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;

/// Identifier of Ed25519 (1.3.101.112), of a common name and of other names, as DER writes them.
const ED25519: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];
const COMMON_NAME: &[u8] = &[0x06, 0x03, 0x55, 0x04, 0x03];
const OTHER_NAMES: &[u8] = &[0x06, 0x03, 0x55, 0x1d, 0x11];

fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let [high, low] = u16::try_from(body.len()).unwrap().to_be_bytes();
    let head = match (high, low) {
        (0, 0..=0x7f) => vec![tag, low],
        (0, _) => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [head, body].concat()
}

/// A certificate and its key.
pub struct Certificate {
    pub der: Vec<u8>,
    key: Vec<u8>,
}

impl Certificate {
    pub fn new() -> Self {
        let seed: [u8; 32] = random();
        let signer = SigningKey::from_bytes(&seed);
        let algorithm = der(SEQUENCE, &[ED25519]);
        let attribute = der(SEQUENCE, &[COMMON_NAME, &der(TEXT, &[b"localhost"])]);
        let name = der(SEQUENCE, &[&der(SET, &[&attribute])]);
        let validity = der(
            SEQUENCE,
            &[
                &der(0x17, &[b"200101000000Z"]),
                &der(TIME, &[b"21200101000000Z"]),
            ],
        );
        let public = der(BITS, &[&[0], signer.verifying_key().as_bytes()]);
        let dns = der(OCTETS, &[&der(SEQUENCE, &[&der(0x82, &[b"localhost"])])]);
        let extensions = der(SEQUENCE, &[&der(SEQUENCE, &[OTHER_NAMES, &dns])]);
        let body = der(
            SEQUENCE,
            &[
                &der(0xa0, &[&der(INTEGER, &[&[2]])]),
                &der(INTEGER, &[&[1]]),
                &algorithm,
                &name,
                &validity,
                &name,
                &der(SEQUENCE, &[&algorithm, &public]),
                &der(0xa3, &[&extensions]),
            ],
        );
        let signature = der(BITS, &[&[0], &signer.sign(&body).to_bytes()]);
        let key = der(OCTETS, &[&der(OCTETS, &[&seed])]);
        Self {
            der: der(SEQUENCE, &[&body, &algorithm, &signature]),
            key: der(SEQUENCE, &[&der(INTEGER, &[&[0]]), &algorithm, &key]),
        }
    }

    /// Writes both in PEM; where they are.
    pub fn write(&self, folder: &Path, name: &str) -> (PathBuf, PathBuf) {
        let paths = [
            ("crt", "CERTIFICATE", &self.der),
            ("key", "PRIVATE KEY", &self.key),
        ]
        .map(|(end, label, bytes)| {
            let path = folder.join(format!("{name}.{end}"));
            let body = STANDARD.encode(bytes);
            let text = format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n");
            std::fs::write(&path, text).unwrap();
            path
        });
        paths.into()
    }
}
