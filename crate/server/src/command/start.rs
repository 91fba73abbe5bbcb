//! `serve`.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, watch};

use super::CommandError;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::db::Db;
use crate::log;
use crate::mail;
use crate::metrics::Metrics;
use crate::routes;
use crate::secrets::Secrets;
use crate::serve::{listen, serve as answer};
use crate::state::{Server, State};
use crate::tls::Tls;
use crate::{marker, purge};

/// A server that could begin.
pub struct Ready {
    /// The server.
    pub server: State,
    /// Where the marker is.
    pub marker: PathBuf,
}

pub(super) async fn database(config: &Config) -> Result<Db, CommandError> {
    config
        .database
        .open(config.connections)
        .await
        .map_err(|error| CommandError::Words(error.to_string()))
}

/// Opens everything that serving needs: migrates, compares the secrets, looks at the marker.
///
/// # Errors
/// What is wrong, in words.
pub async fn open(config: Config, clock: Arc<dyn Clock>) -> Result<Ready, CommandError> {
    log::set_level(config.log);
    let db = database(&config).await?;
    let steps = db.migrate().await?;
    if steps > 0 {
        log::info("migrated", &[("steps", steps.into())]);
    }
    let mut tx = db.write().await?;
    let secrets = Secrets::open(&config.secrets, &mut tx)
        .await
        .map_err(|error| CommandError::Words(error.to_string()))?;
    tx.commit().await?;
    if marker::start(&db, &config.marker).await? {
        log::warn("the database was restored: all sessions were ended", &[]);
    }
    let server = Server {
        origin: config.origin,
        db,
        clock,
        secrets,
        limits: config.limits,
        sender: config.sender,
        mail_waits: Notify::new(),
        metrics: Metrics::default(),
        proxies: config.proxies,
        extensions: config.extensions,
        metrics_token: config.metrics_token,
        quota: config.quota,
    };
    Ok(Ready {
        server: Arc::new(server),
        marker: config.marker,
    })
}

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// What is wrong, in words.
pub async fn serve(config: Config) -> Result<(), CommandError> {
    let addresses = config.listen.clone();
    let kind = config.database.kind();
    let tls = config
        .tls
        .as_ref()
        .map(|(certificate, key)| Tls::open(certificate, key))
        .transpose()
        .map_err(|error| CommandError::Words(error.to_string()))?
        .map(Arc::new);
    let Ready { server, marker } = open(config, Arc::new(SystemClock)).await?;
    let listeners = listen(&addresses).await.map_err(CommandError::Words)?;
    let (stop, stopped) = watch::channel(false);
    let (mut terminate, mut interrupt, mut hangup) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
        signal(SignalKind::hangup())?,
    );
    let regular = tokio::spawn({
        let server = Arc::clone(&server);
        async move { purge::run(server, &marker).await }
    });
    let mails = tokio::spawn(mail::work(Arc::clone(&server)));
    log::info("serving", &[("database", kind.into())]);
    let router = routes::router(Arc::clone(&server));
    let mut answering = tokio::spawn(answer(listeners, tls.clone(), router, stopped));
    loop {
        tokio::select! {
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
            _ = &mut answering => break,
            _ = hangup.recv() => {
                if let Some(tls) = &tls {
                    match tls.reload() {
                        Ok(()) => log::info("certificate read again", &[]),
                        Err(_) => log::error("certificate can't be read again", &[]),
                    }
                }
            }
        }
    }
    log::info("stopping", &[]);
    let _ = stop.send(true);
    if !answering.is_finished() {
        let _ = answering.await;
    }
    regular.abort();
    mails.abort();
    server.db.close().await;
    log::info("stopped", &[]);
    Ok(())
}
