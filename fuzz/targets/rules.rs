//! What a page says about new passwords: `passwordrules` and `pattern`, each on a line.
#![no_main]

use sesame_vault::generate::{Characters, FieldRules, Options, generate_for};
use sesame_vault::{Random, RandomError};

/// The same numbers each time: what is looked for is in the reading.
struct Counted(u64);

impl Random for Counted {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), RandomError> {
        for byte in buf {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = self.0.to_be_bytes()[0];
        }
        Ok(())
    }
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (password_rules, pattern) = text.split_once('\n').unwrap_or((text, ""));
    let field = FieldRules {
        password_rules,
        pattern,
        min_length: None,
        max_length: Some(16),
    };
    let wish = Options::Characters(Characters::default());
    if let Ok(made) = generate_for(&[field], &wish, &mut Counted(1)) {
        assert!(made.value.len() <= 16 && made.value.is_ascii());
    }
});
