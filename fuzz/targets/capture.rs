//! What was typed into a page, after its seal was opened.
#![no_main]

use sesame_vault::capture::{Capture, TEXT_MAX, joined};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(capture) = Capture::from_bytes(bytes) {
        let again = capture
            .to_bytes()
            .and_then(|bytes| Capture::from_bytes(&bytes));
        let long = bytes.len() > TEXT_MAX;
        assert!(long || again.is_ok_and(|again| again == capture));
        let _ = joined(vec![capture.clone(), capture], |one, other| one == other);
    }
});
