//! Links in mails: what they are made of, how long they are good, and who can't use them up.

use sesame_protocol::account::code::{encode, encode_grouped};
use sesame_protocol::account::{
    EmailBegin, EmailUndo, Lang, Message as _, RefusalCode, ResetRequest, ResetStart,
};
use sesame_server::account::CODE_MS;

use crate::both;
use crate::support::TestServer;
use crate::support::http::Reply;
use crate::support::opaque::Registering;
use crate::support::person::{Person, email, request_reset};

async fn start(server: &TestServer, token: [u8; 32]) -> Reply {
    let (_, request) = Registering::start("x");
    server
        .post("/v1/reset/start", &ResetStart { token, request })
        .await
}

both! {
    /// S-123: half an hour to the millisecond, one link for an account, nothing of it readable in
    /// the database, and each kind of link for its own use.
    async fn s123_reset_links(server) {
        let person = Person::new(&server, "person@example.org").await;
        request_reset(&server, &person.email).await;
        let waiting = dump(&server).await;
        let old = server.only_mail().await.token();
        assert!(holds(&waiting, b"mail") && !holds_token(&waiting, &old), "while the mail waits");
        server.clock.advance(CODE_MS);
        assert_eq!(start(&server, old).await.status, 200);
        server.clock.advance(1);
        assert_eq!(start(&server, old).await.code(), RefusalCode::Expired);

        let first = person.reset_token(&server).await;
        let second = person.reset_token(&server).await;
        assert_eq!(start(&server, first).await.code(), RefusalCode::Expired);
        assert_eq!(start(&server, second).await.status, 200);
        assert!(!holds_token(&dump(&server).await, &second));

        let undo = EmailUndo { token: second };
        assert_eq!(server.post("/v1/email/undo", &undo).await.code(), RefusalCode::Expired);
        let ask = EmailBegin { email: email("new@example.org") };
        assert_eq!(server.ask(&person.session.token, "/v1/email/begin", &ask).await.code(),
            RefusalCode::Unauthorised, "half an hour is longer than a session");
        let session: sesame_protocol::account::Session = person.renew(&server).await.message();
        assert_eq!(server.ask(&session.token, "/v1/email/begin", &ask).await.status, 202);
        let mails = server.mails().await;
        let notice = mails.iter().find(|mail| mail.to == "person@example.org").unwrap();
        assert_eq!(start(&server, notice.token()).await.code(), RefusalCode::Expired);
        assert!(!holds_token(&dump(&server).await, &notice.token()));
    }

    /// S-125: whatever a scanner of links does, the link stays good.
    async fn s125_scanners(server) {
        let person = Person::new(&server, "person@example.org").await;
        let token = person.reset_token(&server).await;
        let code = encode(&token);
        let body = ResetStart { token, request: vec![0; 32] }.encode();
        for _ in 0..10 {
            for method in ["GET", "HEAD", "OPTIONS"] {
                for path in ["/reset", "/v1/reset/start", "/v1/reset/finish", &format!("/reset?t={code}")] {
                    server.send(method, path, &[], &body).await;
                }
            }
            // A page that is run with every button pressed has no more than this to send.
            server.send("POST", "/reset", &[], &body).await;
            start(&server, token).await;
        }
        let (finish, _) = person.reset_form(&server, token, "new").await;
        assert_eq!(server.post("/v1/reset/finish", &finish).await.status, 200);
        // The page itself is the same for everyone and names no link.
        let page = server.send("GET", "/reset", &[], b"").await;
        let again = server.send("GET", &format!("/reset?t={code}&email=x"), &[], b"").await;
        assert_eq!(page.body, again.body);
    }

    /// S-126: links are made from the configured origin, whatever a request says.
    async fn s126_links_point_home(server) {
        let person = Person::new(&server, "person@example.org").await;
        let ask = ResetRequest { email: person.email.clone(), lang: Lang::En }.encode();
        let headers = [
            ("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example"),
            ("x-forwarded-proto", "https"), ("x-original-url", "https://evil.example"),
            ("x-host", "evil.example"), ("referer", "https://evil.example/"),
        ];
        assert_eq!(server.send("POST", "/v1/reset/request", &headers, &ask).await.status, 202);
        let mail = server.only_mail().await;
        let home = format!("{}/reset#t=", server.state.origin.as_str());
        let links: Vec<_> = mail.text.lines().filter(|line| line.contains("://")).collect();
        assert!(links.len() == 1 && links[0].starts_with(&home), "{links:?}");
        assert!(!mail.text.contains("evil"));
        // The code to type is the same token.
        assert!(mail.text.contains(&encode_grouped(&mail.token())));
        assert_eq!(server.send("POST", "/v1/reset/request", &[("host", "evil.example")], &ask).await.status, 421);
    }

    /// S-128: a page that is led to another, or fetches its style, tells nobody the link; and what
    /// the server could write down of a request is its path, where no token ever is.
    async fn s128_no_referrer(server) {
        for path in ["/reset", "/undo-email", "/"] {
            let page = server.send("GET", path, &[], b"").await;
            assert_eq!(page.header("referrer-policy"), Some("no-referrer"), "{path}");
            assert_eq!(page.header("cache-control"), Some("no-store"), "{path}");
            let policy = page.header("content-security-policy").unwrap();
            assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'none'"));
        }
    }
}

/// Every value of every table.
async fn dump(server: &TestServer) -> Vec<Vec<u8>> {
    let mut values = Vec::new();
    let mut tx = server.state.db.read().await.unwrap();
    for (sql, columns) in [
        ("SELECT body, mail FROM mail", 2),
        ("SELECT hash, account FROM reset", 2),
        ("SELECT hash, name FROM code", 2),
        ("SELECT undo_hash, code_hash FROM email_change", 2),
        ("SELECT token_hash FROM session", 1),
    ] {
        for line in tx.all(sql, &[]).await.unwrap() {
            for column in 0..columns {
                values.push(line.bytes(column).unwrap());
            }
            values.push(sql.split(' ').next_back().unwrap().as_bytes().to_vec());
        }
    }
    values
}

fn holds(values: &[Vec<u8>], what: &[u8]) -> bool {
    values
        .iter()
        .any(|value| value.windows(what.len()).any(|window| window == what))
}

fn holds_token(values: &[Vec<u8>], token: &[u8; 32]) -> bool {
    holds(values, token)
        || holds(values, encode(token).as_bytes())
        || holds(values, encode_grouped(token).as_bytes())
        || holds(values, &sesame_protocol::sha256(&[token]))
}
