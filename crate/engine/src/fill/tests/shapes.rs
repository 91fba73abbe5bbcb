//! The same value, the way one field takes it and another.

use super::details::*;
use super::*;

#[test]
fn expiry_in_one_field_takes_the_shape_that_the_page_shows() {
    for (hint, value) in [
        (json!({}), "03/29"),
        (json!({ "placeholder": "MM/YY" }), "03/29"),
        (json!({ "placeholder": "MM/YYYY" }), "03/2029"),
        (json!({ "placeholder": "mm-yyyy" }), "03-2029"),
        (json!({ "placeholder": "MM / JJ" }), "03 / 29"),
        (json!({ "placeholder": "MM/AA" }), "03/29"),
        (json!({ "placeholder": "ММ/ГГ" }), "03/29"),
        (json!({ "placeholder": "MMYY" }), "0329"),
        (json!({ "placeholder": "YYYY-MM" }), "2029-03"),
        (json!({ "label": "Expiry (MM/YYYY)" }), "03/2029"),
        (json!({ "type": "month" }), "2029-03"),
        (json!({ "maxLength": 4 }), "0329"),
        (json!({ "maxLength": 5 }), "03/29"),
        (json!({ "maxLength": 6 }), "032029"),
        (json!({ "maxLength": 7 }), "03/2029"),
        (json!({ "placeholder": "MM / YY", "maxLength": 5 }), "03/29"),
        (
            json!({ "placeholder": "MM / YYYY", "maxLength": 6 }),
            "032029",
        ),
        (json!({ "placeholder": "Summary" }), "03/29"),
    ] {
        assert_eq!(
            beside_number("cc-exp", &hint).as_deref(),
            Some(value),
            "{hint}"
        );
    }
    assert_eq!(
        beside_number("cc-exp", &json!({ "maxLength": 3 })),
        None,
        "never cut off"
    );
}

#[test]
fn expiry_in_parts_fits_texts_and_selects_of_any_language() {
    let select =
        |options: &[&str]| json!({ "tag": "select", "type": "select", "options": options });
    for (hint, value) in [
        (json!({}), "03"),
        (json!({ "maxLength": 1 }), "3"),
        (
            select(&[
                "Month", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12",
            ]),
            "03",
        ),
        (select(&["1 - Jan", "2 - Feb", "3 - Mar"]), "3 - Mar"),
        (
            select(&[
                "gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic",
            ]),
            "mar",
        ),
        (
            select(&[
                "月",
                "一月",
                "二月",
                "三月",
                "四月",
                "五月",
                "六月",
                "七月",
                "八月",
                "九月",
                "十月",
                "十一月",
                "十二月",
            ]),
            "三月",
        ),
        (select(&[]), "03"),
    ] {
        assert_eq!(
            beside_number("cc-exp-month", &hint).as_deref(),
            Some(value),
            "{hint}"
        );
    }
    for (hint, value) in [
        (json!({}), "2029"),
        (json!({ "maxLength": 2 }), "29"),
        (json!({ "placeholder": "YY" }), "29"),
        (json!({ "placeholder": "YYYY" }), "2029"),
        (json!({ "label": "Jaar" }), "2029"),
        (select(&["2028", "2029"]), "2029"),
    ] {
        assert_eq!(
            beside_number("cc-exp-year", &hint).as_deref(),
            Some(value),
            "{hint}"
        );
    }
    let card = card();
    let fields = [token("cc-exp-year", &select(&["28", "29"]))];
    let verdict = fill(
        &FillItem::Card(Details(&card)),
        &on_shop(&fields, "Pay"),
        "",
    );
    assert_eq!(
        verdict["steps"][0],
        json!({ "field": 0, "action": "select", "value": "2029", "also": ["29"] })
    );
}

#[test]
fn a_number_over_boxes_is_cut_where_they_end() {
    let boxes = |widths: &[u32]| -> Vec<String> {
        let fields: Vec<Value> = widths
            .iter()
            .map(|width| token("cc-number", &json!({ "maxLength": width })))
            .collect();
        pay(&fields)
            .into_iter()
            .map(|(_, _, value)| value)
            .collect()
    };
    assert_eq!(boxes(&[4, 4, 4, 4]), ["4111", "1111", "1111", "1111"]);
    assert_eq!(boxes(&[4, 6, 6]), ["4111", "111111", "111111"]);
    // Boxes for a shorter number get nothing of a longer one.
    let short: Vec<Value> = [4, 4, 4]
        .map(|width| token("cc-number", &json!({ "maxLength": width })))
        .into();
    let fields = [short, vec![token("cc-name", &json!({}))]].concat();
    assert_eq!(pay(&fields), [(3, "text", "Ada Lovelace".to_owned())]);
    // A whole number in one field, and one that can't take it.
    assert_eq!(boxes(&[19]), ["4111111111111111"]);
    let narrow = [
        token("cc-number", &json!({ "maxLength": 12 })),
        token("cc-name", &json!({})),
    ];
    assert_eq!(pay(&narrow).len(), 1);
}

#[test]
fn names_are_put_together_and_taken_apart() {
    let name = |keys: &[(&str, &str)], wanted: &[&str]| -> Vec<String> {
        let person = fields(keys);
        let asked: Vec<Value> = wanted
            .iter()
            .map(|token| super::details::token(token, &json!({})))
            .collect();
        let verdict = fill(
            &FillItem::Identity(Details(&person)),
            &on_shop(&asked, "Continue"),
            "",
        );
        owned(&verdict)
            .into_iter()
            .map(|(_, _, value)| value)
            .collect()
    };
    let parts = [
        ("familyName", "Lovelace"),
        ("givenName", "Ada"),
        ("middleName", "King"),
    ];
    assert_eq!(name(&parts, &["name"]), ["Ada King Lovelace"]);
    assert_eq!(
        name(&parts, &["given-name", "additional-name", "family-name"]),
        ["Ada", "King", "Lovelace"]
    );
    assert_eq!(
        name(
            &[("givenName", "Ada King Lovelace")],
            &["given-name", "family-name"]
        ),
        ["Ada King", "Lovelace"]
    );
    assert_eq!(
        name(
            &[("familyName", "Lovelace")],
            &["given-name", "family-name"]
        ),
        ["Lovelace"]
    );
}

#[test]
fn countries_go_by_all_their_names() {
    let select = json!({ "tag": "select", "type": "select" });
    let fields = [token("country", &select)];
    let person = person();
    let verdict = fill(
        &FillItem::Identity(Details(&person)),
        &on_shop(&fields, "Continue"),
        "",
    );
    assert_eq!(verdict["steps"][0]["value"], "Italia");
    assert_eq!(
        verdict["steps"][0]["also"],
        json!(["Italy", "Italia", "IT", "ITA"])
    );
    assert_eq!(
        beside_name("country", &json!({ "maxLength": 2 })).as_deref(),
        Some("IT")
    );
    assert_eq!(
        beside_name("country-name", &json!({})).as_deref(),
        Some("Italia")
    );
}

#[test]
fn dates_take_the_shape_that_the_page_shows() {
    for (hint, value) in [
        (json!({ "type": "date" }), "1990-12-07"),
        (json!({ "placeholder": "DD/MM/YYYY" }), "07/12/1990"),
        (json!({ "placeholder": "mm/dd/yyyy" }), "12/07/1990"),
        (json!({ "placeholder": "gg/mm/aaaa" }), "07/12/1990"),
        (json!({ "placeholder": "TT.MM.JJJJ" }), "07.12.1990"),
        (json!({ "placeholder": "JJ/MM/AAAA" }), "07/12/1990"),
        (json!({ "placeholder": "YYYY-MM-DD" }), "1990-12-07"),
        (json!({}), "1990-12-07"),
    ] {
        assert_eq!(beside_name("bday", &hint).as_deref(), Some(value), "{hint}");
    }
    for (part, value) in [
        ("bday-day", "07"),
        ("bday-month", "12"),
        ("bday-year", "1990"),
    ] {
        assert_eq!(beside_name(part, &json!({})).as_deref(), Some(value));
    }
}

#[test]
fn telephones_fit_the_field_and_lose_what_has_a_field_of_its_own() {
    for (token, hint, value) in [
        ("tel", json!({}), "+39 011 123456"),
        ("tel", json!({ "maxLength": 12 }), "+39011123456"),
        ("tel", json!({ "type": "number" }), "39011123456"),
        ("tel-national", json!({}), "011123456"),
    ] {
        assert_eq!(
            beside_name(token, &hint).as_deref(),
            Some(value),
            "{token} {hint}"
        );
    }
    assert_eq!(
        beside_name("tel", &json!({ "maxLength": 5 })),
        None,
        "never cut off"
    );
    let two = [
        token(
            "tel-country-code",
            &json!({ "type": "tel", "label": "Phone" }),
        ),
        token("tel", &json!({ "type": "tel" })),
    ];
    let values: Vec<String> = ship(&two).into_iter().map(|(_, _, value)| value).collect();
    assert_eq!(values, ["+39", "011123456"]);
}
