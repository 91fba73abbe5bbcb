use proptest::prelude::*;

use super::{hint_helps, strength};

#[test]
fn weak_is_told_from_strong() {
    for (password, lowest, highest) in [
        ("", 0, 0),
        ("password", 0, 0),
        ("qwertyuiop", 0, 1),
        ("monkey123", 0, 1),
        ("correct horse battery staple", 4, 4),
        ("sjD9f!xQ2m#Lw8", 4, 4),
    ] {
        let score = strength(password, &[]).score;
        assert!((lowest..=highest).contains(&score), "{password:?}: {score}");
    }
    assert_eq!(strength("", &[]).guesses_log10, 0.0);
    assert_eq!(strength("password", &[]).warning, Some("top-10"));
    assert!(!strength("aaaaaaa", &[]).suggestions.is_empty());
    assert!(strength("sjD9f!xQ2m#Lw8", &[]).crack_seconds > 3e7);
}

#[test]
fn words_of_the_person_count() {
    let alone = strength("bartholomew-zanzibar", &[]).guesses_log10;
    let known = strength("bartholomew-zanzibar", &["zanzibar", "bartholomew"]).guesses_log10;
    assert!(known < alone);
}

#[test]
fn s137_a_hint_that_makes_guessing_easy_is_noticed() {
    // Each shares words with the password, in whatever writing the estimator undoes.
    assert!(hint_helps("zanzibar-xylo", "xylo something zanzibar"));
    assert!(hint_helps("Z4nz1barXylo", "zanzibar, xylo"));
    assert!(!hint_helps("zanzibar-xylo", "where we spent the summer"));
    assert!(!hint_helps("zanzibar-xylo", ""));
    // Long enough even so.
    assert!(!hint_helps("sjD9f!xQ2m#Lw8 zanzibar", "zanzibar"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_has_an_estimate(password in ".{0,150}", input in ".{0,20}") {
        let found = strength(&password, &[&input]);
        prop_assert!(found.score <= 4 && found.guesses_log10.is_finite() && found.crack_seconds >= 0.0);
    }
}
