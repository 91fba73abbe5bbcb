//! A server for one test: real sockets, a folder of its own, a clock that stands.

pub mod certificate;
pub mod cluster;
pub mod http;
pub mod opaque;
pub mod person;
pub mod process;
pub mod sink;
pub mod vault;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sesame_protocol::account::Session;
use sesame_server::clock::SetClock;
use sesame_server::command::{Ready, open};
use sesame_server::config::{Config, Settings};
use sesame_server::routes::router;
use sesame_server::serve::serve;
use sesame_server::session;
use sesame_server::state::State;
use sesame_server::sync::{Beginning, begin};
use sesame_server::transact;
use tokio::net::TcpListener;
use tokio::sync::watch;

use vault::TestVault;

/// The time at which every test begins (ms since 1970).
pub const BEGIN: u64 = 1_800_000_000_000;

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Makes each test for both databases: `both! { async fn name(server) { … } }`.
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($server:ident) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(clippy::wildcard_imports, unused_imports)]
            use super::*;

            async fn run($server: $crate::support::TestServer) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run($crate::support::TestServer::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(server) = $crate::support::TestServer::postgres().await {
                    run(server).await;
                }
            }
        }
    )+};
}

/// A test with settings of its own, for both databases.
pub async fn both_databases(extra: &[(&str, &str)], test: impl AsyncFn(TestServer)) {
    test(TestServer::sqlite_with(extra).await).await;
    if let Some(server) = TestServer::postgres_with(extra).await {
        test(server).await;
    }
}

/// A folder that goes with its owner.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let path =
            std::env::temp_dir().join(format!("sesame-test-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// A running server.
pub struct TestServer {
    pub state: State,
    pub clock: Arc<SetClock>,
    pub address: SocketAddr,
    pub folder: Folder,
    pub database: String,
    extra: Vec<(String, String)>,
    stop: watch::Sender<bool>,
    serving: tokio::task::JoinHandle<()>,
}

impl TestServer {
    /// On SQLite.
    pub async fn sqlite() -> Self {
        Self::sqlite_with(&[]).await
    }

    /// On SQLite, with settings of its own.
    pub async fn sqlite_with(extra: &[(&str, &str)]) -> Self {
        let folder = Folder::new();
        let database = format!("sqlite://{}", folder.path().join("sesame.db").display());
        Self::begin(folder, database, extra).await
    }

    /// On PostgreSQL; `None` where there is none and none is required.
    pub async fn postgres() -> Option<Self> {
        Self::postgres_with(&[]).await
    }

    /// On PostgreSQL, with settings of its own.
    pub async fn postgres_with(extra: &[(&str, &str)]) -> Option<Self> {
        let database = cluster::database().await?;
        Some(Self::begin(Folder::new(), database, extra).await)
    }

    async fn begin(folder: Folder, database: String, extra: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let clock = Arc::new(SetClock::new(BEGIN));
        let extra = extra
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Self::on(listener, folder, database, extra, clock).await
    }

    async fn on(
        listener: TcpListener,
        folder: Folder,
        database: String,
        extra: Vec<(String, String)>,
        clock: Arc<SetClock>,
    ) -> Self {
        let address = listener.local_addr().unwrap();
        let config = config(&folder, &database, address, &extra);
        let Ready { server, .. } = open(config, clock.clone()).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        let serving = tokio::spawn(serve(vec![listener], None, router(server.clone()), stopped));
        Self {
            state: server,
            clock,
            address,
            folder,
            database,
            extra,
            stop,
            serving,
        }
    }

    /// `host:port` as the server's origin has it.
    pub fn authority(&self) -> String {
        self.state.origin.authority().to_owned()
    }

    /// Its settings.
    pub fn config(&self) -> Config {
        config(&self.folder, &self.database, self.address, &self.extra)
    }

    /// Stops gracefully; what is left can be begun again.
    pub async fn stop(self) -> Stopped {
        self.stop.send(true).unwrap();
        self.serving.await.unwrap();
        self.state.db.close().await;
        Stopped {
            folder: self.folder,
            database: self.database,
            address: self.address,
            extra: self.extra,
            clock: self.clock,
        }
    }

    /// An account with an empty vault and one session, as after a sign-up.
    pub async fn account(&self) -> (TestVault, Session) {
        let vault = TestVault::new();
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let email = format!("person{number}@example.org");
        let now = self.state.now();
        let (header, manifest) = (vault.header_bytes(), vault.first_manifest());
        let session = transact!(self.state.db, tx => async {
            tx.run(
                "INSERT INTO account (account, email, cred_id, lang, hint, sealed_days, created, gen, epoch) \
                 VALUES ($1, $2, $3, 0, '', 90, $4, $5, 1)",
                &[
                    vault.account.as_bytes().into(),
                    email.as_str().into(),
                    (&sesame_protocol::sha256(&[email.as_bytes()])).into(),
                    now.into(),
                    vault.generation.as_bytes().into(),
                ],
            )
            .await?;
            let beginning = Beginning {
                account: &vault.account,
                generation: &vault.generation,
                header: &header,
                manifest: &manifest,
                record: &[0; 192],
                recovery_key: None,
            };
            begin(&mut tx, now, &beginning).await?;
            session::open(&mut tx, now, &vault.account, &vault.device).await
        }.await)
        .unwrap();
        (vault, session)
    }
}

/// A server that is not running.
pub struct Stopped {
    pub folder: Folder,
    pub database: String,
    address: SocketAddr,
    extra: Vec<(String, String)>,
    clock: Arc<SetClock>,
}

impl Stopped {
    /// Its settings.
    pub fn config(&self) -> Config {
        config(&self.folder, &self.database, self.address, &self.extra)
    }

    /// Begins again at another port with the same data.
    pub async fn start(self) -> TestServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        TestServer::on(listener, self.folder, self.database, self.extra, self.clock).await
    }
}

fn config(
    folder: &Folder,
    database: &str,
    address: SocketAddr,
    extra: &[(String, String)],
) -> Config {
    let path = |name: &str| folder.path().join(name).display().to_string();
    let mut settings = Settings::default();
    settings.environment(
        [
            (
                "SESAME_BASE_URL",
                format!("http://localhost:{}", address.port()),
            ),
            ("SESAME_DATABASE", database.to_owned()),
            ("SESAME_SECRETS", path("secrets")),
            ("SESAME_OUTBOX", path("outbox")),
            ("SESAME_MAIL_FROM", "Sesame <sesame@localhost>".to_owned()),
            ("SESAME_LIMITS", "off".to_owned()),
            ("SESAME_LOG", "error".to_owned()),
            ("SESAME_DATABASE_CONNECTIONS", "8".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    settings.environment(extra.iter().cloned());
    settings
        .understand()
        .unwrap_or_else(|why| panic!("{why:?}"))
}
