use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn as_the_standard_library_sorts_and_stable(items in proptest::collection::vec((0_u8..5, any::<u8>()), 0..200)) {
        let mut expected = items.clone();
        expected.sort_by_key(|item| item.0);
        prop_assert_eq!(sorted_by(items, |a, b| a.0.cmp(&b.0)), expected);
    }
}
