//! What is kept of where requests came from, and from which program (S-156): looked for in every value of
//! the database after everything that a person does.

use sesame_protocol::account::{Email, Lang, Message as _, RegisterBegin, Session};
use sesame_server::clock::DAY_MS;
use sesame_server::db::Db;
use sesame_server::purge::purge;

use crate::support::http::USER_AGENT;
use crate::support::person::{Person, email, login_start, request_reset};
use crate::support::{TestServer, both_databases};

/// The network address of an IPv4 and the /64 of an IPv6 canary.
const V4: [u8; 4] = [203, 0, 113, 77];
const V6: [u8; 8] = [0x20, 0x01, 0x0d, 0xb8, 0xca, 0xfe, 0xbe, 0xef];

/// A column of the schema.
struct Column {
    table: String,
    name: String,
    binary: bool,
}

async fn columns(db: &Db) -> Vec<Column> {
    let sql = match db {
        Db::Sqlite { .. } => {
            "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table'"
        }
        Db::Postgres(_) => {
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT) \
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let mut tx = db.read().await.unwrap();
    let lines = tx.all(sql, &[]).await.unwrap();
    lines
        .iter()
        .map(|line| Column {
            table: line.text(0).unwrap(),
            name: line.text(1).unwrap(),
            binary: matches!(line.text(2).unwrap().as_str(), "BLOB" | "bytea"),
        })
        .collect()
}

/// Every value of the database in hexadecimal, numbers as their digits, with its column's name.
async fn values(db: &Db) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for column in columns(db).await {
        let Column {
            table,
            name,
            binary,
        } = column;
        let hex = match (db, binary) {
            (Db::Sqlite { .. }, _) => format!("hex({name})"),
            (Db::Postgres(_), true) => format!("encode({name}, 'hex')"),
            (Db::Postgres(_), false) => format!("encode(convert_to({name}::text, 'UTF8'), 'hex')"),
        };
        // The way to the database takes SQL of the program only (S-143), so this one lives for ever.
        let sql: &'static str = format!("SELECT {hex} FROM \"{table}\"").leak();
        let mut tx = db.read().await.unwrap();
        for line in tx.all(sql, &[]).await.unwrap() {
            let value = line.maybe_text(0).unwrap().unwrap_or_default();
            found.push((format!("{table}.{name}"), value.to_lowercase()));
        }
    }
    found
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn holding(values: &[(String, String)], needle: &[u8]) -> Vec<String> {
    let needle = hex(needle);
    let holds = |(_, value): &&(String, String)| value.contains(&needle);
    values
        .iter()
        .filter(holds)
        .map(|(column, _)| column.clone())
        .collect()
}

/// Codes for somebody, asked for from this place.
async fn ask_from(server: &TestServer, place: &str, email: &Email) {
    let (email, lang) = (email.clone(), Lang::En);
    let body = RegisterBegin { email, lang }.encode();
    let headers = [("x-forwarded-for", place)];
    let reply = server
        .send("POST", "/v1/register/begin", &headers, &body)
        .await;
    assert_eq!(reply.status, 202);
}

async fn counts(server: &TestServer) -> u64 {
    server
        .count("SELECT CAST(COUNT(*) AS BIGINT) FROM budget")
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s156_no_address_and_no_program_is_remembered() {
    let settings = [
        ("SESAME_LIMITS", "normal"),
        ("SESAME_TRUSTED_PROXIES", "127.0.0.1"),
        // Its rows are spread at random.
        ("SESAME_LIMIT_MAIL_TOTAL", "off"),
    ];
    both_databases(&settings, remembers_nothing).await;
}

async fn remembers_nothing(server: TestServer) {
    let person = Person::new(&server, "person@example.org").await;
    person
        .sign_in(&server, &person.password)
        .await
        .message::<Session>();
    person.renew(&server).await.message::<Session>();
    login_start(&server, &person.email, "guess").await;
    request_reset(&server, &person.email).await;
    let v4 = V4.map(|byte| byte.to_string()).join(".");
    ask_from(&server, &v4, &email("four@example.org")).await;
    let before = counts(&server).await;
    let six = email("six@example.org");
    ask_from(&server, "2001:db8:cafe:beef::1", &six).await;
    let grown = counts(&server).await;
    assert_eq!(
        grown,
        before + 2,
        "for the network, and for the address of mail"
    );
    ask_from(&server, "2001:db8:cafe:beef:1234::77", &six).await;
    assert_eq!(counts(&server).await, grown, "a /64 is one network");

    let columns = columns(&server.state.db).await;
    assert!(columns.len() > 60, "{}", columns.len());
    for Column { name, table, .. } in &columns {
        for word in [
            "agent", "browser", "peer", "host", "place", "refer", "forward", "country", "ip",
        ] {
            let is_it = name.split('_').any(|part| part.starts_with(word));
            assert!(!is_it, "{table}.{name} sounds like a trace");
        }
    }
    let values = values(&server.state.db).await;
    // The search finds what is there.
    assert_eq!(holding(&values, b"person@example.org"), ["account.email"]);
    let number = u32::from_be_bytes(V4).to_string();
    let v6 = "2001:db8:cafe:beef";
    let needles: [&[u8]; 9] = [
        USER_AGENT.as_bytes(),
        b"canary",
        v4.as_bytes(),
        &V4,
        number.as_bytes(),
        v6.as_bytes(),
        &V6,
        b"127.0.0.1",
        &[0xff, 0xff, 127, 0, 0, 1],
    ];
    for needle in needles {
        let found = holding(&values, needle);
        assert!(found.is_empty(), "{needle:?}: {found:?}");
    }

    // What was made of them for counting is gone after a week.
    server.clock.advance(7 * DAY_MS);
    purge(&server.state.db, server.state.now()).await.unwrap();
    assert_eq!(counts(&server).await, 0);
    for table in [
        "SELECT CAST(COUNT(*) AS BIGINT) FROM code",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM login",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM nonce",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM reset",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM session",
    ] {
        assert_eq!(server.count(table).await, 0, "{table}");
    }
}
