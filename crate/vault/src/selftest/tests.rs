mod make;

use super::*;

/// S-159: every primitive against its published vectors, natively.
#[test]
fn s159_known_answers() {
    for (name, check) in CHECKS.iter().filter(|(name, _)| *name != "golden vaults") {
        let checked = check().unwrap_or_else(|error| panic!("{name}: {error}"));
        println!("{name}: {checked}");
        assert!(checked > 0);
    }
}

/// S-175: this version opens every vault that any version made.
#[test]
fn s175_golden_vaults() {
    assert!(golden::FILES.len() >= 10);
    assert!(golden::open_all().unwrap() > 200);
}
