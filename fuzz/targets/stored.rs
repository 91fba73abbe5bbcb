//! What lies in the browser's database: header, manifest, local record, remarks, shards.
#![no_main]

use sesame_vault::{Locked, Stored};
use std::collections::BTreeMap;

libfuzzer_sys::fuzz_target!(|parts: [Vec<u8>; 6]| {
    let [header, copy, manifest, local, notes, shard] = parts;
    let vault = [
        ("header", header),
        ("header.previous", copy),
        ("manifest", manifest),
        ("local", local),
        ("notes", notes),
    ];
    let vault: BTreeMap<String, Vec<u8>> =
        vault.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let shards = BTreeMap::from([("00".to_owned(), shard)]);
    if let Ok(locked) = Locked::load(Stored::new(vault, shards)) {
        let _ = locked.was_replaced(0, &[1; 32]);
        let _ = locked.sealed_copy(&BTreeMap::new(), 0);
        let _ = locked.resume(&[1; 48]);
    }
});
