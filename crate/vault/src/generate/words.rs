//! The EFF large list: 7776 words (licence beside it).

const EFF_LARGE: &str = include_str!("eff_large.txt");

/// The words, sorted.
pub(super) fn list() -> Vec<&'static str> {
    EFF_LARGE.lines().collect()
}
