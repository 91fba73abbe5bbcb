//! Cards, identities and suggested passwords: where they may go.

use super::*;

const SHOP: &str = "https://shop.example";
const NUMBER: &str = "4111 1111 1111 1111";

/// No site is any item's: what is filled here needs no match.
struct Nowhere;

impl Sites for Nowhere {
    fn item(&self, _: &str, _: &str) -> SiteMatch {
        SiteMatch::No
    }
    fn same_site(&self, one: &str, other: &str) -> bool {
        one == other
    }
}

pub(super) fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

pub(super) fn card() -> Vec<(String, String)> {
    fields(&[
        ("cardNumber", NUMBER),
        ("cardholder", "Ada Lovelace"),
        ("expiryMonth", "3"),
        ("expiryYear", "2029"),
        ("pin", "7391"),
        ("securityCode", "814"),
    ])
}

pub(super) fn person() -> Vec<(String, String)> {
    fields(&[
        ("birthday", "1990-12-07"),
        ("city", "Torino"),
        ("country", "Italia"),
        ("email", "ada@example.org"),
        ("familyName", "Lovelace"),
        ("givenName", "Ada"),
        ("organisation", "Analytical Engines"),
        ("phone", "+39 011 123456"),
        ("postalCode", "10121"),
        ("region", "TO"),
        ("street", "Via Roma 1\nInterno 4"),
    ])
}

pub(super) fn fill(item: &FillItem<'_>, frames: &[Value], confirm: &str) -> Value {
    let request = Request {
        frames: &json!(frames).to_string(),
        confirm,
        at: "",
        now_ms: NOW,
    };
    let text = plan(item, &Nowhere, &request).unwrap();
    let verdict: Value = serde_json::from_str(&text).unwrap();
    if verdict["verdict"] != "fill" {
        for secret in ["1111", "814", "Lovelace", "011 1", PASSWORD] {
            assert!(!text.contains(secret), "only a grant holds a value");
        }
    }
    verdict
}

pub(super) fn form(button: &str) -> Value {
    group(
        &json!({ "action": "https://shop.example/go", "buttons": [super::button(&json!({ "text": button }))] }),
    )
}

pub(super) fn on_shop(fields: &[Value], button: &str) -> [Value; 1] {
    [frame(0, -1, SHOP, &snapshot(fields, &[form(button)]))]
}

pub(super) fn token(autocomplete: &str, more: &Value) -> Value {
    let mut whole = field(&json!({ "autocomplete": autocomplete }));
    merge(&mut whole, more);
    whole
}

pub(super) fn pay(fields: &[Value]) -> Vec<(u64, &'static str, String)> {
    let card = card();
    owned(&fill(
        &FillItem::Card(Details(&card)),
        &on_shop(fields, "Pay now"),
        "",
    ))
}

pub(super) fn ship(fields: &[Value]) -> Vec<(u64, &'static str, String)> {
    let person = person();
    owned(&fill(
        &FillItem::Identity(Details(&person)),
        &on_shop(fields, "Continue"),
        "",
    ))
}

pub(super) fn owned(verdict: &Value) -> Vec<(u64, &'static str, String)> {
    let steps = values(verdict).into_iter();
    steps
        .map(|(field, action, value)| {
            let action = if action == "select" {
                "select"
            } else if action == "secret" {
                "secret"
            } else {
                "text"
            };
            (field, action, value.to_owned())
        })
        .collect()
}

/// What the one interesting field of a payment form gets, beside a number.
pub(super) fn beside_number(autocomplete: &str, more: &Value) -> Option<String> {
    let fields = [token("cc-number", &json!({})), token(autocomplete, more)];
    let steps = pay(&fields);
    steps
        .into_iter()
        .find(|(field, ..)| *field == 1)
        .map(|(_, _, value)| value)
}

pub(super) fn beside_name(autocomplete: &str, more: &Value) -> Option<String> {
    let fields = [token("family-name", &json!({})), token(autocomplete, more)];
    let steps = ship(&fields);
    steps
        .into_iter()
        .find(|(field, ..)| *field == 1)
        .map(|(_, _, value)| value)
}

#[test]
fn a_payment_form_gets_every_part_in_its_place() {
    let fields = [
        token("cc-name", &json!({})),
        token("cc-number", &json!({ "type": "tel" })),
        token("cc-exp", &json!({ "placeholder": "MM / YY" })),
        token("cc-csc", &json!({ "type": "password" })),
        token("postal-code", &json!({})),
    ];
    let steps = pay(&fields);
    let text = |field, value: &str| (field, "text", value.to_owned());
    assert_eq!(
        steps,
        [
            text(0, "Ada Lovelace"),
            text(1, "4111111111111111"),
            text(2, "03 / 29"),
            text(3, "814")
        ]
    );
}

#[test]
fn s71_the_code_and_the_number_go_nowhere_else() {
    // Fields that want a code, but none of a card's; and a PIN is never asked for by a page.
    for other in [
        "one-time-code",
        "postal-code",
        "current-password",
        "new-password",
        "username",
    ] {
        assert_eq!(beside_number(other, &json!({})), None, "{other}");
        // Beside a name alone a code may be any code.
        let fields = [token("cc-name", &json!({})), token(other, &json!({}))];
        let card = card();
        let verdict = fill(
            &FillItem::Card(Details(&card)),
            &on_shop(&fields, "Pay"),
            "",
        );
        assert!(
            verdict["verdict"] == "refuse" || values(&verdict).len() == 1,
            "{other}"
        );
    }
    let fields = [
        token("cc-number", &json!({})),
        field(&json!({ "label": "Card PIN", "type": "password" })),
    ];
    assert!(pay(&fields).iter().all(|(_, _, value)| value != "7391"));
}

#[test]
fn s73_what_nobody_sees_of_a_payment_form_stays_empty() {
    for unseen in [
        "transparent",
        "not-rendered",
        "tiny",
        "clipped",
        "off-page",
        "covered",
    ] {
        let trap = json!({ "visibility": unseen });
        let fields = [
            token("cc-name", &json!({})),
            token("cc-number", &trap),
            token("cc-csc", &trap),
        ];
        assert_eq!(pay(&fields).len(), 1, "{unseen}");
        let fields = [
            token("given-name", &json!({})),
            token("tel", &trap),
            token("street-address", &trap),
        ];
        assert_eq!(ship(&fields).len(), 1, "{unseen}");
    }
}

#[test]
fn s60_cards_and_identities_stay_off_pages_that_others_can_read() {
    let fields = [
        token("cc-number", &json!({})),
        token("email", &json!({})),
        token("given-name", &json!({})),
    ];
    let (card, person) = (card(), person());
    for (origin, verdict) in [
        ("http://shop.example", "refuse"),
        ("http://192.168.1.1", "refuse"),
        ("http://localhost:3000", "fill"),
        ("http://127.0.0.1", "fill"),
        ("https://anywhere.example", "fill"),
    ] {
        let mut form = form("Pay");
        form["action"] = json!(format!("{origin}/go"));
        let page = [frame(0, -1, origin, &snapshot(&fields, &[form]))];
        for item in [
            FillItem::Card(Details(&card)),
            FillItem::Identity(Details(&person)),
        ] {
            let answer = fill(&item, &page, "");
            assert_eq!(answer["verdict"], verdict, "{origin}");
            assert!(verdict == "fill" || answer["reason"] == "insecure-page");
        }
    }
}

#[test]
fn s63_a_payment_frame_is_asked_about_with_both_origins() {
    let fields = [token("cc-number", &json!({})), token("cc-csc", &json!({}))];
    let group = group(
        &json!({ "isForm": false, "action": "", "hasAction": false, "method": "", "hasMethod": false }),
    );
    let frames = [
        frame(0, -1, SHOP, &snapshot(&[], &[])),
        frame(1, 0, "https://pay.example", &snapshot(&fields, &[group])),
    ];
    let card = card();
    let item = FillItem::Card(Details(&card));
    let verdict = fill(&item, &frames, "");
    assert_eq!(
        verdict,
        json!({ "verdict": "confirm", "reason": "cross-origin-frame", "origin": "https://pay.example",
            "target": "https://pay.example https://shop.example" })
    );
    let agreed = fill(
        &item,
        &frames,
        "cross-origin-frame https://pay.example https://shop.example",
    );
    assert_eq!(
        (agreed["frame"].as_i64(), values(&agreed).len()),
        (Some(1), 2)
    );
}

#[test]
fn s68_s70_numbers_count_as_secrets_of_a_form() {
    let card = card();
    let item = FillItem::Card(Details(&card));
    let ask = |fields: &[Value], form: &Value| {
        fill(
            &item,
            &[frame(0, -1, SHOP, &snapshot(fields, &[group(form)]))],
            "",
        )["reason"]
            .clone()
    };
    let get = json!({ "action": "https://shop.example/go", "method": "get" });
    let number = [token("cc-number", &json!({}))];
    assert_eq!(ask(&number, &get), "method-get");
    assert_eq!(
        ask(
            &[token("cc-csc", &json!({})), token("cc-name", &json!({}))],
            &get
        ),
        "method-get"
    );
    assert_eq!(ask(&[token("cc-name", &json!({}))], &get), Value::Null);
    assert_eq!(
        ask(&number, &json!({ "action": "https://thief.example/go" })),
        "action-elsewhere"
    );
}

#[test]
fn an_address_form_gets_every_part_in_its_place() {
    let fields = [
        token("name", &json!({})),
        token("organization", &json!({})),
        token("address-line1", &json!({})),
        token("address-line2", &json!({})),
        token("postal-code", &json!({})),
        token("address-level2", &json!({})),
        token(
            "address-level1",
            &json!({ "tag": "select", "type": "select" }),
        ),
        token("email", &json!({ "type": "email" })),
        token("tel", &json!({ "type": "tel" })),
    ];
    let values: Vec<String> = ship(&fields)
        .into_iter()
        .map(|(_, _, value)| value)
        .collect();
    assert_eq!(
        values,
        [
            "Ada Lovelace",
            "Analytical Engines",
            "Via Roma 1",
            "Interno 4",
            "10121",
            "Torino",
            "TO",
            "ada@example.org",
            "+39 011 123456"
        ]
    );
    assert_eq!(
        beside_name("street-address", &json!({})).as_deref(),
        Some("Via Roma 1, Interno 4")
    );
    let area = json!({ "tag": "textarea", "type": "textarea" });
    assert_eq!(
        beside_name("street-address", &area).as_deref(),
        Some("Via Roma 1\nInterno 4")
    );
    assert_eq!(
        beside_name("street-address", &json!({ "maxLength": 12 })).as_deref(),
        Some("Via Roma 1")
    );
}

#[test]
fn a_sign_up_gets_names_and_addresses_and_no_password() {
    let fields = [
        token("given-name", &json!({})),
        field(&json!({ "label": "Email", "type": "email" })),
        field(&json!({ "label": "Password", "type": "password", "autocomplete": "new-password" })),
    ];
    let person = person();
    let page = on_shop(&fields, "Create account");
    let verdict = fill(&FillItem::Identity(Details(&person)), &page, "");
    assert_eq!(
        values(&verdict),
        [(0, "text", "Ada"), (1, "text", "ada@example.org")]
    );
}

#[test]
fn s72_a_suggested_password_goes_into_new_and_repeated_and_nowhere_else() {
    let fields = [
        field(&json!({ "label": "User name" })),
        field(
            &json!({ "label": "Old password", "type": "password", "autocomplete": "current-password" }),
        ),
        field(
            &json!({ "label": "New password", "type": "password", "autocomplete": "new-password" }),
        ),
        field(
            &json!({ "label": "Repeat new password", "type": "password", "autocomplete": "new-password" }),
        ),
        field(&json!({ "label": "New password", "autocomplete": "new-password" })),
    ];
    let page = on_shop(&fields, "Change password");
    let verdict = fill(&FillItem::Suggested(PASSWORD), &page, "");
    assert_eq!(
        values(&verdict),
        [(2, "secret", PASSWORD), (3, "secret", PASSWORD)]
    );
    // It keeps the rules of every other secret.
    let mut thief = page.clone();
    thief[0]["snapshot"]["groups"][0]["action"] = json!("https://thief.example/");
    assert_eq!(
        fill(&FillItem::Suggested(PASSWORD), &thief, "")["reason"],
        "action-elsewhere"
    );
    let framed = [frame(0, -1, "https://top.example", &snapshot(&[], &[])), {
        let mut inner = page[0].clone();
        merge(&mut inner, &json!({ "frame": 1, "parent": 0 }));
        inner
    }];
    assert_eq!(
        fill(&FillItem::Suggested(PASSWORD), &framed, "")["reason"],
        "cross-origin-frame"
    );
}

#[test]
fn s75_s86_credentials_for_a_server_keep_the_rules_of_places() {
    let login = |password| Login {
        username: "alice",
        password,
        totp: None,
    };
    let ask = |origin: &str, password| -> Value {
        let url = format!("{origin}/");
        let text = http_credentials(
            &login(password),
            &Listed(&[BANK, "http://router.local"]),
            origin,
            &url,
        )
        .unwrap();
        serde_json::from_str(&text).unwrap()
    };
    assert_eq!(
        ask(BANK, PASSWORD),
        json!({ "verdict": "credentials", "username": "alice", "password": PASSWORD })
    );
    assert_eq!(
        ask("http://router.local", PASSWORD)["verdict"],
        "credentials"
    );
    for (origin, reason) in [
        ("https://evil.example", "no-match"),
        ("https://bank.example:8443", "no-match"),
        ("http://bank.example", "insecure-page"),
        ("null", "opaque-origin"),
        ("ftp://bank.example", "opaque-origin"),
    ] {
        assert_eq!(
            ask(origin, PASSWORD),
            json!({ "verdict": "refuse", "reason": reason, "origin": origin })
        );
    }
    assert_eq!(ask(BANK, "")["reason"], "no-form");
}
