//! The few pages that the server shows. All of them are files of this program: nothing that came with
//! a request is ever written into one (S-129), and none has a field for a password (S-34).

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Only the page's own files; only the server itself may be asked (for taking a change of address
/// back); nobody may frame it, and nothing may be submitted (S-129).
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Path, type and content of every page and of what pages use.
const FILES: [(&str, &str, &str); 8] = [
    ("/", HTML, include_str!("../page/home.html")),
    ("/reset", HTML, include_str!("../page/reset.html")),
    ("/undo-email", HTML, include_str!("../page/undo-email.html")),
    ("/page/page.css", CSS, include_str!("../page/page.css")),
    ("/page/page.js", JS, include_str!("../page/page.js")),
    ("/page/reset.js", JS, include_str!("../page/reset.js")),
    (
        "/page/undo-email.js",
        JS,
        include_str!("../page/undo-email.js"),
    ),
    (
        "/page/mark.svg",
        SVG,
        include_str!("../../../extension/icons/mark.svg"),
    ),
];

/// The pages' routes. GET and HEAD only, without any effect (S-125).
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    FILES
        .into_iter()
        .fold(Router::new(), |router, (path, kind, content)| {
            router.route(path, get(move || async move { answer(kind, content) }))
        })
}

fn answer(kind: &'static str, content: &'static str) -> Response {
    let mut response = content.into_response();
    for (name, value) in headers(kind) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// What every page is sent with; the API's own headers (no-store, nosniff, HSTS) come on top.
pub(crate) fn headers(kind: &'static str) -> [(HeaderName, HeaderValue); 3] {
    [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (
            HeaderName::from_static("referrer-policy"),
            HeaderValue::from_static("no-referrer"),
        ),
    ]
}

/// `text` as it may stand in HTML, also between quotation marks.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests;
