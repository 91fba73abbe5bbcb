//! A summary as the index shards keep it.
#![no_main]

use sesame_vault::search::{Haystack, Needle};
use sesame_vault::summary::Summary;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(summary) = Summary::from_bytes(bytes) {
        let _ = Needle::new(&summary.name).rank(&Haystack::of(&summary));
    }
});
