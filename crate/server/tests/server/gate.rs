//! What every request passes.

use sesame_protocol::account::{Pull, RefusalCode};
use sesame_server::routes;

use crate::support::TestServer;
use crate::support::http::{raw, request};
use crate::support::vault::TestVault;

const PULL: &str = "/v1/v/pull";

/// S-126: another name is not answered, wherever it stands; what forwarded headers say is ignored.
#[tokio::test]
async fn s126_one_name_only() {
    let server = TestServer::sqlite().await;
    let ours = server.authority();
    for host in [
        "evil.example",
        "127.0.0.1",
        "localhost",
        &format!("{ours}.evil.example"),
        &format!("evil@{ours}"),
    ] {
        let reply = server.send("POST", PULL, &[("host", host)], b"").await;
        assert_eq!(reply.status, 421, "{host}");
        let reply = server.send("GET", "/reset", &[("host", host)], b"").await;
        assert_eq!(reply.status, 421, "{host}");
    }
    let twice = request("GET", "/reset", &ours, &[("Host", "evil.example")], b"");
    assert_ne!(raw(server.address, &twice).await.status, 200);
    let absolute = request("GET", "http://evil.example/reset", &ours, &[], b"");
    assert_eq!(raw(server.address, &absolute).await.status, 421);
    let forwarded = [
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
    ];
    let page = server.send("GET", "/reset", &forwarded, b"").await;
    assert_eq!(page.status, 200);
    assert!(!String::from_utf8_lossy(&page.body).contains("evil.example"));
    // Machines that know an address only ask these.
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(
            server
                .send("GET", path, &[("host", "127.0.0.1")], b"")
                .await
                .status,
            200
        );
    }
}

/// S-130: a page of the web gets nothing: no type that a form can send, no origin, no CORS.
#[tokio::test]
async fn s130_pages_of_the_web() {
    let server = TestServer::sqlite().await;
    let (vault, session) = server.account().await;
    let body = sesame_protocol::account::Message::encode(&vault.pull(session.epoch));
    let bearer = format!("Bearer {}", session.token.to_text());
    let send = |headers: Vec<(&'static str, &'static str)>| {
        let (server, body, bearer) = (&server, &body, &bearer);
        async move {
            let headers: Vec<(&str, &str)> = headers
                .into_iter()
                .chain([("authorization", bearer.as_str())])
                .collect();
            server.send("POST", PULL, &headers, body).await
        }
    };
    for origin in [
        "chrome-extension://abcdefghijklmnop",
        "moz-extension://0b5e9f1c-aaaa",
    ] {
        assert_eq!(send(vec![("origin", origin)]).await.status, 200, "{origin}");
    }
    for origin in [
        "https://evil.example",
        "null",
        "http://localhost",
        "chrome-extension://",
        "chrome-extension://a/b",
        "file://",
    ] {
        let reply = send(vec![("origin", origin)]).await;
        assert_eq!(
            (reply.status, reply.code()),
            (403, RefusalCode::Denied),
            "{origin}"
        );
        assert!(reply.header("access-control-allow-origin").is_none());
    }
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/json",
    ] {
        assert_eq!(
            send(vec![("content-type", kind)]).await.code(),
            RefusalCode::Unsupported,
            "{kind}"
        );
    }
    assert_eq!(
        send(vec![("content-encoding", "gzip")]).await.code(),
        RefusalCode::Unsupported
    );
    let preflight = [
        ("origin", "https://evil.example"),
        ("access-control-request-method", "POST"),
    ];
    let reply = server.send("OPTIONS", PULL, &preflight, b"").await;
    assert_ne!(reply.status, 200);
    assert!(
        !reply
            .headers
            .iter()
            .any(|(name, _)| name.starts_with("access-control"))
    );
    // No cookie is ever set.
    assert!(send(vec![]).await.header("set-cookie").is_none());
}

/// S-130: only the extensions that are configured, when some are.
#[tokio::test]
async fn s130_configured_extensions() {
    let server = TestServer::sqlite_with(&[("SESAME_EXTENSIONS", "chrome-extension://ours")]).await;
    for (origin, code) in [
        ("chrome-extension://ours", RefusalCode::Unauthorised),
        ("chrome-extension://other", RefusalCode::Denied),
    ] {
        let reply = server.send("POST", PULL, &[("origin", origin)], b"").await;
        assert_eq!(reply.code(), code, "{origin}");
    }
}

/// S-147: headers of answers, refusals and pages.
#[tokio::test]
async fn s147_headers() {
    let server = TestServer::sqlite().await;
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/reset"),
        ("POST", PULL),
        ("GET", "/nothing"),
        ("GET", "/healthz"),
    ] {
        let reply = server.send(method, path, &[], b"").await;
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{path} {name}");
        }
        let policy = reply.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'")
        );
        assert!(!policy.contains("unsafe"));
        // The server's name and version are nobody's business.
        assert!(reply.header("server").is_none());
        // This origin is plain http on loopback: no promise of TLS.
        assert!(reply.header("strict-transport-security").is_none());
    }
}

/// S-147: an origin with TLS says so to browsers.
#[tokio::test]
async fn s147_hsts_with_tls() {
    let server = TestServer::sqlite_with(&[("SESAME_BASE_URL", "https://sesame.example")]).await;
    let reply = server.send("GET", "/", &[], b"").await;
    assert_eq!(reply.status, 200);
    assert!(
        reply
            .header("strict-transport-security")
            .unwrap()
            .starts_with("max-age=")
    );
}

/// S-150: these are all routes; none is for administration, none takes another verb.
#[tokio::test]
async fn s150_routes() {
    let server = TestServer::sqlite().await;
    for name in routes::NAMES {
        let api = name.starts_with("/v1/");
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
            let reply = server.send(method, name, &[], b"").await;
            let right = method == if api { "POST" } else { "GET" };
            assert_eq!(
                reply.status == 405,
                !right,
                "{method} {name} {}",
                reply.status
            );
            assert_ne!(reply.status, 404, "{method} {name}");
        }
    }
    for path in [
        "/admin",
        "/v1",
        "/v1/",
        "/v1/admin",
        "/v1/v",
        "/v1/v/pull/",
        "/outbox/",
        "/.env",
        "/debug",
    ] {
        assert_eq!(
            server.send("POST", path, &[], b"").await.status,
            404,
            "{path}"
        );
    }
}

/// The metrics are for this machine, or for who has the token; they name nobody.
#[tokio::test]
async fn metrics_tell_numbers_only() {
    let server = TestServer::sqlite().await;
    let (vault, session) = server.account().await;
    server
        .ask::<Pull>(&session.token, PULL, &vault.pull(session.epoch))
        .await;
    let text = server.send("GET", "/metrics", &[], b"").await;
    let text = String::from_utf8(text.body).unwrap();
    assert!(text.contains("sesame_requests_total{route=\"/v1/v/pull\",status=\"200\"} 1"));
    for canary in ["person", "@", &vault.account.to_string(), "127.0.0.1"] {
        assert!(!text.contains(canary), "{canary}");
    }
    // Through a proxy on this machine it is somebody else's request.
    let reply = server
        .send(
            "GET",
            "/metrics",
            &[("x-forwarded-for", "203.0.113.9")],
            b"",
        )
        .await;
    assert_eq!(reply.status, 404);
    let guarded = TestServer::sqlite_with(&[("SESAME_METRICS_TOKEN", "open-sesame")]).await;
    assert_eq!(guarded.send("GET", "/metrics", &[], b"").await.status, 404);
    let wrong = [("authorization", "Bearer open-sesamf")];
    assert_eq!(
        guarded.send("GET", "/metrics", &wrong, b"").await.status,
        404
    );
    let right = [("authorization", "Bearer open-sesame")];
    assert_eq!(
        guarded.send("GET", "/metrics", &right, b"").await.status,
        200
    );
}

/// A token that is no token, is missing, comes twice, or whose time is over.
#[tokio::test]
async fn tokens() {
    let server = TestServer::sqlite().await;
    let (vault, session) = server.account().await;
    let body = sesame_protocol::account::Message::encode(&vault.pull(session.epoch));
    let text = session.token.to_text();
    let (good, lower, other) = (
        format!("Bearer {text}"),
        format!("bearer {text}"),
        format!("Bearer {}", TestVault::new().account),
    );
    let status = |headers: Vec<(&'static str, String)>| {
        let (server, body) = (&server, &body);
        async move {
            let headers: Vec<(&str, &str)> =
                headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
            server.send("POST", PULL, &headers, body).await.status
        }
    };
    assert_eq!(status(vec![("authorization", good.clone())]).await, 200);
    assert_eq!(status(vec![]).await, 401);
    assert_eq!(status(vec![("authorization", lower)]).await, 401);
    assert_eq!(status(vec![("authorization", other)]).await, 401);
    assert_eq!(
        status(vec![
            ("authorization", good.clone()),
            ("Authorization", good.clone())
        ])
        .await,
        401
    );
    assert_eq!(status(vec![("cookie", format!("token={text}"))]).await, 401);
    server.clock.advance(15 * 60 * 1000 - 1);
    assert_eq!(status(vec![("authorization", good.clone())]).await, 200);
    server.clock.advance(1);
    assert_eq!(status(vec![("authorization", good)]).await, 401);
}
