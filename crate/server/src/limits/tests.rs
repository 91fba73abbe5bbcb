use super::{ADDRESS_MS, Count, Limits, NotARule, Rule};

#[test]
fn s138_rules_are_read_as_they_are_written() {
    for text in ["20/1h", "3/1d", "100/10m", "1000/1s", "0/1d"] {
        let rule: Rule = text.parse().expect(text);
        assert_eq!(rule.to_string(), text);
    }
    for text in [
        "", "20", "20/h", "/1h", "20/1", "20/1w", "-1/1h", "20/0h", "5000/1s", "1/999d", "a/1h",
    ] {
        assert!(text.parse::<Rule>().is_err(), "{text}");
    }
}

#[test]
fn s138_every_count_has_a_rule_and_hints_and_resets_at_most_three_a_day() {
    let limits = Limits::default();
    for count in Count::ALL {
        assert!(
            limits.rule(count).is_some_and(|rule| rule.cost_ms() > 0),
            "{count:?}"
        );
    }
    for count in [Count::HintMail, Count::ResetMail] {
        assert_eq!(
            limits.rule(count).map(|rule| rule.to_string()),
            Some("3/1d".into())
        );
    }
}

#[test]
fn s138_the_operator_sets_a_rule_by_its_name() {
    let mut limits = Limits::default();
    limits.set("hint_mail", "9/1d").expect("a rule");
    limits.set("sign_in_address", "off").expect("a rule");
    assert_eq!(limits.rule(Count::HintMail).map(|rule| rule.tries), Some(9));
    assert_eq!(limits.rule(Count::SignInAddress), None);
    assert!(limits.set("hint_mails", "9/1d").is_err());
    assert!(limits.set("hint_mail", "9").is_err());
    assert!(
        Count::ALL
            .iter()
            .all(|count| Limits::off().rule(*count).is_none())
    );
}

/// What is counted for a network address is gone in a week: the count's time, and the day after it.
#[test]
fn s156_no_count_remembers_an_address_for_long() {
    let mut limits = Limits::default();
    for count in Count::ALL {
        let name = count.name();
        assert_eq!(count.is_by_place(), name.ends_with("_address"), "{name}");
        assert!(
            !count.is_by_place() || count.usual().period_ms <= ADDRESS_MS,
            "{name}"
        );
        let long = limits.set(name, "5/7d");
        assert_eq!(long == Err(NotARule::Long), count.is_by_place(), "{name}");
        assert_eq!(limits.set(name, "5/6d"), Ok(()), "{name}");
    }
}
