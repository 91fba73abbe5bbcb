use super::*;

/// S-145: what a line looks like; its fields can only be numbers, words and codes.
#[test]
fn s145_one_line_of_json() {
    assert_eq!(
        line(
            7,
            Level::Warn,
            "database",
            &[
                ("status", 200.into()),
                ("route", "/v1/v/pull".into()),
                ("code", Field::Code(*b"23505"))
            ]
        ),
        "{\"time\":7,\"level\":\"warn\",\"event\":\"database\",\"status\":200,\"route\":\"/v1/v/pull\",\"code\":\"23505\"}\n"
    );
}

#[test]
fn levels_by_name() {
    assert_eq!(Level::parse("debug"), Some(Level::Debug));
    assert_eq!(Level::parse("trace"), None);
    assert!(Level::Error < Level::Debug);
}
