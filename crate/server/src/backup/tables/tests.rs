use super::*;
use crate::db::MIGRATIONS;

/// A table's SQL names its columns, all of them and in their order.
#[test]
fn statements_and_columns_agree() {
    for table in TABLES {
        let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        let places: Vec<String> = (1..=table.columns.len()).map(|n| format!("${n}")).collect();
        assert!(
            table.select.starts_with(&format!(
                "SELECT {names} FROM {} WHERE account = $1",
                table.name
            )),
            "{}",
            table.select
        );
        assert_eq!(
            table.insert,
            format!(
                "INSERT INTO {} ({names}) VALUES ({})",
                table.name,
                places.join(", ")
            )
        );
    }
}

/// Every table of the schema is in the backup or is named here as short-lived.
#[test]
fn every_table_lasts_or_does_not() {
    let short = [
        "server",
        "session",
        "code",
        "login",
        "nonce",
        "budget",
        "reset",
        "sealed_grant",
        "mail",
    ];
    for step in MIGRATIONS {
        for statement in step.sqlite.split(";\n") {
            let words: Vec<&str> = statement.split_whitespace().collect();
            let Some(at) = words
                .windows(2)
                .position(|pair| pair == ["CREATE", "TABLE"])
            else {
                continue;
            };
            let name = words[at + 2];
            assert!(
                short.contains(&name) || TABLES.iter().any(|table| table.name == name),
                "{name}"
            );
        }
    }
}
