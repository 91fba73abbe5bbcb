//! Listening, and stopping without breaking off what is being answered.
//!
//! HTTP/1.1 only: a proxy in front speaks whatever browsers like. A connection has a limit of time
//! for its handshake and for each request's head, and there are only so many at once (S-140).

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt as _;

use crate::gate::Peer;
use crate::log;
use crate::tls::Tls;

/// Most connections at once.
const CONNECTIONS: usize = 4_096;
/// For a TLS handshake, and for a request's head.
const HEAD: Duration = Duration::from_secs(10);
/// For what is being answered when the server is to stop.
const STOP: Duration = Duration::from_secs(25);
/// Largest head of a request in bytes.
const HEAD_BYTES: usize = 16 * 1024;
/// Most headers of a request.
const HEADERS: usize = 64;

/// Serves until `stop` changes; then waits for what is being answered.
pub async fn serve(
    listeners: Vec<TcpListener>,
    tls: Option<Arc<Tls>>,
    router: Router,
    stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut loops = tokio::task::JoinSet::new();
    for listener in listeners {
        loops.spawn(accept(
            listener,
            tls.clone(),
            router.clone(),
            Arc::clone(&places),
            stop.clone(),
        ));
    }
    while loops.join_next().await.is_some() {}
}

async fn accept(
    listener: TcpListener,
    tls: Option<Arc<Tls>>,
    router: Router,
    places: Arc<Semaphore>,
    mut stop: watch::Receiver<bool>,
) {
    let graceful = GracefulShutdown::new();
    loop {
        // A place first: who is not accepted waits in the system's queue.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file descriptors, most likely; let some connections end.
            log::warn("accept failed", &[]);
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let (router, tls, watcher) = (router.clone(), tls.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _place = place;
            // Small answers go out at once.
            let _ = stream.set_nodelay(true);
            match tls {
                None => connection(stream, peer, router, watcher).await,
                Some(tls) => {
                    let handshake = tokio::time::timeout(HEAD, tls.acceptor().accept(stream));
                    if let Ok(Ok(stream)) = handshake.await {
                        connection(stream, peer, router, watcher).await;
                    }
                }
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(STOP, graceful.shutdown())
        .await
        .is_err()
    {
        log::warn("stopped while answering", &[]);
    }
}

async fn connection<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    stream: S,
    peer: SocketAddr,
    router: Router,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer.ip()));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that ends in the middle is the client's business.
    let _ = watcher.watch(connection).await;
}

/// Opens the sockets.
///
/// # Errors
/// The address that can't be listened on, in words.
pub async fn listen(addresses: &[SocketAddr]) -> Result<Vec<TcpListener>, String> {
    let mut listeners = Vec::with_capacity(addresses.len());
    for address in addresses {
        let listener = TcpListener::bind(address)
            .await
            .map_err(|error| format!("listen: {address}: {error}"))?;
        listeners.push(listener);
    }
    Ok(listeners)
}
