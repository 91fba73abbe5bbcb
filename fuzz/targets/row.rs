//! A stored row.
#![no_main]

use sesame_protocol::{Row, encode_row};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(row) = Row::parse(bytes) {
        assert_eq!(encode_row(row.rev, row.op, row.blob), bytes);
    }
});
