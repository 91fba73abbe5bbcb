//! Which share of uniformly drawn passwords meets the minimum counts.

/// How many characters a set has.
pub(super) fn size_of(characters: &[char]) -> u32 {
    u32::try_from(characters.len()).unwrap_or(u32::MAX)
}

/// The probability that `length` characters, drawn uniformly from all sets together, hold at least
/// the minimum of each. `sets` are (size, minimum). Exact up to rounding: the sets are taken one
/// after the other, counting the ways to spread them over the free places.
pub(super) fn share_accepted(length: u32, sets: &[(u32, u32)]) -> f64 {
    let total: f64 = sets.iter().map(|(size, _)| f64::from(*size)).sum();
    // ways[n] = weight of all choices in which n places are taken by the sets seen so far,
    // divided by n! (exponential generating functions multiply).
    let places = usize::try_from(length).unwrap_or(0);
    let mut ways = vec![0.0; places.saturating_add(1)];
    if let Some(none) = ways.first_mut() {
        *none = 1.0;
    }
    for (size, min) in sets {
        let p = f64::from(*size) / total;
        let series = power_series(p, *min, places);
        ways = (0..=places)
            .map(|n| {
                let taken = ways.iter().take(n.saturating_add(1));
                let added = series.iter().take(n.saturating_add(1)).rev();
                taken.zip(added).map(|(a, b)| a * b).sum()
            })
            .collect();
    }
    let orders: f64 = (1..=length).map(f64::from).product();
    ways.last().copied().unwrap_or(0.0) * orders
}

/// `p^k / k!` for k = 0 to `places`, with 0 where k is under the minimum.
fn power_series(p: f64, min: u32, places: usize) -> Vec<f64> {
    let mut term = 1.0;
    let mut series = Vec::with_capacity(places.saturating_add(1));
    for (k, at) in (0_u32..).zip(0..=places) {
        if at > 0 {
            term *= p / f64::from(k);
        }
        series.push(if k >= min { term } else { 0.0 });
    }
    series
}
