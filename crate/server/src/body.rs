//! Bodies of requests and answers: one message of [`sesame_protocol::account`] each.

use std::future::poll_fn;
use std::pin::pin;

use axum::body::{HttpBody as _, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sesame_protocol::account::{BODY_MAX, CONTENT_TYPE as SESAME, Message, RefusalCode};

use crate::failure::Failure;
use crate::routes;

/// Largest body where anybody may send one: many times the largest message there (S-140).
const SMALL: usize = 64 * 1024;

/// A request's body, read and checked. Comes last among a handler's arguments.
pub struct Body<M>(pub M);

impl<M: Message, S: Send + Sync> FromRequest<S> for Body<M> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        let headers = request.headers();
        // A form of a web page can't have this type without asking first (S-130); nothing is
        // unpacked, so nothing grows (S-140).
        let typed = headers
            .get(CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes() == SESAME.as_bytes());
        if !typed || headers.contains_key(CONTENT_ENCODING) {
            return Err(RefusalCode::Unsupported.into());
        }
        let most = if routes::large(request.uri().path()) {
            BODY_MAX
        } else {
            SMALL
        };
        let bytes = to_bytes(request.into_body(), most)
            .await
            .map_err(|_| RefusalCode::TooLarge)?;
        Ok(Self(M::decode(&bytes)?))
    }
}

/// Reads the body of a refused request to its end without keeping it: a refusal that comes in the middle of
/// a body is lost where a proxy or a browser is still sending, and what is left of it is a broken connection.
pub async fn pass_by(request: Request) {
    let mut body = pin!(request.into_body());
    let mut left = BODY_MAX;
    while let Some(Ok(frame)) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
        let bytes = frame.data_ref().map_or(0, |data| data.len());
        match left.checked_sub(bytes) {
            Some(rest) => left = rest,
            None => return,
        }
    }
}

/// An answer with a message.
pub struct Answer<M>(pub M);

impl<M: Message> IntoResponse for Answer<M> {
    fn into_response(self) -> Response {
        let mut response = self.0.encode().into_response();
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(SESAME));
        response
    }
}

/// "Whatever is to be done will be": the same for every address (S-118 to S-121).
pub struct Accepted;

impl IntoResponse for Accepted {
    fn into_response(self) -> Response {
        StatusCode::ACCEPTED.into_response()
    }
}

/// What a handler answers.
pub type Outcome<M> = Result<Answer<M>, Failure>;
