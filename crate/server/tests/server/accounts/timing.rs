//! How long the server takes for somebody and for nobody (S-118 to S-122). Times depend on the
//! machine, so nothing is asserted; what is asserted is in enumerate.rs. By hand:
//! `cargo test --release -p sesame-server --test server timing -- --ignored --nocapture`

use std::io::Write as _;
use std::time::Instant;

use sesame_protocol::account::{HintSend, Lang, LoginStart, Message as _, ResetRequest};

use crate::support::TestServer;
use crate::support::opaque::SigningIn;
use crate::support::person::{Person, email};

const SAMPLES: usize = 5_000;

/// The greatest distance between the two samples' distributions (Kolmogorov and Smirnov), times the
/// square root of half their size: above 1.63 they differ, at a level of one in a hundred.
fn distance(a: &[u128], b: &[u128]) -> f64 {
    let below = |sample: &[u128], time: u128| sample.partition_point(|one| *one <= time);
    let size = f64::from(u32::try_from(a.len()).unwrap());
    let greatest = a
        .iter()
        .chain(b)
        .map(|time| below(a, *time).abs_diff(below(b, *time)))
        .max()
        .unwrap();
    f64::from(u32::try_from(greatest).unwrap()) / size * (size / 2.0).sqrt()
}

async fn measure(server: &TestServer, name: &str) {
    Person::new(server, "person@example.org").await;
    for path in ["/v1/login/start", "/v1/hint/send", "/v1/reset/request"] {
        let mut times = [Vec::new(), Vec::new()];
        for turn in 0..2 * SAMPLES {
            let email = email(["person@example.org", "nobody@example.org"][turn % 2]);
            let body = match path {
                "/v1/login/start" => LoginStart {
                    email,
                    ke1: SigningIn::start("x").1,
                }
                .encode(),
                "/v1/hint/send" => HintSend {
                    email,
                    lang: Lang::En,
                }
                .encode(),
                _ => ResetRequest {
                    email,
                    lang: Lang::En,
                }
                .encode(),
            };
            let begun = Instant::now();
            let reply = server.send("POST", path, &[], &body).await;
            times[turn % 2].push(begun.elapsed().as_micros());
            assert!(reply.status < 300);
        }
        let [somebody, nobody] = &mut times;
        somebody.sort_unstable();
        nobody.sort_unstable();
        let at = |sample: &[u128], part: usize| sample[sample.len() * part / 1000];
        let line = format!(
            "{name} {path}: median {} and {} us, p99 {} and {} us, distance {:.2} (differs above 1.63)\n",
            at(somebody, 500),
            at(nobody, 500),
            at(somebody, 990),
            at(nobody, 990),
            distance(somebody, nobody)
        );
        std::io::stdout().write_all(line.as_bytes()).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints times and asserts nothing"]
async fn somebody_and_nobody() {
    measure(&TestServer::sqlite().await, "SQLite").await;
    if let Some(server) = TestServer::postgres().await {
        measure(&server, "PostgreSQL").await;
    }
}
