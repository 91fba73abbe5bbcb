//! Backup files, strictly and as far as they hold; then what is in them.
#![no_main]

use sesame_vault::{Backup, Locked};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for read in [Backup::read(bytes), Backup::salvage(bytes)] {
        if let Ok(backup) = read {
            let (stored, _) = backup.into_parts();
            let _ = Locked::load(stored);
        }
    }
});
