//! The settings item's CBOR.
#![no_main]

use sesame_protocol::ItemId;
use sesame_vault::settings::Settings;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let id = ItemId::from_bytes([1; 16]);
    if let Ok(settings) = Settings::from_cbor(bytes, &id, 1) {
        assert_eq!(settings.to_cbor(&id, 1).as_slice(), bytes);
    }
});
