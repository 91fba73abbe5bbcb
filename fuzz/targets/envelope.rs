//! ENC1, of every kind.
#![no_main]

use sesame_protocol::{Envelope, Kind};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for kind in [Kind::SlotWrap, Kind::Item, Kind::Tombstone, Kind::LocalCache, Kind::LocalAnchor] {
        let _ = Envelope::parse(bytes, kind);
    }
});
