//! How mails leave: several at once, each once, and to one address in their order.

use std::sync::Arc;

use sesame_protocol::account::{Lang, RegisterBegin, RegisterStart};
use sesame_server::clock::SetClock;
use sesame_server::command::open;
use sesame_server::mail;
use sesame_server::state::State;

use crate::support::opaque::Registering;
use crate::support::person::email;
use crate::support::sink::Sink;
use crate::support::{BEGIN, TestServer, both_databases};

const SLOW: &str = "slow@example.org";

/// A server whose mails go to a sink, on both databases.
async fn with_sink(test: impl AsyncFn(TestServer, Sink)) {
    let sink = Sink::new().await;
    let url = sink.url();
    let settings = [("SESAME_SMTP", url.as_str()), ("SESAME_OUTBOX", "")];
    both_databases(&settings, async |server| {
        sink.forget();
        test(server, sink.clone()).await;
    })
    .await;
}

/// A mail with a code to this address, a moment after the one before it.
async fn code_to(server: &TestServer, address: &str) {
    server.clock.advance(1);
    let (email, lang) = (email(address), Lang::En);
    let reply = server
        .post("/v1/register/begin", &RegisterBegin { email, lang })
        .await;
    assert_eq!(reply.status, 202);
}

fn worker(state: &State) -> tokio::task::JoinHandle<()> {
    tokio::spawn(mail::work(Arc::clone(state)))
}

/// A mail server that is slow with one mail does not let the codes of others grow old in the queue;
/// two mails to one person never overtake each other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_slow_conversation_holds_nobody_else_up() {
    with_sink(async |server, sink| {
        sink.hold(SLOW);
        // More than a page of mails that have to wait for the first of them.
        for _ in 0..20 {
            code_to(&server, SLOW).await;
        }
        for number in 0..12 {
            code_to(&server, &format!("quick{number}@example.org")).await;
        }
        let worker = worker(&server.state);
        let (begun, taken) = sink.until(13, 12).await;
        assert_eq!(taken.len(), 12, "{begun:?}");
        assert!(taken.iter().all(|mail| mail.to != SLOW));
        assert_eq!(
            begun.iter().filter(|to| *to == SLOW).count(),
            1,
            "one at a time to one address"
        );
        sink.hold("");
        let (_, taken) = sink.until(32, 32).await;
        worker.abort();
        assert_eq!(taken.len(), 32);
        // They came in their order: the last one's code is the newest, which is the good one.
        let last = taken.iter().rfind(|mail| mail.to == SLOW).unwrap();
        let (_, request) = Registering::start("x");
        let ask = RegisterStart {
            email: email(SLOW),
            code: last.code(),
            request,
        };
        assert_eq!(server.post("/v1/register/start", &ask).await.status, 200);
    })
    .await;
}

/// S-136: one mail for one event, also with several servers that share the queue.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s136_several_servers_send_each_mail_once() {
    with_sink(async |server, sink| {
        for number in 0..40 {
            code_to(&server, &format!("n{number}@example.org")).await;
        }
        let other = open(server.config(), Arc::new(SetClock::new(BEGIN + 1_000)))
            .await
            .unwrap();
        let workers = [worker(&server.state), worker(&other.server)];
        let (_, taken) = sink.until(40, 40).await;
        // Whoever would send a mail again would do so now: the queue has to be empty first.
        while server
            .count("SELECT CAST(COUNT(*) AS BIGINT) FROM mail")
            .await
            > 0
        {
            tokio::task::yield_now().await;
        }
        assert_eq!(sink.until(40, 40).await.1.len(), 40);
        let mut ids: Vec<_> = taken.into_iter().map(|mail| mail.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 40);
        for worker in workers {
            worker.abort();
        }
        other.server.db.close().await;
    })
    .await;
}
