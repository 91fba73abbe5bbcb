//! What a form may have: S-68 to S-73, S-84.

use super::*;

fn on_bank(form: &Value) -> Vec<Value> {
    vec![frame(0, -1, BANK, &sign_in(form))]
}

#[test]
fn s68_an_action_elsewhere_is_asked_about_with_its_target() {
    let frames = on_bank(&json!({ "action": "https://evil.test/take" }));
    let verdict = ask(&frames, "");
    assert_eq!(
        verdict,
        json!({ "verdict": "confirm", "reason": "action-elsewhere", "origin": BANK, "target": "https://evil.test" })
    );
    let verdict = ask(&frames, "action-elsewhere https://evil.test");
    assert_eq!(verdict["verdict"], "fill");
    assert_eq!(
        verdict["targets"],
        json!([BANK, "https://evil.test"]),
        "S-69: nowhere else afterwards"
    );
}

#[test]
fn s68_a_user_name_in_the_target_never_hides_its_host() {
    for (address, target) in [
        ("https://bank.example@evil.test/take", "https://evil.test"),
        ("https://bank.example:443@evil.test", "https://evil.test"),
        ("https://a@b@evil.test/@bank.example", "https://evil.test"),
        ("https://alice@bank.example/in", BANK),
    ] {
        let frames = on_bank(&json!({ "action": address }));
        let verdict = ask(&frames, "");
        assert_eq!(verdict["reason"], "action-elsewhere", "{address}");
        assert_eq!(verdict["target"], target, "{address}");
        let verdict = ask(&frames, &format!("action-elsewhere {target}"));
        assert_eq!(verdict["verdict"], "fill", "{address}");
        let targets = verdict["targets"].as_array().unwrap();
        assert!(targets.contains(&json!(target)), "S-69: {address}");
    }
}

#[test]
fn s68_a_yes_to_one_target_is_none_to_another() {
    let frames = on_bank(&json!({ "action": "https://worse.test/take" }));
    for said in [
        "action-elsewhere",
        "action-elsewhere https://evil.test",
        "method-get https://worse.test",
    ] {
        assert_eq!(ask(&frames, said)["target"], "https://worse.test", "{said}");
    }
}

#[test]
fn s68_a_button_that_sends_elsewhere_counts_too() {
    let hidden =
        button(&json!({ "text": "", "visible": false, "formAction": "https://evil.test/x" }));
    let frames = on_bank(&json!({ "buttons": [button(&json!({})), hidden] }));
    assert_eq!(ask(&frames, "")["target"], "https://evil.test");
}

#[test]
fn s68_http_and_odd_addresses_are_asked_about() {
    for (action, target) in [
        ("http://bank.example/in", "http://bank.example"),
        ("mailto:thief@evil.test", "mailto:thief@evil.test"),
        ("https://bank.example@evil.test/", "https://evil.test"),
        (
            "https://bank.example.evil.test/",
            "https://bank.example.evil.test",
        ),
    ] {
        assert_eq!(
            ask(&on_bank(&json!({ "action": action })), "")["target"],
            target,
            "{action}"
        );
    }
}

#[test]
fn s68_the_same_site_and_scripts_are_not_asked_about() {
    for action in [
        "https://login.bank.example/in",
        "https://bank.example/",
        "javascript:void(0)",
        "JavaScript:go()",
    ] {
        assert_eq!(
            ask(&on_bank(&json!({ "action": action })), "")["verdict"],
            "fill",
            "{action}"
        );
    }
}

#[test]
fn s70_a_password_is_not_put_into_an_address_unasked() {
    let explicit = json!({ "method": "get" });
    let missing = json!({ "method": "get", "hasMethod": false });
    let by_button = json!({ "buttons": [button(&json!({ "formMethod": "get" }))] });
    for form in [explicit, missing, by_button] {
        let verdict = ask(&on_bank(&form), "");
        assert_eq!(
            (verdict["verdict"].as_str(), verdict["reason"].as_str()),
            (Some("confirm"), Some("method-get"))
        );
        assert_eq!(
            ask(&on_bank(&form), &format!("method-get {BANK}"))["verdict"],
            "fill"
        );
    }
}

#[test]
fn s70_a_form_that_says_nothing_is_a_scripts() {
    let form = json!({ "method": "get", "hasMethod": false, "hasAction": false });
    assert_eq!(ask(&on_bank(&form), "")["verdict"], "fill");
}

#[test]
fn s70_a_user_name_alone_may_be_in_an_address() {
    let fields = [field(
        &json!({ "label": "User name", "autocomplete": "username" }),
    )];
    let form = group(&json!({ "method": "get", "buttons": [button(&json!({ "text": "Next" }))] }));
    let verdict = ask(&[frame(0, -1, BANK, &snapshot(&fields, &[form]))], "");
    assert_eq!(
        (values(&verdict).len(), verdict["next"].as_str()),
        (1, Some("next-step"))
    );
}

#[test]
fn s68_s70_one_yes_is_enough_for_a_form_that_is_both() {
    let frames = on_bank(&json!({ "action": "https://evil.test/", "method": "get" }));
    assert_eq!(
        ask(&frames, &format!("method-get {BANK}"))["reason"],
        "action-elsewhere"
    );
    assert_eq!(
        ask(&frames, "action-elsewhere https://evil.test")["verdict"],
        "fill"
    );
}

#[test]
fn s71_the_old_password_never_goes_into_a_new_one() {
    let fields = [
        field(&json!({ "label": "Current password", "type": "password" })),
        field(&json!({ "label": "New password", "type": "password" })),
        field(&json!({ "label": "Repeat new password", "type": "password" })),
    ];
    let form = group(&json!({ "buttons": [button(&json!({ "text": "Change password" }))] }));
    let verdict = ask(&[frame(0, -1, BANK, &snapshot(&fields, &[form]))], "");
    assert_eq!(values(&verdict), [(0, "secret", PASSWORD)]);
}

#[test]
fn s72_what_may_turn_into_a_password_field_gets_the_password_as_a_secret_only() {
    let fields = [
        field(&json!({ "label": "User name" })),
        field(&json!({ "label": "Password", "autocomplete": "current-password" })),
    ];
    let verdict = ask(
        &[frame(0, -1, BANK, &snapshot(&fields, &[group(&json!({}))]))],
        "",
    );
    // `secret`: the script enters the field, and leaves it empty unless it is a password field then.
    assert_eq!(
        values(&verdict),
        [(0, "text", "alice@bank.example"), (1, "secret", PASSWORD)]
    );
}

#[test]
fn s73_what_nobody_can_see_is_left_alone() {
    for why in [
        "not-rendered",
        "transparent",
        "tiny",
        "clipped",
        "off-page",
        "covered",
    ] {
        let fields = [
            field(&json!({ "label": "User name" })),
            field(&json!({ "label": "Password", "type": "password", "visibility": why })),
            field(&json!({ "label": "Password", "type": "password" })),
        ];
        let verdict = ask(
            &[frame(0, -1, BANK, &snapshot(&fields, &[group(&json!({}))]))],
            "",
        );
        assert_eq!(
            values(&verdict)
                .iter()
                .map(|(field, ..)| *field)
                .collect::<Vec<_>>(),
            [0, 2],
            "{why}"
        );

        let mut hidden = sign_in(&json!({}));
        hidden["fields"][0]["visibility"] = json!(why);
        hidden["fields"][1]["visibility"] = json!(why);
        assert_eq!(
            refused(&ask(&[frame(0, -1, BANK, &hidden)], "")),
            "not-visible",
            "{why}"
        );
    }
}

#[test]
fn s84_a_code_goes_the_same_way_and_into_boxes_sign_by_sign() {
    let boxes: Vec<Value> = (0..6)
        .map(|at| field(&json!({ "maxLength": 1, "x": at * 50, "width": 40, "ariaLabel": format!("Digit {}", at + 1) })))
        .collect();
    let form = group(
        &json!({ "headings": ["Enter the 6-digit code"], "buttons": [button(&json!({ "text": "Verify" }))] }),
    );
    let verdict = ask(
        &[frame(
            0,
            -1,
            BANK,
            &snapshot(&boxes, std::slice::from_ref(&form)),
        )],
        "",
    );
    let signs: String = values(&verdict)
        .iter()
        .map(|(_, _, value)| *value)
        .collect();
    assert_eq!(signs, CODE);

    let five = snapshot(&boxes[..5], &[form]);
    assert_eq!(
        refused(&ask(&[frame(0, -1, BANK, &five)], "")),
        "no-form",
        "a code that does not fit is not begun"
    );
    let foreign = frame(
        0,
        -1,
        "https://evil.example",
        &snapshot(&boxes, &[group(&json!({}))]),
    );
    assert_eq!(refused(&ask(&[foreign], "")), "no-match");
}
