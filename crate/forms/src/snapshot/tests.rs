use super::*;

#[test]
fn too_long_a_text_and_too_long_a_list_are_refused() {
    let sound = |title: &str, headings: usize| {
        serde_json::json!({
            "id": "1", "title": title, "lang": "", "path": "/", "headings": vec![""; headings], "focused": null,
            "frameVisible": true, "fields": [], "groups": [],
        })
    };
    assert!(serde_json::from_value::<Snapshot>(sound("Sign in", 8)).is_ok());
    assert!(serde_json::from_value::<Snapshot>(sound(&"x".repeat(TEXT + 1), 8)).is_err());
    assert!(serde_json::from_value::<Snapshot>(sound("Sign in", 17)).is_err());
}

#[test]
fn what_the_shape_does_not_have_is_refused() {
    let odd = r#"{"id":"","title":"","lang":"","path":"","headings":[],"focused":null,"frameVisible":true,"fields":[],"groups":[],"origin":"https://bank.example"}"#;
    assert!(serde_json::from_str::<Snapshot>(odd).is_err());
}
