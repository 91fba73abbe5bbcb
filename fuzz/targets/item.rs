//! An item's CBOR: one item, one encoding; an edit keeps it readable.
#![no_main]

use sesame_protocol::DeviceId;
use sesame_vault::item::Item;
use sesame_vault::summary::Summary;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(mut item) = Item::from_cbor(bytes) else { return };
    assert_eq!(item.to_cbor().as_slice(), bytes);
    let _ = item.check_limits();
    assert!(Summary::from_bytes(&Summary::of(&item).to_bytes()).is_some());
    let edit = item.to_edit();
    item.apply(&edit, 1, DeviceId::from_bytes([1; 16]));
    assert!(Item::from_cbor(&item.to_cbor()).is_ok());
});
