//! Who has no session can't tell who has an account: not by what is answered, and not by what the
//! server writes for it.

use sesame_protocol::account::{
    Email, HintSend, Lang, LoginStarted, Message, RecoverStart, RecoverStarted, RefusalCode,
    RegisterBegin, ResetRequest,
};

use crate::both;
use crate::support::http::Reply;
use crate::support::person::{Person, email, login_start};
use crate::support::{TestServer, both_databases};

/// What an answer shows from outside.
fn shape(reply: &Reply) -> (u16, Vec<(String, String)>, usize) {
    let mut headers = reply.headers.clone();
    headers.retain(|(name, _)| name != "date");
    (reply.status, headers, reply.body.len())
}

/// Rows of every table that asking writes to, and bytes of what waits in them but for mails, whose
/// length is that of their words.
async fn written(server: &TestServer) -> Vec<u64> {
    vec![
        server
            .count("SELECT CAST(COUNT(*) AS BIGINT) FROM login")
            .await,
        server
            .count("SELECT CAST(COALESCE(SUM(length(state)), 0) AS BIGINT) FROM login")
            .await,
        server
            .count("SELECT CAST(COUNT(*) AS BIGINT) FROM mail")
            .await,
        server
            .count("SELECT CAST(COUNT(*) AS BIGINT) FROM reset")
            .await,
        server
            .count("SELECT CAST(COUNT(*) AS BIGINT) FROM code")
            .await,
        server
            .count("SELECT CAST(COUNT(*) AS BIGINT) FROM budget")
            .await,
        server
            .count("SELECT CAST(COUNT(*) AS BIGINT) FROM nonce")
            .await,
    ]
}

/// Asks the same for somebody and for nobody, with addresses of one length: answers and writes must
/// be alike.
async fn alike<M: Message>(server: &TestServer, path: &str, message: impl Fn(Email) -> M) {
    let mut seen = Vec::new();
    // What is counted by place has its row from here on.
    server
        .post(path, &message(email("warmer@example.org")))
        .await;
    for address in ["person@example.org", "nobody@example.org"] {
        let before = written(server).await;
        let reply = server.post(path, &message(email(address))).await;
        let after = written(server).await;
        let grown: Vec<u64> = after
            .iter()
            .zip(&before)
            .map(|(now, then)| now - then)
            .collect();
        seen.push((shape(&reply), grown));
    }
    assert_eq!(seen[0], seen[1], "{path}");
}

/// As an operator runs it, but for totals, whose counts are spread over rows at random.
fn limited() -> [(&'static str, &'static str); 3] {
    [
        ("SESAME_LIMITS", "normal"),
        ("SESAME_LIMIT_MAIL_TOTAL", "off"),
        ("SESAME_LIMIT_SIGN_IN_TOTAL", "off"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s118_s119_s120_s121_s122_s158_somebody_and_nobody_are_alike() {
    both_databases(&limited(), async |server| {
        Person::new(&server, "person@example.org").await;
        // The sign-up's own counts and mails are long over.
        server.clock.advance(8 * sesame_server::clock::DAY_MS);
        sesame_server::purge::purge(&server.state.db, server.state.now())
            .await
            .unwrap();
        alike(&server, "/v1/login/start", |email| {
            let (_, ke1) = crate::support::opaque::SigningIn::start("x");
            sesame_protocol::account::LoginStart { email, ke1 }
        })
        .await;
        alike(&server, "/v1/recover/start", |email| RecoverStart { email }).await;
        alike(&server, "/v1/register/begin", |email| RegisterBegin {
            email,
            lang: Lang::En,
        })
        .await;
        alike(&server, "/v1/hint/send", |email| HintSend {
            email,
            lang: Lang::En,
        })
        .await;
        alike(&server, "/v1/reset/request", |email| ResetRequest {
            email,
            lang: Lang::En,
        })
        .await;
    })
    .await;
}

both! {
    /// S-118: what an answer says about one address stays the same, for nobody as for somebody.
    async fn s118_stand_ins_are_stable(server) {
        Person::new(&server, "person@example.org").await;
        for address in ["person@example.org", "nobody@example.org"] {
            let mut names = Vec::new();
            for _ in 0..3 {
                let (_, reply) = login_start(&server, &email(address), "x").await;
                let started: LoginStarted = reply.message();
                let ask = RecoverStart { email: email(address) };
                let recover: RecoverStarted = server.post("/v1/recover/start", &ask).await.message();
                names.push((started.cred_id, recover.account));
            }
            assert!(names.windows(2).all(|pair| pair[0] == pair[1]), "{address}");
        }
        // An address has the name that it had before it signed up.
        let (_, reply) = login_start(&server, &email("later@example.org"), "x").await;
        let before = reply.message::<LoginStarted>().cred_id;
        Person::new(&server, "later@example.org").await;
        let (_, reply) = login_start(&server, &email("later@example.org"), "x").await;
        assert_eq!(reply.message::<LoginStarted>().cred_id, before);
    }

    /// S-120: the hint goes to the stored address by mail, and nowhere else.
    async fn s120_the_hint(server) {
        let person = Person::new(&server, "person@example.org").await;
        for address in ["person@example.org", "nobody@example.org"] {
            let ask = HintSend { email: email(address), lang: Lang::It };
            let reply = server.post("/v1/hint/send", &ask).await;
            assert_eq!((reply.status, reply.body.len()), (202, 0));
        }
        let mail = server.only_mail().await;
        assert_eq!(mail.to, "person@example.org");
        assert!(mail.text.contains("the usual"));
        // The account's language, not that of whoever asks.
        assert_eq!(mail.subject, "Your master password hint");
        for path in sesame_server::routes::NAMES {
            let reply = server.send("POST", path, &[], b"").await;
            assert!(!String::from_utf8_lossy(&reply.body).contains("the usual"), "{path}");
        }
        drop(person);
    }

    /// S-127: one plain address, in one spelling; whatever else is no message.
    async fn s127_address_tricks(server) {
        Person::new(&server, "person@example.org").await;
        for trick in [
            "person@example.org,thief@evil.example", "person@example.org;thief@evil.example",
            "person@example.org thief@evil.example", "person@example.org\r\nBcc: thief@evil.example",
            "person@example.org\0", "Person@example.org", "PERSON@EXAMPLE.ORG", "person@example.org.",
            " person@example.org", "\"person\"@example.org", "person@[127.0.0.1]", "<person@example.org>",
            "person(comment)@example.org", "person@example.org@evil.example", "pers\u{f6}n@example.org",
            "person@ex\u{430}mple.org", "perso\u{131}n@example.org", "", "@", "[\"a@b.example\",\"c@d.example\"]",
        ] {
            for path in ["/v1/reset/request", "/v1/hint/send", "/v1/register/begin"] {
                let mut body = vec![u8::try_from(trick.len()).unwrap()];
                body.extend_from_slice(trick.as_bytes());
                body.push(0);
                let reply = server.send("POST", path, &[], &body).await;
                assert_eq!((reply.status, reply.code()), (400, RefusalCode::Malformed), "{path} {trick:?}");
            }
        }
        assert!(server.mails().await.is_empty());
        // Two addresses of one message, and one more after the end.
        let one = ResetRequest { email: email("person@example.org"), lang: Lang::En }.encode();
        let reply = server.send("POST", "/v1/reset/request", &[], &[one.clone(), one].concat()).await;
        assert_eq!(reply.code(), RefusalCode::Malformed);
    }
}
