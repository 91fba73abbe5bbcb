//! HDR1: whatever is read is written again byte for byte.
#![no_main]

use sesame_protocol::Header;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(header) = Header::parse(bytes) {
        assert_eq!(header.encode().as_deref(), Ok(bytes));
    }
});
