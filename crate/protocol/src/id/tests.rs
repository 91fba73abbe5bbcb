use super::*;
use proptest::prelude::*;

proptest! {
  #[test]
  fn hex_round_trips(bytes: [u8; 16]) {
    let id = ItemId::from_bytes(bytes);
    prop_assert_eq!(ItemId::parse_hex(&id.to_string()), Some(id));
  }

  #[test]
  fn one_spelling_only(text in "\\PC{0,40}") {
    if let Some(id) = ItemId::parse_hex(&text) {
      prop_assert_eq!(id.to_string(), text);
    }
  }
}

#[test]
fn refuses_other_spellings() {
    let good = "00112233445566778899aabbccddeeff";
    assert!(ItemId::parse_hex(good).is_some());
    for bad in [
        "",
        "0",
        &good[1..],
        &good.to_uppercase(),
        "00112233445566778899aabbccddeefg",
    ] {
        assert_eq!(ItemId::parse_hex(bad), None, "{bad}");
    }
}
