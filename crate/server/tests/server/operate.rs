//! What an operator does: start, stop, restore.

use std::path::Path;
use std::sync::Arc;

use sesame_protocol::account::{Pulled, RefusalCode};
use sesame_server::clock::SetClock;
use sesame_server::command::open;

use crate::both;
use crate::support::cluster::number;
use crate::support::vault::TestVault;
use crate::support::{BEGIN, TestServer};

const PULL: &str = "/v1/v/pull";

both! {
    /// S-146: without its secrets, or with others, the server does not start, and never makes new
    /// ones for a database that was used.
    async fn s146_wrong_or_missing_secrets(server) {
        server.account().await;
        let stopped = server.stop().await;
        let path = stopped.folder.path().join("secrets");
        let kept = std::fs::read(&path).unwrap();
        let begin = || open(stopped.config(), Arc::new(SetClock::new(BEGIN)));
        std::fs::remove_file(&path).unwrap();
        let missing = begin().await.err().unwrap().to_string();
        assert!(missing.contains("is missing") && !path.exists(), "{missing}");
        sesame_server::secrets::Secrets::generate().unwrap().write_new(&path).unwrap();
        let other = begin().await.err().unwrap().to_string();
        assert!(other.contains("does not belong"), "{other}");
        std::fs::write(&path, &kept[..kept.len() - 2]).unwrap();
        let damaged = begin().await.err().unwrap().to_string();
        assert!(damaged.contains("damaged"), "{damaged}");
        std::fs::write(&path, &kept).unwrap();
        assert!(begin().await.is_ok());
    }

    /// S-146: also when the database's own memory of them is gone.
    async fn s146_accounts_without_a_fingerprint(server) {
        server.account().await;
        let mut tx = server.state.db.write().await.unwrap();
        tx.run("DELETE FROM server WHERE name = $1", &["secrets".into()]).await.unwrap();
        tx.commit().await.unwrap();
        let stopped = server.stop().await;
        let why = open(stopped.config(), Arc::new(SetClock::new(BEGIN))).await.err().unwrap();
        assert!(why.to_string().contains("does not belong"), "{why}");
    }

    /// S-152: a database that went back ends every session; a restart does not.
    async fn s152_a_restored_database(server) {
        let (vault, session) = server.account().await;
        let server = server.stop().await.start().await;
        let reply = server.ask(&session.token, PULL, &vault.pull(session.epoch)).await;
        reply.message::<Pulled>();
        // The state of an earlier start comes back.
        let mut tx = server.state.db.write().await.unwrap();
        tx.run("UPDATE server SET value = $1 WHERE name = 'marker'", &[(&1u64.to_be_bytes()).into()])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let server = server.stop().await.start().await;
        let reply = server.ask(&session.token, PULL, &vault.pull(session.epoch)).await;
        assert_eq!(reply.code(), RefusalCode::Unauthorised);
        let epoch = number(&server.state.db, "SELECT epoch FROM account", &[]).await;
        assert_eq!(epoch, session.epoch + 1);
        // A machine that has no memory of the database can't tell, and does the same.
        let stopped = server.stop().await;
        std::fs::remove_file(stopped.folder.path().join("marker")).unwrap();
        let server = stopped.start().await;
        assert_eq!(number(&server.state.db, "SELECT epoch FROM account", &[]).await, session.epoch + 2);
    }

    /// Two servers on one database: what one takes the other answers.
    async fn two_servers_one_database(server) {
        let (vault, session) = server.account().await;
        let other = open(server.config(), Arc::new(SetClock::new(BEGIN))).await.unwrap();
        let mut tx = other.server.db.read().await.unwrap();
        let seen = tx
            .first("SELECT device FROM session WHERE account = $1", &[vault.account.as_bytes().into()])
            .await
            .unwrap();
        assert!(seen.is_some());
        drop(tx);
        let reply = server.ask(&session.token, PULL, &vault.pull(session.epoch)).await;
        assert_eq!(reply.status, 200);
        other.server.db.close().await;
    }

    /// A database of a newer program is left alone.
    async fn a_newer_database(server) {
        let mut tx = server.state.db.write().await.unwrap();
        tx.run("INSERT INTO migration (version) VALUES (99)", &[]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(server.send("GET", "/readyz", &[], b"").await.status, 503);
        let stopped = server.stop().await;
        let why = open(stopped.config(), Arc::new(SetClock::new(BEGIN))).await.err().unwrap();
        assert!(why.to_string().contains("newer"), "{why}");
    }
}

/// S-144: what was deleted is not left in the file's free pages.
#[tokio::test]
async fn s144_secure_delete() {
    let server = TestServer::sqlite().await;
    let (mut vault, session) = server.account().await;
    let mut row = TestVault::new_row(4_000);
    row.blob[1_000..1_016].copy_from_slice(b"canary-of-a-blob");
    let commit = vault.commit(vec![row], session.epoch);
    assert_eq!(
        server
            .ask(&session.token, "/v1/v/commit", &commit)
            .await
            .status,
        200
    );
    // It was there: the search finds what is.
    let server = server.stop().await.start().await;
    assert_eq!(files_with_canary(server.folder.path()), ["sesame.db"]);
    let mut tx = server.state.db.write().await.unwrap();
    tx.run(
        "DELETE FROM account WHERE account = $1",
        &[vault.account.as_bytes().into()],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let stopped = server.stop().await;
    assert!(files_with_canary(stopped.folder.path()).is_empty());
}

fn files_with_canary(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let holds = path.is_file()
            && std::fs::read(&path)
                .unwrap()
                .windows(16)
                .any(|window| window == b"canary-of-a-blob");
        if holds {
            found.push(path.file_name().unwrap().display().to_string());
        }
    }
    found
}
