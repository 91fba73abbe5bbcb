use proptest::prelude::*;

use super::{HintProblem, check_hint, distance_to_stretch};
use crate::Password;

fn check(password: &str, hint: &str) -> Option<HintProblem> {
    check_hint(&Password::new(password.as_bytes()).unwrap(), hint)
}

#[test]
fn s137_refuses_hints_that_give_the_password_away() {
    for (password, hint, problem) in [
        (
            "Tr0ub4dor&3",
            "it is Tr0ub4dor&3 of course",
            HintProblem::ContainsPassword,
        ),
        ("Tr0ub4dor&3", "TR0UB4DOR&3", HintProblem::ContainsPassword),
        (
            "résumé-of-1999",
            "Resume-of-1999!",
            HintProblem::ContainsPassword,
        ),
        ("Tr0ub4dor&3", "ends in dor&3", HintProblem::SharesPart),
        (
            "correct horse battery staple",
            "a horse",
            HintProblem::SharesPart,
        ),
        ("Tr0ub4dor&3", "3&rod4bu0rT", HintProblem::Reversed),
        (
            "Tr0ub4dor&3",
            "starts with bu0rt the other way",
            HintProblem::Reversed,
        ),
        ("Tr0ub4dor&3", "the troubadour", HintProblem::LookAlike),
        ("mississippi", "m-i-$-5-i and so on", HintProblem::LookAlike),
        ("mississippi", "m.i.s.s.i.s...", HintProblem::LookAlike),
        ("abcxefyhi", "abcwefzhi", HintProblem::TooSimilar),
        ("cat7", "bat7", HintProblem::TooSimilar),
        ("ok", "ok", HintProblem::ContainsPassword),
    ] {
        assert_eq!(
            check(password, hint),
            Some(problem),
            "{password:?} / {hint:?}"
        );
    }
    assert_eq!(check("x", &"h".repeat(101)), Some(HintProblem::TooLong));
}

#[test]
fn s137_lets_helpful_hints_pass() {
    for (password, hint) in [
        ("correct horse battery staple", ""),
        ("correct horse battery staple", "the xkcd one"),
        ("Tr0ub4dor&3", "singer from long ago, with my usual signs"),
        ("mississippi", "where we went by boat in summer"),
        ("abc", "my first school"),
    ] {
        assert_eq!(check(password, hint), None, "{password:?} / {hint:?}");
    }
}

#[test]
fn distance_is_levenshtein() {
    let chars = |text: &str| text.chars().collect::<Vec<_>>();
    for (a, b, whole, stretch) in [
        ("kitten", "sitting", 3, 2),
        ("kitten", "", 6, 6),
        ("kitten", "a kitten", 2, 0),
        ("abc", "xyz", 3, 3),
    ] {
        assert_eq!(
            distance_to_stretch(&chars(a), &chars(b), false),
            whole,
            "{a} {b}"
        );
        assert_eq!(
            distance_to_stretch(&chars(a), &chars(b), true),
            stretch,
            "{a} {b}"
        );
    }
}

fn leet(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'o' => '0',
            'i' => '1',
            'e' => '3',
            'a' => '@',
            's' => '$',
            other => other,
        })
        .collect()
}

proptest! {
    #[test]
    fn s137_every_run_of_four_is_refused(
        password in "[a-z]{4,20}", before in "[0-9 ]{0,20}", at in 0_usize..16, how in 0_u8..5,
    ) {
        let start = at.min(password.len() - 4);
        let part = &password[start..start + 4];
        let part = match how {
            0 => part.to_owned(),
            1 => part.to_uppercase(),
            2 => part.chars().rev().collect(),
            3 => leet(part),
            _ => leet(&part.chars().rev().collect::<String>()),
        };
        let hint = format!("{before}{part}{before}");
        prop_assert!(check(&password, &hint).is_some());
    }

    #[test]
    fn s137_every_near_miss_is_refused(
        password in "[a-z]{6,20}", a in 0_usize..20, b in 0_usize..20, drop in any::<bool>(),
    ) {
        let mut letters: Vec<char> = password.chars().collect();
        let (a, b) = (a % letters.len(), b % letters.len());
        letters[a] = '#';
        if drop { letters.remove(b); } else { letters[b] = '#'; }
        let near: String = letters.into_iter().collect();
        prop_assert!(check(&password, &near).is_some());
    }

    #[test]
    fn s137_nothing_in_common_passes(password in "[a-h]{3,20}", hint in "[m-y ]{0,60}") {
        let hint = hint.replace(['o', 's', 't'], "n");
        prop_assert_eq!(check(&password, &hint), None);
    }

    #[test]
    fn s137_never_panics(password in ".{1,40}", hint in ".{0,120}") {
        if let Ok(password) = Password::new(password.as_bytes()) {
            let _answer = check_hint(&password, &hint);
        }
    }
}
