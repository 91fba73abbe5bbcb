use std::path::Path;

/// The program's own sources, tests left out.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut todo = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            if path.is_dir() {
                todo.push(path);
            } else if !name.contains("tests") {
                found.push((name, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    assert!(found.len() > 40);
    found
}

/// The string literals of a source that are SQL, with their continued lines joined.
fn statements(text: &str) -> Vec<String> {
    let verbs = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "];
    text.split('"')
        .skip(1)
        .step_by(2)
        .filter(|literal| verbs.iter().any(|verb| literal.starts_with(verb)))
        .map(|literal| literal.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// S-143: there is one way to the database, and it takes SQL of this program only.
#[test]
fn s143_no_sql_is_put_together() {
    for (name, text) in sources() {
        for word in ["AssertSqlSafe", "QueryBuilder", "raw_sql", "query_with"] {
            assert!(!text.contains(word), "{name}: {word}");
        }
        let direct = text.contains("sqlx::query(");
        assert_eq!(direct, name.ends_with("src/db.rs"), "{name}");
    }
}

/// S-141: a statement about accounts' data names the account, unless it is regular work over all of
/// them (by time), or finds an account by what its owner knows.
#[test]
fn s141_every_statement_names_the_account() {
    let by_account = [
        "generation",
        "header",
        "link",
        "entry",
        "blob",
        "device",
        "session",
        "email_change",
        "sealed_grant",
        "nonce",
    ];
    // Over all accounts, by the clock; and a restored database (S-152).
    let everybody = [
        "WHERE replaced_at < $1",
        "WHERE expires < $1",
        "WHERE state = 1 AND erase_at <= $1",
        "DELETE FROM session",
        "DELETE FROM sealed_grant",
        "DELETE FROM email_change WHERE changed_at IS NULL",
    ];
    let mut seen = 0;
    for (name, text) in sources() {
        for sql in statements(&text) {
            let words: Vec<&str> = sql.split([' ', ',', '(', ')']).collect();
            let touches = words.windows(2).any(|pair| {
                ["FROM", "INTO", "UPDATE", "JOIN"].contains(&pair[0])
                    && by_account.contains(&pair[1])
            });
            if !touches {
                continue;
            }
            seen += 1;
            let named = sql.contains("account = $") || sql.contains("(account,");
            let all = everybody
                .iter()
                .any(|allowed| sql.ends_with(allowed) || sql.contains(&format!("{allowed} ")));
            // Its owner knows the address, or has the mail with the link.
            let by_owner = ["account.email = $", "undo_hash = $", "old_email = $"]
                .iter()
                .any(|known| sql.contains(known));
            assert!(named || all || by_owner, "{name}: {sql}");
        }
    }
    assert!(seen > 40, "{seen}");
}
