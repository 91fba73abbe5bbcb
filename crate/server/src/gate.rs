//! What every request passes, whatever it asks for: the right host, no page of the web, a limit of
//! time, and headers on the way out.

mod large;

use std::time::{Duration, Instant};

use axum::extract::{Extension, FromRequestParts, MatchedPath, Request, State as Held};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use sesame_protocol::account::{Refusal, RefusalCode};

use crate::address::Place;
use crate::body::pass_by;
use crate::failure::{Failure, refused};
use crate::log;
use crate::routes;
use crate::session::Bearer;
use crate::state::{Server, State};

/// The most time that a request takes, its body included (S-140).
const REQUEST: Duration = Duration::from_secs(30);
/// The one call that a page of the server's own makes.
const FROM_PAGE: &str = "/v1/email/undo";

/// The connection's other end; put into each request by [`crate::serve`].
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub std::net::IpAddr);

/// The client's place, for limits.
impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Self>()
            .copied()
            .ok_or(Failure::Internal("a request came from nowhere"))
    }
}

/// The gate.
pub async fn gate(
    Held(server): Held<State>,
    Extension(Peer(peer)): Extension<Peer>,
    mut request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let _in_flight = server.metrics.enter();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("other", |path| routes::name(path.as_str()));
    let place = Place::from(server.proxies.client(peer, request.headers()));
    request.extensions_mut().insert(place);
    let mut response = match turned_away(&server, route, &request) {
        Some(response) => response,
        None => tokio::time::timeout(REQUEST, onward(&server, route, request, next))
            .await
            .unwrap_or_else(|_| refused(&RefusalCode::Unavailable.into())),
    };
    dress(&server, response.headers_mut());
    let status = response.status().as_u16();
    let took = began.elapsed();
    server.metrics.answered(route, status, took);
    log::debug(
        "request",
        &[
            ("route", route.into()),
            ("status", u64::from(status).into()),
            (
                "us",
                u64::try_from(took.as_micros()).unwrap_or(u64::MAX).into(),
            ),
        ],
    );
    response
}

/// Lets a request in. A large body is kept only of who has a session, and only so many at once: what
/// strangers can make the server hold in memory is small (S-140).
async fn onward(server: &Server, route: &str, request: Request, next: Next) -> Response {
    // Another verb has no handler that would read a body.
    if !routes::large(route) || request.method() != Method::POST {
        return next.run(request).await;
    }
    match room(server, request.headers()).await {
        Ok(_room) => next.run(request).await,
        Err(failure) => {
            pass_by(request).await;
            failure.into_response()
        }
    }
}

async fn room(server: &Server, headers: &HeaderMap) -> Result<large::Room, Failure> {
    let bearer = Bearer::of(headers)?;
    let mut tx = server.db.read().await?;
    let caller = bearer.caller(&mut tx, server.now()).await?;
    // The connection goes back before anything is waited for.
    drop(tx);
    large::room(&caller.account).await
}

/// The answer to a request that goes no further.
fn turned_away(server: &Server, route: &str, request: &Request) -> Option<Response> {
    let headers = request.headers();
    // Health checks and scrapers come by address.
    if !routes::by_any_name(route) && !right_host(server, request) {
        let mut response = refused(&Refusal::from(RefusalCode::Unsupported));
        *response.status_mut() = StatusCode::MISDIRECTED_REQUEST;
        return Some(response);
    }
    if route.starts_with("/v1/") && !right_origin(server, route, headers) {
        return Some(refused(&RefusalCode::Denied.into()));
    }
    None
}

/// S-126: exactly the configured name, in every place where a request can name one.
fn right_host(server: &Server, request: &Request) -> bool {
    let ours = server.origin.authority();
    let mut hosts = request.headers().get_all(HOST).iter();
    let named = hosts
        .next()
        .is_some_and(|host| host.as_bytes().eq_ignore_ascii_case(ours.as_bytes()));
    named
        && hosts.next().is_none()
        && request
            .uri()
            .authority()
            .is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(ours))
}

/// S-130: what names an origin is an extension (a configured one, when some are configured), or the
/// server's own page for the one call that it makes. There is no CORS: pages of others read nothing.
fn right_origin(server: &Server, route: &str, headers: &HeaderMap) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter();
    let Some(origin) = origins.next() else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    if origins.next().is_some() {
        return false;
    }
    if route == FROM_PAGE {
        return origin == server.origin.as_str();
    }
    let extension = ["chrome-extension://", "moz-extension://"]
        .into_iter()
        .any(|scheme| {
            origin.strip_prefix(scheme).is_some_and(|id| {
                !id.is_empty()
                    && id
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            })
        });
    extension
        && (server.extensions.is_empty()
            || server.extensions.iter().any(|allowed| allowed == origin))
}

/// S-147.
fn dress(server: &Server, headers: &mut HeaderMap) {
    let fixed = [
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
        );
    }
    if server.origin.as_str().starts_with("https://") {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
}
