//! Sorting through one routine. Every sort of another type would be another copy of the standard
//! library's 8 kB in the service worker's module, which has to be read each time that it wakes.

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The items in the order that `compare` gives; equals stay as they were.
#[must_use]
pub fn sorted_by<T>(items: Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) -> Vec<T> {
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort(
        &mut places,
        &mut |a, b| match (items.get(a), items.get(b)) {
            (Some(one), Some(other)) => compare(one, other),
            // All places are of the list.
            _ => Ordering::Equal,
        },
    );
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    places
        .into_iter()
        .filter_map(|at| items.get_mut(at)?.take())
        .collect()
}

#[inline(never)]
fn sort(places: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    places.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
}

/// A map of these pairs, the last of equal keys. Collecting into one would sort them first, with another
/// copy of that routine for each type.
#[must_use]
pub fn map_of<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in pairs {
        map.insert(key, value);
    }
    map
}

#[cfg(test)]
mod tests;
