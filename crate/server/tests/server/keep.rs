//! Backup, restore, export, erasing, and verifying what is stored.

use sesame_protocol::Op;
use sesame_protocol::account::{Commit, Committed, Email, Pulled, RefusalCode, Session};
use sesame_server::backup::{BackupError, backup, export, restore};
use sesame_server::db::{DatabaseUrl, Db};
use sesame_server::verify::verify;

use crate::both;
use crate::support::cluster::{self, number};
use crate::support::vault::TestVault;
use crate::support::{Folder, TestServer};

const COMMIT: &str = "/v1/v/commit";

async fn push(server: &TestServer, session: &Session, commit: &Commit) {
    server
        .ask(&session.token, COMMIT, commit)
        .await
        .message::<Committed>();
}

/// Two accounts with some history each.
async fn filled(server: &TestServer) -> Vec<(TestVault, Session)> {
    let mut people = Vec::new();
    for _ in 0..2 {
        let (mut vault, session) = server.account().await;
        let rows = (0..20).map(|_| TestVault::new_row(200)).collect();
        push(server, &session, &vault.commit(rows, session.epoch)).await;
        let ids: Vec<_> = vault.entries.keys().take(3).copied().collect();
        let rows = vec![
            vault.next_row(ids[0], Op::Put),
            vault.next_row(ids[1], Op::Delete),
            vault.next_row(ids[2], Op::Put),
        ];
        push(server, &session, &vault.commit(rows, session.epoch)).await;
        people.push((vault, session));
    }
    people
}

async fn fresh(url: &str) -> Db {
    let db = url.parse::<DatabaseUrl>().unwrap().open(4).await.unwrap();
    db.migrate().await.unwrap();
    db
}

both! {
    /// A backup of a running server holds everything that lasts, comes back whole into either
    /// database, and ends every session (S-152).
    async fn s152_backup_and_restore(server) {
        let people = filled(&server).await;
        let file = server.folder.path().join("backup");
        assert_eq!(backup(&server.state.db, &file, server.state.now()).await.unwrap(), 2);
        // What comes later is not in it.
        let (mut vault, session) = people[0].clone();
        push(&server, &session, &vault.commit(vec![TestVault::new_row(100)], session.epoch)).await;
        let folder = Folder::new();
        let mut urls = vec![format!("sqlite://{}", folder.path().join("other.db").display())];
        urls.extend(cluster::database().await);
        for url in urls {
            let db = fresh(&url).await;
            assert_eq!(restore(&db, &file).await.unwrap(), 2);
            let findings = verify(&db).await.unwrap();
            assert!(findings.problems.is_empty(), "{:?}", findings.problems);
            assert_eq!((findings.accounts, findings.generations, findings.rows), (2, 2, 40));
            let count = |sql: &'static str| number(&db, sql, &[]);
            assert_eq!(count("SELECT CAST(COUNT(*) AS BIGINT) FROM blob").await, 46);
            assert_eq!(count("SELECT CAST(COUNT(*) AS BIGINT) FROM session").await, 0);
            assert_eq!(count("SELECT MIN(epoch) FROM account").await, session.epoch + 1);
            // Only into an empty database.
            assert!(matches!(restore(&db, &file).await, Err(BackupError::NotEmpty)));
            db.close().await;
        }
    }

    /// A file that was cut or changed is refused before anything of it is written.
    async fn damaged_backups(server) {
        filled(&server).await;
        let file = server.folder.path().join("backup");
        backup(&server.state.db, &file, 0).await.unwrap();
        let good = std::fs::read(&file).unwrap();
        assert!(backup(&server.state.db, &file, 0).await.is_err(), "never over another file");
        let folder = Folder::new();
        let db = fresh(&format!("sqlite://{}", folder.path().join("other.db").display())).await;
        let mut changed = good.clone();
        changed[good.len() / 2] ^= 1;
        for bad in [&good[..good.len() - 1], &good[..40], b"", &changed, &[&good[..], b"x"].concat()] {
            let path = folder.path().join("bad");
            std::fs::write(&path, bad).unwrap();
            assert!(matches!(restore(&db, &path).await, Err(BackupError::Damaged(_))));
            assert_eq!(number(&db, "SELECT CAST(COUNT(*) AS BIGINT) FROM account", &[]).await, 0);
        }
        db.close().await;
    }

    /// S-152: after a restore a client that was further sees it and can push forward.
    async fn s152_pushing_forward(server) {
        let (mut vault, session) = server.account().await;
        push(&server, &session, &vault.commit(vec![TestVault::new_row(100)], session.epoch)).await;
        let then = vault.clone();
        // The server forgets the newest link, as a restored one has.
        let lost = vault.commit(vec![TestVault::new_row(100)], session.epoch);
        let row = lost.rows[0].clone();
        let pulled: Pulled = server.ask(&session.token, "/v1/v/pull", &vault.pull(session.epoch)).await.message();
        let head = sesame_protocol::SignedManifest::parse(&pulled.manifest).unwrap();
        assert!(head.unverified().seq < vault.seq);
        // Its state becomes the next link: numbered after all that it has seen, hung onto the
        // server's head.
        let mut forward = then.clone();
        forward.seq = vault.seq;
        let commit = forward.commit(vec![row], session.epoch);
        push(&server, &session, &commit).await;
        let pulled: Pulled = server.ask(&session.token, "/v1/v/pull", &forward.pull(session.epoch)).await.message();
        assert!(pulled.buckets.is_empty());
        // The lost link itself no longer fits.
        let reply = server.ask(&session.token, COMMIT, &lost).await;
        assert_eq!(reply.code(), RefusalCode::Conflict);
    }

    /// What is stored is verified against what was signed: whatever is changed in the database is
    /// found.
    async fn stored_vaults_are_verified(server) {
        let people = filled(&server).await;
        assert!(verify(&server.state.db).await.unwrap().problems.is_empty());
        let account = people[0].0.account;
        for sql in [
            "UPDATE entry SET rev = rev + 1 WHERE account = $1 AND item = (SELECT item FROM entry WHERE account = $1 ORDER BY item LIMIT 1)",
            "DELETE FROM entry WHERE account = $1 AND item = (SELECT item FROM entry WHERE account = $1 ORDER BY item LIMIT 1)",
            "UPDATE blob SET body = account WHERE account = $1",
            "DELETE FROM blob WHERE account = $1",
            "UPDATE blob SET replaced_at = 1 WHERE account = $1",
            "UPDATE generation SET bytes = bytes + 1 WHERE account = $1",
            "UPDATE generation SET live = live + 1 WHERE account = $1",
            "UPDATE generation SET head_seq = head_seq - 1 WHERE account = $1",
            "UPDATE generation SET vault_pub = head_hash WHERE account = $1",
            "UPDATE generation SET state = 1 WHERE account = $1",
            "UPDATE header SET body = account WHERE account = $1",
            "DELETE FROM link WHERE account = $1",
        ] {
            let file = server.folder.path().join("before");
            let _ = std::fs::remove_file(&file);
            backup(&server.state.db, &file, 0).await.unwrap();
            let mut tx = server.state.db.write().await.unwrap();
            assert!(tx.run(sql, &[account.as_bytes().into()]).await.unwrap() > 0, "{sql}");
            tx.commit().await.unwrap();
            let problems = verify(&server.state.db).await.unwrap().problems;
            assert!(problems.iter().all(|line| line.contains(&account.to_string())), "{problems:?}");
            assert!(!problems.is_empty(), "{sql}");
            let mut tx = server.state.db.write().await.unwrap();
            tx.run("DELETE FROM account", &[]).await.unwrap();
            tx.commit().await.unwrap();
            restore(&server.state.db, &file).await.unwrap();
        }
    }

    /// One account's data in JSON, and of nobody else.
    async fn export_of_one_account(server) {
        let people = filled(&server).await;
        let mut tx = server.state.db.read().await.unwrap();
        let line = tx
            .first("SELECT email FROM account WHERE account = $1", &[people[0].0.account.as_bytes().into()])
            .await
            .unwrap()
            .unwrap();
        let email = Email::parse(&line.text(0).unwrap()).unwrap();
        drop(tx);
        let file = server.folder.path().join("export");
        export(&server.state.db, &email, &file).await.unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(email.as_str()) && text.contains("\"table\":\"blob\""));
        assert!(text.contains(&people[0].0.account.to_string()));
        assert!(!text.contains(&people[1].0.account.to_string()));
        let nobody = Email::parse("nobody@example.org").unwrap();
        let other = server.folder.path().join("other");
        assert!(matches!(export(&server.state.db, &nobody, &other).await, Err(BackupError::NoAccount)));
        assert!(!other.exists());
    }
}
