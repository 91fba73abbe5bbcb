use super::*;
use proptest::prelude::*;

fn encode(label: Label, parts: &[Vec<u8>]) -> Vec<u8> {
    let parts: Vec<Part<'_>> = parts
        .iter()
        .map(|part| Part::try_from(part.as_slice()).unwrap())
        .collect();
    ctx(label, &parts)
}

#[test]
fn layout() {
    assert_eq!(
        ctx(Label::Item, &[Part::from(b"ab"), Part::from(b"")]),
        b"\x0csesame1/item\x00\x02ab\x00\x00"
    );
}

#[test]
fn s162_parts_over_the_prefix_are_refused() {
    assert!(Part::try_from(vec![0; 65_535].as_slice()).is_ok());
    assert!(Part::try_from(vec![0; 65_536].as_slice()).is_err());
}

proptest! {
  #![proptest_config(ProptestConfig::with_cases(20_000))]
  /// S-162: short parts over a tiny alphabet, so that ("ab","c") against ("a","bc"), empty parts
  /// and parts that look like length prefixes all come up.
  #[test]
  fn s162_injective(
    a in prop::collection::vec(prop::collection::vec(0u8..3, 0..4), 0..4),
    b in prop::collection::vec(prop::collection::vec(0u8..3, 0..4), 0..4),
    la in 0usize..24, lb in 0usize..24,
  ) {
    let (la, lb) = (Label::ALL[la], Label::ALL[lb]);
    prop_assert_eq!(encode(la, &a) == encode(lb, &b), la == lb && a == b);
  }
}

/// S-162: exhaustively over all lists of up to 3 parts of up to 2 bytes from {0, 1, 2}:
/// over 2,000 lists, that is over 2 million pairs, no two alike.
#[test]
fn s162_injective_exhaustive() {
    let mut parts: Vec<Vec<u8>> = vec![vec![]];
    for a in 0..3 {
        parts.push(vec![a]);
        parts.extend((0..3).map(|b| vec![a, b]));
    }
    let mut seen = std::collections::HashSet::from([encode(Label::Slot, &[])]);
    for a in &parts {
        assert!(seen.insert(encode(Label::Slot, std::slice::from_ref(a))));
        for b in &parts {
            assert!(seen.insert(encode(Label::Slot, &[a.clone(), b.clone()])));
            for c in &parts {
                assert!(seen.insert(encode(Label::Slot, &[a.clone(), b.clone(), c.clone()])));
            }
        }
    }
    assert!(seen.len() > 2_000);
}
