//! One PostgreSQL cluster for all tests of this program: Debian's `initdb` and `postgres`, a
//! temporary folder, a socket in it and no network. It ends with this program.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sesame_server::db::{Arg, Db};

static CLUSTER: OnceLock<Option<PathBuf>> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The URL of a new, empty database.
pub async fn database() -> Option<String> {
    let socket = CLUSTER.get_or_init(begin).clone()?;
    let number = DATABASES.fetch_add(1, Ordering::SeqCst);
    let name = format!("sesame_{number}");
    // Not through the server's own database layer: that has no way to put SQL together (S-143).
    let made = Command::new(programs()?.join("psql"))
        .args(["-q", "-U", "postgres", "-h"])
        .arg(&socket)
        .args(["-c", &format!("CREATE DATABASE {name} TEMPLATE template0")])
        .arg("postgres")
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    Some(format!(
        "postgres://postgres@localhost/{name}?host={}",
        socket.display()
    ))
}

/// The newest version's programs.
fn programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let number = path.file_name()?.to_str()?.parse().ok()?;
            Some((number, path.join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin)
}

/// PostgreSQL refuses to run as root.
fn unprivileged(program: &Path) -> Command {
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout == b"0\n");
    if root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

fn begin() -> Option<PathBuf> {
    let Some(programs) = programs() else {
        assert!(
            std::env::var_os("SESAME_REQUIRE_POSTGRES").is_none(),
            "SESAME_REQUIRE_POSTGRES is set and there is no PostgreSQL in /usr/lib/postgresql"
        );
        eprintln!("no PostgreSQL in /usr/lib/postgresql: its tests are left out");
        return None;
    };
    let made = unprivileged(Path::new("mktemp"))
        .args(["-d", "/tmp/sesame-pg-XXXXXX"])
        .output()
        .unwrap();
    let folder = PathBuf::from(String::from_utf8(made.stdout).unwrap().trim());
    let data = folder.join("data");
    let initdb = unprivileged(&programs.join("initdb"))
        .args([
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--no-sync",
            "-D",
        ])
        .arg(&data)
        .output()
        .unwrap();
    assert!(
        initdb.status.success(),
        "initdb: {}",
        String::from_utf8_lossy(&initdb.stderr)
    );
    // The shell waits for the end of its input, which is the end of this program however it ends.
    let script = "\"$1\" -D \"$2\" -k \"$3\" -c listen_addresses= -c fsync=off -c max_connections=300 \
                  >\"$3/log\" 2>&1 & server=$!; read -r _; kill -QUIT $server; wait $server; rm -rf \"$3\"";
    let shell = unprivileged(Path::new("/bin/sh"))
        .args(["-c", script, "sh"])
        .arg(programs.join("postgres"))
        .arg(&data)
        .arg(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Its input is held open until this process ends, which is what ends it.
    std::mem::forget(shell);
    for _ in 0..600 {
        let ready = Command::new(programs.join("pg_isready"))
            .args(["-q", "-U", "postgres", "-h"])
            .arg(&folder)
            .status();
        if ready.is_ok_and(|status| status.success()) {
            return Some(folder);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!(
        "PostgreSQL does not start: {}",
        std::fs::read_to_string(folder.join("log")).unwrap_or_default()
    );
}

/// The number that a query answers.
pub async fn number(db: &Db, sql: &'static str, args: &[Arg<'_>]) -> u64 {
    let mut tx = db.read().await.unwrap();
    tx.first(sql, args)
        .await
        .unwrap()
        .unwrap()
        .number(0)
        .unwrap()
}
