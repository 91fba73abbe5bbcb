//! How often something may be tried (S-138, S-139), with a clock that stands.

use sesame_protocol::account::{HintSend, Lang, RefusalCode, Session};
use sesame_server::clock::DAY_MS;

use crate::support::both_databases;
use crate::support::person::{Device, Person, email, login_start, request_reset, sign_in};

const HOUR: u64 = 3_600_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s138_three_hints_and_three_resets_a_day_and_nobody_is_told() {
    both_databases(&[("SESAME_LIMITS", "normal")], async |server| {
        let person = Person::new(&server, "person@example.org").await;
        let hint = HintSend { email: person.email.clone(), lang: Lang::En };
        for _ in 0..5 {
            assert_eq!(server.post("/v1/hint/send", &hint).await.status, 202);
            request_reset(&server, &person.email).await;
        }
        let mails = server.mails().await;
        let count = |subject: &str| mails.iter().filter(|mail| mail.subject == subject).count();
        assert_eq!(count("Your master password hint"), 3);
        assert_eq!(count("Reset your Sesame account"), 3);
        assert_eq!(mails.len(), 6);
        // One comes back after a third of a day, and no lock stays for good.
        server.clock.advance(DAY_MS / 3);
        for _ in 0..2 {
            server.post("/v1/hint/send", &hint).await;
        }
        assert_eq!(server.mails().await.len(), 1);
        server.clock.advance(DAY_MS);
        for _ in 0..5 {
            server.post("/v1/hint/send", &hint).await;
        }
        assert_eq!(server.mails().await.len(), 3);
        // A request over the limit does not make the last good link void.
        server.clock.advance(3 * DAY_MS);
        for _ in 0..3 {
            request_reset(&server, &person.email).await;
        }
        request_reset(&server, &person.email).await;
        let good = server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM reset JOIN account ON account.account = reset.account").await;
        assert_eq!(good, 1);
        let links: Vec<_> = server.mails().await.iter().map(crate::support::person::Mail::token).collect();
        let mut starts = 0;
        for token in links {
            let (_, request) = crate::support::opaque::Registering::start("x");
            let ask = sesame_protocol::account::ResetStart { token, request };
            starts += u32::from(server.post("/v1/reset/start", &ask).await.status == 200);
        }
        assert_eq!(starts, 1);
    })
    .await;
}

/// What is done with a session is told by mail, but nobody's account is a way to send thousands.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s138_notices_have_an_end() {
    let settings = [
        ("SESAME_LIMITS", "normal"),
        ("SESAME_LIMIT_NOTICE_MAIL", "3/1d"),
    ];
    both_databases(&settings, async |server| {
        let person = Person::new(&server, "person@example.org").await;
        for _ in 0..5 {
            let device = Device::new();
            sign_in(&server, &person.email, &person.password, &device)
                .await
                .message::<Session>();
        }
        assert_eq!(server.mails().await.len(), 3);
        // What tells of a reset comes all the same.
        let person = person.reset(&server, "another").await;
        let mails = server.mails().await;
        assert!(
            mails
                .iter()
                .any(|mail| mail.subject == "Your Sesame account was reset")
        );
        server.clock.advance(DAY_MS);
        let device = Device::new();
        sign_in(&server, &person.email, &person.password, &device)
            .await
            .message::<Session>();
        assert_eq!(server.mails().await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s139_a_first_message_counts_until_the_last_proves_it() {
    let settings = [
        ("SESAME_LIMITS", "normal"),
        ("SESAME_LIMIT_SIGN_IN_ACCOUNT", "3/1h"),
    ];
    both_databases(&settings, async |server| {
        let person = Person::new(&server, "person@example.org").await;
        for _ in 0..6 {
            person
                .sign_in(&server, &person.password)
                .await
                .message::<Session>();
        }
        // Whoever guesses looks at the answer to the first message and stops there.
        for address in ["person@example.org", "nobody@example.org"] {
            for _ in 0..3 {
                assert_eq!(
                    login_start(&server, &email(address), "guess")
                        .await
                        .1
                        .status,
                    200
                );
            }
            let (_, reply) = login_start(&server, &email(address), "guess").await;
            assert_eq!((reply.status, reply.code()), (429, RefusalCode::SlowDown));
            assert_eq!(reply.refusal().retry_after(), Some(1_200));
            assert_eq!(reply.header("retry-after"), Some("1200"));
        }
        // Others are not in the way of it, and a browser that is signed in goes on by its keys.
        let other = sign_in(&server, &email("other@example.org"), "x", &Device::new()).await;
        assert_eq!(other.code(), RefusalCode::Denied);
        person.renew(&server).await.message::<Session>();
        server.clock.advance(HOUR / 3);
        person
            .sign_in(&server, &person.password)
            .await
            .message::<Session>();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s138_counts_by_place_and_in_total() {
    let settings = [
        ("SESAME_LIMITS", "normal"),
        ("SESAME_TRUSTED_PROXIES", "127.0.0.1"),
        ("SESAME_LIMIT_SIGN_IN_ADDRESS", "2/1h"),
        ("SESAME_LIMIT_SIGN_IN_TOTAL", "5/1h"),
        ("SESAME_LIMIT_MAIL_ADDRESS", "2/1h"),
        ("SESAME_LIMIT_MAIL_TOTAL", "5/1h"),
    ];
    both_databases(&settings, async |server| {
        use sesame_protocol::account::{LoginStart, Message as _, RegisterBegin};
        let from = async |place: &str, path: &str, body: Vec<u8>| {
            server
                .send("POST", path, &[("x-forwarded-for", place)], &body)
                .await
                .status
        };
        let login = |number: u32| {
            let (_, ke1) = crate::support::opaque::SigningIn::start("x");
            LoginStart {
                email: email(&format!("n{number}@example.org")),
                ke1,
            }
            .encode()
        };
        let begin = |number: u32| {
            let email = email(&format!("n{number}@example.org"));
            RegisterBegin {
                email,
                lang: Lang::En,
            }
            .encode()
        };
        for (path, good, body) in [
            ("/v1/login/start", 200, &login as &dyn Fn(u32) -> Vec<u8>),
            ("/v1/register/begin", 202, &begin),
        ] {
            assert_eq!(from("203.0.113.1", path, body(1)).await, good);
            assert_eq!(from("203.0.113.1", path, body(2)).await, good);
            assert_eq!(
                from("203.0.113.1", path, body(3)).await,
                429,
                "{path}: by place"
            );
            // A /64 of IPv6 is one place.
            assert_eq!(from("2001:db8::1", path, body(4)).await, good);
            assert_eq!(from("2001:db8::2", path, body(5)).await, good);
            assert_eq!(
                from("2001:db8::3", path, body(6)).await,
                429,
                "{path}: by /64"
            );
            assert_eq!(from("203.0.113.2", path, body(7)).await, good);
            assert_eq!(
                from("203.0.113.3", path, body(8)).await,
                429,
                "{path}: in total"
            );
        }
    })
    .await;
}

/// A single stranger does not take all the tries that somebody has, and many together get no more of
/// them than before; it is the same for who has no account (S-118).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s138_one_network_does_not_take_all_tries() {
    let settings = [
        ("SESAME_LIMITS", "normal"),
        ("SESAME_TRUSTED_PROXIES", "127.0.0.1"),
    ];
    both_databases(&settings, async |server| {
        use sesame_protocol::account::{LoginStart, Message as _};
        let person = Person::new(&server, "person@example.org").await;
        let guesses = async |place: &str, address: &str| {
            let mut answered = 0;
            for _ in 0..30 {
                let (_, ke1) = crate::support::opaque::SigningIn::start("guess");
                let email = email(address);
                let body = LoginStart { email, ke1 }.encode();
                let headers = [("x-forwarded-for", place)];
                let reply = server
                    .send("POST", "/v1/login/start", &headers, &body)
                    .await;
                answered += u32::from(reply.status == 200);
            }
            answered
        };
        assert_eq!(guesses("203.0.113.1", "person@example.org").await, 8);
        // What was right does not count, at its own place as in all.
        for _ in 0..30 {
            person
                .sign_in(&server, &person.password)
                .await
                .message::<Session>();
        }
        assert_eq!(guesses("203.0.113.1", "nobody@example.org").await, 8);
        for address in ["person@example.org", "nobody@example.org"] {
            assert_eq!(guesses("203.0.113.2", address).await, 8);
            assert_eq!(guesses("2001:db8::1", address).await, 4, "twenty in all");
            assert_eq!(guesses("203.0.113.4", address).await, 0);
        }
        server.clock.advance(HOUR);
        assert_eq!(guesses("203.0.113.1", "person@example.org").await, 8);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s138_two_requests_at_once_do_not_share_the_last_try() {
    let settings = [
        ("SESAME_LIMITS", "normal"),
        ("SESAME_LIMIT_MAIL_ADDRESS", "7/1h"),
    ];
    both_databases(&settings, async |server| {
        let server = std::sync::Arc::new(server);
        let mut asks = tokio::task::JoinSet::new();
        for number in 0..40 {
            let server = std::sync::Arc::clone(&server);
            asks.spawn(async move {
                use sesame_protocol::account::RegisterBegin;
                let email = email(&format!("n{number}@example.org"));
                server
                    .post(
                        "/v1/register/begin",
                        &RegisterBegin {
                            email,
                            lang: Lang::En,
                        },
                    )
                    .await
                    .status
            });
        }
        let statuses = asks.join_all().await;
        assert_eq!(
            statuses.iter().filter(|status| **status == 202).count(),
            7,
            "{statuses:?}"
        );
        assert!(
            statuses.iter().all(|status| [202, 429].contains(status)),
            "{statuses:?}"
        );
    })
    .await;
}
