//! What every request can reach.

use std::sync::Arc;

use sesame_protocol::account::Origin;

use crate::address::Proxies;
use crate::clock::Clock;
use crate::db::Db;
use crate::limits::Limits;
use crate::mail::send::Sender;
use crate::metrics::Metrics;
use crate::secrets::Secrets;

/// The server. Cheap to clone.
pub type State = Arc<Server>;

/// The server's parts.
pub struct Server {
    /// The configured origin; the only source of links and of what proofs are bound to (S-126).
    pub origin: Origin,
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The secrets.
    pub secrets: Secrets,
    /// How often something may be tried.
    pub limits: Limits,
    /// Where mails go.
    pub sender: Sender,
    /// Wakes the worker that sends mails.
    pub mail_waits: tokio::sync::Notify,
    /// What is counted for the operator.
    pub metrics: Metrics,
    /// Who may say from where a request came.
    pub proxies: Proxies,
    /// Extensions that may ask; empty: every extension.
    pub extensions: Vec<String>,
    /// Lets others than this machine read the metrics.
    pub metrics_token: Option<[u8; 32]>,
    /// Largest storage of an account's current rows in bytes.
    pub quota: u64,
}

impl Server {
    /// Milliseconds since 1970.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.clock.now_ms()
    }
}
