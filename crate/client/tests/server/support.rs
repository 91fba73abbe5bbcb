//! The real server's program with an empty database of its own, and the mails that it writes.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use sesame_client::{Browser, Http, Transport};
use sesame_protocol::account::Origin;

/// How long the program may take to be there, and a mail to be written.
const PATIENCE: Duration = Duration::from_secs(60);

pub const PASSWORD: &str = "correct horse battery staple";
pub const EMAIL: &str = "ada@example.org";

/// A running server, ended when it goes out of scope.
pub struct Server {
    process: Child,
    folder: PathBuf,
    pub origin: Origin,
}

impl Server {
    /// Starts it. `SESAME_SERVER_BIN` names another program than the one in `target/debug`.
    pub fn start() -> Self {
        let program = std::env::var_os("SESAME_SERVER_BIN").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/debug/sesame-server"),
            PathBuf::from,
        );
        assert!(
            program.exists(),
            "{} is not there: cargo build -p sesame-server",
            program.display()
        );
        let port = free_port();
        let folder =
            std::env::temp_dir().join(format!("sesame-client-{}-{port}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let origin = Origin::parse(&format!("http://127.0.0.1:{port}")).unwrap();
        let process = Command::new(program)
            .arg("serve")
            .env_clear()
            .env("SESAME_LISTEN", format!("127.0.0.1:{port}"))
            .env("SESAME_BASE_URL", origin.as_str())
            .env(
                "SESAME_DATABASE",
                format!("sqlite://{}", folder.join("db").display()),
            )
            .env("SESAME_SECRETS", folder.join("secrets"))
            .env("SESAME_OUTBOX", folder.join("outbox"))
            .env("SESAME_MAIL_FROM", "Sesame <sesame@localhost>")
            .env("SESAME_LIMITS", "off")
            .stdout(Stdio::null())
            .stderr(Stdio::from(fs::File::create(folder.join("log")).unwrap()))
            .spawn()
            .unwrap();
        let server = Self {
            process,
            folder,
            origin,
        };
        server.wait("/v1/account to answer", || {
            Http::new(&server.origin)
                .post("/v1/account", None, &[])
                .ok()
                .map(drop)
        });
        server
    }

    /// An empty profile with a plain line to it.
    pub fn browser(&self) -> Browser<Http> {
        Browser::new(self.origin.clone(), Http::new(&self.origin))
    }

    /// A profile with a vault and an account.
    pub fn signed_up(&self) -> Browser<Http> {
        let mut browser = self.browser();
        browser.create_vault(PASSWORD).unwrap();
        self.sign_up(&mut browser);
        browser
    }

    pub fn sign_up<T: Transport>(&self, browser: &mut Browser<T>) {
        browser.begin_sign_up(EMAIL).unwrap();
        let code = self.mailed(|text| {
            // Two groups of five symbols, in a line of their own.
            text.lines().map(str::trim).find(|line| {
                line.len() == 11 && line.as_bytes().get(5) == Some(&b'-') && !line.contains(' ')
            })
        });
        browser.sign_up(EMAIL, PASSWORD, &code).unwrap();
    }

    /// The link of the reset mail that comes.
    pub fn reset_link(&self) -> String {
        self.mailed(|text| {
            text.split_ascii_whitespace()
                .find(|word| word.contains("/reset#t="))
        })
    }

    /// What `find` finds in one of the mails, the newest first; waits for it.
    fn mailed(&self, find: impl Fn(&str) -> Option<&str>) -> String {
        self.wait("a mail", || {
            let mut mails: Vec<_> = fs::read_dir(self.folder.join("outbox"))
                .ok()?
                .flatten()
                .filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file.path())))
                .collect();
            mails.sort();
            mails.iter().rev().find_map(|(_, file)| {
                let text = fs::read_to_string(file).ok()?;
                find(&text).map(str::to_owned)
            })
        })
    }

    fn wait<V>(&self, what: &str, mut look: impl FnMut() -> Option<V>) -> V {
        let start = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            let log = || fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(start.elapsed() < PATIENCE, "waited for {what}\n{}", log());
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
