use std::time::Duration;

use super::Waits;

#[test]
fn percentiles_are_waits_that_happened() {
    let mut waits = Waits::default();
    assert!(waits.percentile(50) == 0.0);
    for ms in (1..=200).rev() {
        waits.add(Duration::from_millis(ms));
    }
    assert_eq!(waits.count(), 200);
    assert!((waits.percentile(50) - 101.0).abs() < 1e-9);
    assert!((waits.percentile(99) - 199.0).abs() < 1e-9);
    assert!((waits.percentile(100) - 200.0).abs() < 1e-9);
}
