use super::*;

#[test]
fn urls_of_databases() {
    assert!(matches!(
        "sqlite:///var/lib/sesame/sesame.db".parse(),
        Ok(DatabaseUrl::Sqlite(path)) if path.as_os_str() == "/var/lib/sesame/sesame.db"
    ));
    for good in [
        "postgres://sesame@127.0.0.1:5432/sesame",
        "postgres://sesame@localhost/sesame",
        "postgresql:///sesame?host=/run/postgresql",
        "postgres://sesame:word@db.example/sesame?sslmode=verify-full",
    ] {
        assert!(
            matches!(good.parse(), Ok(DatabaseUrl::Postgres(_))),
            "{good}"
        );
    }
    for bad in ["", "sesame.db", "sqlite://", "mysql://a/b", "postgres:/x"] {
        assert!(
            matches!(bad.parse::<DatabaseUrl>(), Err(OpenError::Url)),
            "{bad}"
        );
    }
    // A password and everybody's addresses would cross the network readable.
    for plain in [
        "postgres://sesame:word@db.example/sesame",
        "postgres://sesame:word@db.example/sesame?sslmode=prefer",
        "postgres://sesame:word@10.0.0.4/sesame?sslmode=disable",
    ] {
        assert!(
            matches!(plain.parse::<DatabaseUrl>(), Err(OpenError::Plain)),
            "{plain}"
        );
    }
}

#[test]
fn s145_debug_names_the_kind_only() {
    let url: DatabaseUrl = "postgres://sesame:canary@localhost/sesame".parse().unwrap();
    assert_eq!(format!("{url:?}"), "postgres");
}
