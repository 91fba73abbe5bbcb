use super::*;
use crate::generate::Passphrase;
use crate::generate::tests::Counter;
use proptest::prelude::*;

fn make(fields: &[FieldRules<'_>]) -> Generated {
    try_make(fields, 1).unwrap()
}

fn try_make(fields: &[FieldRules<'_>], seed: u64) -> Result<Generated, GenerateError> {
    let wish = Options::Characters(Characters::default());
    generate_for(fields, &wish, &mut Counter(seed << 20))
}

fn rules(password_rules: &str) -> FieldRules<'_> {
    FieldRules {
        password_rules,
        ..FieldRules::default()
    }
}

fn pattern(pattern: &str) -> FieldRules<'_> {
    FieldRules {
        pattern,
        ..FieldRules::default()
    }
}

fn has(value: &str, class: impl Fn(char) -> bool) -> bool {
    value.chars().any(class)
}

#[test]
fn s85_a_form_that_says_nothing_gets_twenty_characters_of_every_kind() {
    let made = make(&[]);
    assert_eq!(made.value.chars().count(), 20);
    assert!(has(&made.value, |c| c.is_ascii_digit()) && has(&made.value, |c| USUAL.contains(c)));
    assert!(
        has(&made.value, |c| c.is_ascii_lowercase())
            && has(&made.value, |c| c.is_ascii_uppercase())
    );
    assert!(
        (100.0..125.0).contains(&made.entropy_bits),
        "{}",
        made.entropy_bits
    );
}

/// S-181: a pattern that takes long to match and fits nothing is given up after a few draws.
#[test]
fn s181_slow_patterns_are_given_up_soon() {
    let slow = format!("{}[a-z]{{20}}é", "(?=(?:.?.?.?.?){40}$)".repeat(10));
    let mut random = Counter(0);
    let wish = Options::Characters(Characters::default());
    let made = generate_for(&[pattern(&slow); 300], &wish, &mut random);
    assert!(matches!(made, Err(GenerateError::Impossible)));
    // 20,000 draws take some 50,000 blocks.
    assert!(random.0 < 1_000, "{}", random.0);
}

#[test]
fn the_attribute_is_read_as_it_is_described() {
    let made = make(&[rules(
        "minlength: 24; maxlength: 30; required: lower, upper; required: digit; required: [-]; max-consecutive: 2;",
    )]);
    assert_eq!(made.value.chars().count(), 24);
    assert!(
        made.value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-')
    );
    assert!(made.value.contains('-') && has(&made.value, |c| c.is_ascii_digit()));

    // Brackets, semicolons and commas within a class are characters.
    let made = make(&[rules("allowed: [;,-]]; MaxLength: 8")]);
    assert_eq!(made.value.chars().count(), 8);
    assert!(
        made.value.chars().all(|c| ";,-]".contains(c)),
        "{}",
        *made.value
    );
    // Only digits: everything that was wished gives way.
    let made = make(&[rules("allowed: digit; minlength: 6; maxlength: 6")]);
    assert!(made.value.len() == 6 && made.value.chars().all(|c| c.is_ascii_digit()));
}

#[test]
fn lengths_of_the_fields_hold_and_the_shortest_wins() {
    let of = |min_length, max_length| FieldRules {
        min_length,
        max_length,
        ..FieldRules::default()
    };
    let length = |fields: &[FieldRules<'_>]| make(fields).value.chars().count();
    assert_eq!(length(&[of(Some(32), None)]), 32);
    assert_eq!(length(&[of(None, Some(12)), of(None, Some(16))]), 12);
    assert_eq!(length(&[of(Some(30), Some(12))]), 12);
    assert_eq!(length(&[of(None, Some(0))]), 20);
    assert_eq!(
        try_make(&[of(Some(9_999), None)], 1).err(),
        Some(GenerateError::Impossible)
    );
    assert_eq!(
        try_make(&[of(None, Some(3))], 1).err(),
        Some(GenerateError::Impossible)
    );
}

#[test]
fn patterns_of_a_class_and_of_conditions_are_met() {
    let made = make(&[pattern(r"^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[A-Za-z\d]{8,16}$")]);
    assert_eq!(made.value.len(), 16);
    assert!(made.value.chars().all(|c| c.is_ascii_alphanumeric()));

    let made = make(&[pattern(r"(?=.*?[~^])(?!.*(.).*q).{8,}")]);
    assert!(made.value.contains('~') || made.value.contains('^'));
    for seed in 0..20 {
        let made = try_make(&[pattern(r"(?!.*[aeiou]).+")], seed).unwrap();
        assert!(
            !has(&made.value, |c| "aeiou".contains(c)),
            "{}",
            *made.value
        );
    }
    assert_eq!(make(&[pattern(r"\w{10}")]).value.len(), 10);
    // In a class a bracket can be written with a stroke.
    assert!(
        make(&[pattern(r"[\]a-z]{4,9}")])
            .value
            .chars()
            .all(|c| c == ']' || c.is_ascii_lowercase())
    );
}

#[test]
fn what_is_not_understood_is_passed_over() {
    for odd in [
        r"(?<=x)y",
        "(",
        r"(?=",
        "[",
        r"\p{Lu}{3}(?=x)",
        "(?=.*[a-z]",
        "*",
        "{8,}",
        r"^$\",
    ] {
        let made = make(&[
            pattern(odd),
            FieldRules {
                max_length: Some(14),
                ..FieldRules::default()
            },
        ]);
        assert_eq!(made.value.len(), 14, "{odd}");
    }
    for odd in [
        "",
        ":",
        ";;;",
        "required",
        "required:",
        "allowed: []",
        "minlength: many",
        "max-consecutive: 0",
        "[",
        "required: vowels",
    ] {
        assert_eq!(make(&[rules(odd)]).value.len(), 20, "{odd}");
    }
}

#[test]
fn what_cant_be_met_is_said_and_does_not_take_for_ever() {
    for fields in [
        [pattern("a{4}b")],
        [pattern(r"(?=.*[0-9])[a-z]{8}")],
        [rules("allowed: [a]; max-consecutive: 1")],
    ] {
        assert_eq!(try_make(&fields, 1).err(), Some(GenerateError::Impossible));
    }
}

#[test]
fn a_passphrase_is_kept_where_it_fits_and_else_characters_are_drawn() {
    let wish = Options::Passphrase(Passphrase {
        words: 5,
        separator: "-".into(),
        capitalise: false,
        digit: false,
    });
    let made = generate_for(&[], &wish, &mut Counter(1)).unwrap();
    assert_eq!(made.value.split('-').count(), 5);
    let short = FieldRules {
        max_length: Some(12),
        ..FieldRules::default()
    };
    assert_eq!(
        generate_for(&[short], &wish, &mut Counter(1))
            .unwrap()
            .value
            .len(),
        12
    );
}

/// S-85: no position and no character is special, whatever is required.
#[test]
fn s85_what_is_required_is_at_no_special_position() {
    let field = rules("required: digit; allowed: lower; maxlength: 8; minlength: 8");
    let mut at = [0_u32; 8];
    for seed in 0..8_000 {
        let made = try_make(&[field], seed).unwrap();
        for (place, c) in made.value.chars().enumerate() {
            at[place] += u32::from(c.is_ascii_digit());
        }
    }
    let expected = f64::from(at.iter().sum::<u32>()) / 8.0;
    let chi: f64 = at
        .iter()
        .map(|n| (f64::from(*n) - expected).powi(2) / expected)
        .sum();
    assert!(chi < 7.0 + 6.0 * 14_f64.sqrt(), "{at:?}");
}

fn class() -> impl Strategy<Value = String> {
    let named = prop::sample::select(vec![
        "upper",
        "lower",
        "digit",
        "special",
        "ascii-printable",
        "[-_.]",
        "[!?]",
    ]);
    prop::collection::vec(named, 1..3).prop_map(|names| names.join(", "))
}

proptest! {
    /// Whatever rules a page writes down, what is made for it keeps every one of them.
    #[test]
    fn s85_every_value_obeys_the_rules(
        required in prop::collection::vec(class(), 0..3),
        allowed in prop::option::of(class()),
        min in 0_u32..40,
        max in prop::option::of(4_u32..40),
        in_a_row in prop::option::of(1_u32..4),
        seed in 0_u64..1_000,
    ) {
        let mut text: String = required.iter().map(|class| format!("required: {class}; ")).collect();
        if let Some(allowed) = &allowed {
            text.push_str(&format!("allowed: {allowed}; "));
        }
        if let Some(most) = in_a_row {
            text.push_str(&format!("max-consecutive: {most}; "));
        }
        let field = FieldRules { password_rules: &text, pattern: "", min_length: Some(min), max_length: max };
        if let Ok(made) = try_make(&[field], seed) {
            let length = u32::try_from(made.value.chars().count()).unwrap();
            prop_assert!(max.is_none_or(|max| length <= max));
            prop_assert!(length >= min.min(max.unwrap_or(min)));
            let of = |list: &str, c: char| list.split(", ").any(|class| match class {
                "upper" => c.is_ascii_uppercase(),
                "lower" => c.is_ascii_lowercase(),
                "digit" => c.is_ascii_digit(),
                "special" => c.is_ascii_punctuation(),
                "ascii-printable" => c.is_ascii_graphic(),
                custom => custom.contains(c) && !"[]".contains(c),
            });
            for class in &required {
                prop_assert!(made.value.chars().any(|c| of(class, c)), "{class} in {}", *made.value);
            }
            if allowed.is_some() || !required.is_empty() {
                let lists = required.iter().chain(&allowed);
                let lists: Vec<&String> = lists.collect();
                prop_assert!(made.value.chars().all(|c| lists.iter().any(|list| of(list, c))));
            }
            if let Some(most) = in_a_row {
                let signs: Vec<char> = made.value.chars().collect();
                let most = usize::try_from(most).unwrap();
                prop_assert!(!signs.windows(most + 1).any(|run| run.iter().all(|c| *c == run[0])));
            }
        }
    }

    #[test]
    fn any_attribute_is_read_without_harm(password_rules in ".{0,80}", pattern in ".{0,60}", seed in 0_u64..100) {
        let field = FieldRules { password_rules: &password_rules, pattern: &pattern, min_length: None, max_length: Some(16) };
        if let Ok(made) = try_make(&[field], seed) {
            prop_assert!(made.value.len() <= 16);
        }
    }
}
