//! The outbox: while developing, mails go into a folder, and a page shows them to this machine only.

use axum::Router;
use axum::extract::{Extension, State as Held};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use sesame_protocol::account::RefusalCode;

use crate::failure::refused;
use crate::gate::Peer;
use crate::page::{escaped, headers};
use crate::state::State;

/// Mails that the page shows: the newest ones.
const SHOWN: usize = 50;

/// `GET /outbox`.
pub fn routes() -> Router<State> {
    Router::new().route("/outbox", get(outbox))
}

async fn outbox(
    Held(server): Held<State>,
    Extension(Peer(peer)): Extension<Peer>,
    sent: HeaderMap,
) -> Response {
    // What a proxy passes on comes from somewhere else, whatever address the proxy has.
    let here = peer.to_canonical().is_loopback()
        && server.origin.is_loopback()
        && !sent.contains_key("x-forwarded-for")
        && !sent.contains_key("forwarded");
    let Some(folder) = server.sender.folder().filter(|_| here) else {
        return refused(&RefusalCode::NotFound.into());
    };
    let mut mails = Vec::new();
    if let Ok(mut files) = tokio::fs::read_dir(folder).await {
        while let Ok(Some(file)) = files.next_entry().await {
            let when = file.metadata().await.and_then(|data| data.modified());
            if let (Ok(when), Ok(text)) = (when, tokio::fs::read_to_string(file.path()).await) {
                mails.push((when, text));
            }
        }
    }
    mails.sort_by_key(|(when, _)| std::cmp::Reverse(*when));
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Outbox</title>\
         <link rel=\"stylesheet\" href=\"/page/page.css\"></head><body><main><h1>Outbox</h1>\
         <p class=\"quiet\">Mails that would have been sent. For development, on this machine only.</p>",
    );
    for (_, text) in mails.iter().take(SHOWN) {
        page.push_str("<pre>");
        page.push_str(&linked(text, server.origin.as_str()));
        page.push_str("</pre>");
    }
    page.push_str("</main></body></html>");
    let mut response = page.into_response();
    for (name, value) in headers("text/html; charset=utf-8") {
        response.headers_mut().insert(name, value);
    }
    response
}

/// Escaped, and with links where a line is an address of this server's own.
fn linked(text: &str, origin: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let line = escaped(line);
        if line.starts_with(origin) {
            out.push_str(&format!("<a href=\"{line}\">{line}</a>\n"));
        } else {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}
