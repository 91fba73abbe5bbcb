//! MAN1 with its signature, and a bucket's entries.
#![no_main]

use sesame_protocol::{SignedManifest, decode_entries, encode_entries};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(manifest) = SignedManifest::parse(bytes) {
        let _ = manifest.verify(&[7; 32]);
        let _ = manifest.hash();
    }
    for bucket in [0, 63] {
        if let Ok(entries) = decode_entries(bucket, bytes) {
            assert_eq!(encode_entries(&entries).as_deref(), Ok(bytes));
        }
    }
});
