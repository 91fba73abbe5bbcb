//! Every route of the server. There is no other, and none for administration (S-150).

use axum::Router;
use axum::extract::{Extension, State as Held};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use sesame_protocol::account::RefusalCode;
use sesame_protocol::sha256;

use crate::account;
use crate::db::newest_version;
use crate::failure::refused;
use crate::gate::{Peer, gate};
use crate::mail;
use crate::page;
use crate::state::State;
use crate::sync;

/// The routes' names, as metrics and the log know them.
pub const NAMES: &[&str] = &[
    "/",
    "/healthz",
    "/metrics",
    "/page/mark.svg",
    "/page/page.css",
    "/page/page.js",
    "/page/reset.js",
    "/page/undo-email.js",
    "/readyz",
    "/reset",
    "/undo-email",
    "/v1/account",
    "/v1/account/delete",
    "/v1/account/keep",
    "/v1/device/remove",
    "/v1/email/begin",
    "/v1/email/finish",
    "/v1/email/undo",
    "/v1/hint",
    "/v1/hint/send",
    "/v1/login/finish",
    "/v1/login/start",
    "/v1/password/finish",
    "/v1/password/start",
    "/v1/recover/finish",
    "/v1/recover/start",
    "/v1/register/begin",
    "/v1/register/finish",
    "/v1/register/start",
    "/v1/reset/finish",
    "/v1/reset/request",
    "/v1/reset/start",
    "/v1/sealed/erase",
    "/v1/sealed/keep",
    "/v1/sealed/prove",
    "/v1/sealed/pull",
    "/v1/sealed/start",
    "/v1/session/finish",
    "/v1/session/start",
    "/v1/settings",
    "/v1/undo/finish",
    "/v1/undo/start",
    "/v1/v/chain",
    "/v1/v/commit",
    "/v1/v/pull",
    "/v1/v/rows",
];

/// The name of a matched path.
#[must_use]
pub fn name(path: &str) -> &'static str {
    NAMES
        .iter()
        .find(|name| **name == path)
        .copied()
        .unwrap_or("other")
}

/// Whether a route takes bodies up to the largest: for who has a session only.
#[must_use]
pub fn large(route: &str) -> bool {
    ["/v1/v/commit", "/v1/password/finish"].contains(&route)
}

/// Whether a route may be asked under another host name: what machines ask that know an address only.
#[must_use]
pub fn by_any_name(route: &str) -> bool {
    ["/healthz", "/readyz", "/metrics"].contains(&route)
}

/// The whole server as one service. Each request must carry a [`Peer`].
pub fn router(server: State) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/v1/v/pull", post(sync::pull))
        .route("/v1/v/chain", post(sync::chain))
        .route("/v1/v/rows", post(sync::rows))
        .route("/v1/v/commit", post(sync::commit))
        .merge(account::routes())
        .merge(mail::outbox_routes())
        .merge(page::routes())
        .fallback(|| async { refused(&RefusalCode::NotFound.into()) })
        .method_not_allowed_fallback(|| async {
            let mut response = refused(&RefusalCode::Unsupported.into());
            *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
            response
        })
        .layer(from_fn_with_state(server.clone(), gate))
        .with_state(server)
}

/// Whether the database answers and has this program's schema.
async fn ready(Held(server): Held<State>) -> Response {
    match server.db.version().await {
        Ok(version) if version == newest_version() => "ready\n".into_response(),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, "migrate\n").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database\n").into_response(),
    }
}

/// For this machine itself, or with the configured token.
async fn metrics(
    Held(server): Held<State>,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
) -> Response {
    // A request that a proxy on this machine passed on is not this machine's own.
    let here = peer.to_canonical().is_loopback() && !headers.contains_key("x-forwarded-for");
    let token = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "))
        .map(|token| sha256(&[token]));
    // Hashes are compared: their bytes tell nothing about how much of a guess was right (S-154).
    let allowed = match server.metrics_token {
        Some(known) => token == Some(known),
        None => here,
    };
    if !allowed {
        return refused(&RefusalCode::NotFound.into());
    }
    let mut response = server.metrics.text().into_response();
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; version=0.0.4"),
    );
    response
}
