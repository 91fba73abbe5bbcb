//! The program itself: its log, its stop, many idle connections.

use sesame_protocol::account::{Email, HintSend, Lang, LoginStart, Message as _, RegisterBegin};

use crate::support::http::{raw, request};
use crate::support::process::{Process, free_address, program};
use crate::support::{Folder, TestServer};

/// S-145: whatever is sent, in whatever place, nothing of it is in the log, also at its most talkative.
#[tokio::test]
async fn s145_nothing_of_a_request_is_logged() {
    let (folder, address) = (Folder::new(), free_address());
    let authority = format!("localhost:{}", address.port());
    let mut program = program(&folder, "http", address);
    program.env("SESAME_LOG", "debug").env("RUST_LOG", "trace");
    let process = Process::serve(program, address).await;
    let email = Email::parse("canary.mail@canary.example").unwrap();
    let token = "canaryToken".repeat(5) + "abcdefghi";
    let bearer = format!("Bearer {token}");
    let post = |path: &str, body: &[u8]| {
        let headers = [
            ("authorization", bearer.as_str()),
            ("user-agent", "canary-agent"),
            ("x-forwarded-for", "203.0.113.77"),
            ("referer", "https://canary.example/#t=canary"),
        ];
        request("POST", path, &authority, &headers, body)
    };
    let begin = RegisterBegin {
        email: email.clone(),
        lang: Lang::En,
    }
    .encode();
    let login = LoginStart {
        email: email.clone(),
        ke1: vec![b'k'; 96],
    }
    .encode();
    let hint = HintSend {
        email,
        lang: Lang::It,
    }
    .encode();
    for (path, body) in [
        ("/v1/register/begin", begin.as_slice()),
        ("/v1/login/start", &login),
        ("/v1/hint/send", &hint),
        ("/v1/v/pull", b"canary-body"),
        ("/v1/v/pull?canary=query", b""),
        ("/canary-path", b""),
        ("/reset?t=canary-query", b""),
    ] {
        raw(address, &post(path, body)).await;
    }
    let log = process.stop();
    assert!(
        log.contains("\"route\":\"/v1/login/start\"") && log.contains("stopped"),
        "{log}"
    );
    for canary in ["anary", "203.0.113", "127.0.0.1", "kkkk", "@", "#t="] {
        assert!(!log.contains(canary), "{canary}: {log}");
    }
}

/// S-140: who opens many connections and says little does not keep others out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s140_many_slow_connections() {
    use tokio::io::AsyncWriteExt as _;
    let server = TestServer::sqlite().await;
    let mut idle = Vec::new();
    for number in 0..200 {
        let mut stream = tokio::net::TcpStream::connect(server.address)
            .await
            .unwrap();
        if number % 2 == 0 {
            stream
                .write_all(b"POST /v1/v/pull HTTP/1.1\r\nhos")
                .await
                .unwrap();
        }
        idle.push(stream);
    }
    assert_eq!(server.send("GET", "/healthz", &[], b"").await.status, 200);
    drop(idle);
    // A head that does not end is refused, not collected.
    let endless = [b"GET / HTTP/1.1\r\nx: ".as_slice(), &vec![b'a'; 100_000]].concat();
    assert_eq!(raw(server.address, &endless).await.status, 431);
    let mut many = b"GET / HTTP/1.1\r\n".to_vec();
    for number in 0..100 {
        many.extend_from_slice(format!("x{number}: 1\r\n").as_bytes());
    }
    many.extend_from_slice(b"\r\n");
    assert_eq!(raw(server.address, &many).await.status, 431);
}
