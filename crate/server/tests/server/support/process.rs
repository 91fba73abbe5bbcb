//! The program as an operator starts it: a process of its own, told everything by its environment.

use std::io::Read as _;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::Folder;

/// A running `sesame-server serve`.
pub struct Process {
    pub address: SocketAddr,
    child: Child,
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A port that was free a moment ago.
pub fn free_address() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}

/// The program with the settings of one folder; `scheme` is that of its own address.
pub fn program(folder: &Folder, scheme: &str, address: SocketAddr) -> Command {
    let path = |name: &str| folder.path().join(name).display().to_string();
    let mut program = Command::new(env!("CARGO_BIN_EXE_sesame-server"));
    program
        .env_clear()
        .env(
            "SESAME_BASE_URL",
            format!("{scheme}://localhost:{}", address.port()),
        )
        .env("SESAME_LISTEN", address.to_string())
        .env("SESAME_DATABASE", format!("sqlite://{}", path("sesame.db")))
        .env("SESAME_SECRETS", path("secrets"))
        .env("SESAME_OUTBOX", path("outbox"))
        .env("SESAME_MAIL_FROM", "Sesame <sesame@localhost>")
        .stderr(Stdio::piped())
        .stdout(Stdio::piped());
    program
}

impl Process {
    /// Serves; returns when it listens.
    pub async fn serve(mut program: Command, address: SocketAddr) -> Self {
        let child = program.arg("serve").spawn().unwrap();
        let mut process = Self { address, child };
        while tokio::net::TcpStream::connect(address).await.is_err() {
            let ended = process.child.try_wait().unwrap();
            assert!(ended.is_none(), "it did not start");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        process
    }

    /// Sends it a signal, as `-TERM`.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let status = Command::new("kill").args([name, &id]).status();
        assert!(status.unwrap().success());
    }

    /// Asks it to stop; what it logged.
    pub fn stop(mut self) -> String {
        self.signal("-TERM");
        let mut log = String::new();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut log).unwrap();
        let stopped = self.child.wait().unwrap();
        assert!(stopped.success(), "a stop is no failure");
        log
    }
}
