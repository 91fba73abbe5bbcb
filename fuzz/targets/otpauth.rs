//! One-time-code secrets as people paste them.
#![no_main]

use sesame_vault::totp::Totp;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for text in [text, &format!("otpauth://totp/a?{text}")] {
        if let Ok(totp) = Totp::parse(text) {
            let code = totp.code(59);
            assert_eq!(code.len(), usize::from(totp.digits()));
            assert!(code.bytes().all(|b| b.is_ascii_digit()));
        }
    }
});
