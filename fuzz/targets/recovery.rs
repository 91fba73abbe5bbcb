//! Recovery codes as people type them.
#![no_main]

use sesame_vault::RecoveryCode;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(code) = RecoveryCode::parse(text) {
        assert!(RecoveryCode::parse(&code.display()).is_ok());
    }
});
