//! Sealed generations: each proof opens them, nothing else does, and nothing erases them soon.

use std::collections::BTreeMap;

use ed25519_dalek::{Signer as _, SigningKey};
use sesame_protocol::account::{
    EraseAt, Grant, How, RefusalCode, SealedErase, SealedKeep, SealedProve, SealedPull,
    SealedPulled, SealedStart, SealedStarted, proof,
};
use sesame_protocol::{ItemId, sha256};
use sesame_server::account::ERASE_MS;
use sesame_server::clock::DAY_MS;
use sesame_server::purge::purge;

use crate::both;
use crate::support::TestServer;
use crate::support::http::Reply;
use crate::support::opaque::SigningIn;
use crate::support::person::Person;
use crate::support::vault::TestVault;

/// A proof of belonging to `old`, from a session of `now`.
async fn proof_of(server: &TestServer, now: &Person, old: &Person, how: How) -> SealedProve {
    let (state, ke1) = SigningIn::start(&old.password);
    let ke1 = (how == How::Opaque).then_some(ke1);
    let ask = SealedStart {
        generation: old.vault.generation,
        how,
        ke1,
    };
    let started: SealedStarted = server
        .ask(&now.session.token, "/v1/sealed/start", &ask)
        .await
        .message();
    let proof = match how {
        How::Opaque => state
            .finish(&started.ke2, &started.cred_id, &server.state.origin)
            .unwrap_or_else(|| vec![1; 64]),
        How::Recovery => signed(server, old, &started, how, &old.recovery),
        How::Vault => signed(server, old, &started, how, &old.vault.key),
    };
    SealedProve {
        generation: old.vault.generation,
        how,
        login_id: started.login_id,
        nonce: started.nonce,
        proof,
    }
}

fn signed(
    server: &TestServer,
    old: &Person,
    started: &SealedStarted,
    how: How,
    key: &SigningKey,
) -> Vec<u8> {
    let message = proof::sealed(
        &server.state.origin,
        &old.vault.account,
        &old.vault.generation,
        &started.nonce,
        started.exp,
        how,
    )
    .unwrap();
    key.sign(&message).to_bytes().to_vec()
}

async fn prove(server: &TestServer, now: &Person, proof: &SealedProve) -> Reply {
    server
        .ask(&now.session.token, "/v1/sealed/prove", proof)
        .await
}

async fn pull(server: &TestServer, now: &Person, old: &Person, grant: [u8; 32]) -> Reply {
    let ask = SealedPull {
        generation: old.vault.generation,
        grant,
        after: None,
    };
    server
        .ask(&now.session.token, "/v1/sealed/pull", &ask)
        .await
}

/// Everything of a sealed generation, page by page, checked against its own manifest.
async fn whole(server: &TestServer, now: &Person, old: &Person, grant: [u8; 32]) -> (usize, usize) {
    let mut rows: BTreeMap<ItemId, [u8; 32]> = BTreeMap::new();
    let (mut after, mut pages) = (None, 0);
    loop {
        let ask = SealedPull {
            generation: old.vault.generation,
            grant,
            after,
        };
        let page: SealedPulled = server
            .ask(&now.session.token, "/v1/sealed/pull", &ask)
            .await
            .message();
        assert_eq!(sha256(&[&page.manifest]), old.vault.head);
        assert_eq!(page.header, old.vault.header_bytes());
        pages += 1;
        for row in &page.rows {
            assert!(after.is_none_or(|last| last < row.id));
            after = Some(row.id);
            rows.insert(row.id, row.blob_hash());
        }
        if !page.more {
            break;
        }
    }
    for (id, entry) in &old.vault.entries {
        assert_eq!(rows.get(id), Some(&entry.blob_hash));
    }
    (rows.len(), pages)
}

both! {
    /// S-134: old password, old recovery code, old vault key: each brings every row back.
    async fn s134_each_proof_restores_every_row(server) {
        let mut old = Person::new(&server, "person@example.org").await;
        old.fill(&server, 150).await;
        let now = old.reset(&server, "new").await;
        for how in [How::Opaque, How::Recovery, How::Vault] {
            let proof = proof_of(&server, &now, &old, how).await;
            let grant: Grant = prove(&server, &now, &proof).await.message();
            assert_eq!(whole(&server, &now, &old, grant.grant).await, (150, 1), "{how:?}");
            // A proof counts once.
            assert_eq!(prove(&server, &now, &proof).await.code(), RefusalCode::Denied, "{how:?}");
        }
    }

    /// More than one answer holds.
    async fn s134_page_by_page(server) {
        let mut old = Person::new(&server, "person@example.org").await;
        for _ in 0..3 {
            let rows = (0..8).map(|_| {
                let mut row = TestVault::new_row(1);
                row.blob = vec![row.blob[0]; 250_000];
                row
            }).collect();
            let commit = old.vault.commit(rows, old.session.epoch);
            assert_eq!(server.ask(&old.session.token, "/v1/v/commit", &commit).await.status, 200);
        }
        let now = old.reset(&server, "new").await;
        let proof = proof_of(&server, &now, &old, How::Vault).await;
        let grant: Grant = prove(&server, &now, &proof).await.message();
        assert_eq!(whole(&server, &now, &old, grant.grant).await, (24, 2));
    }

    /// S-133: what proves nothing, or something else.
    async fn s133_what_opens_nothing(server) {
        let mut old = Person::new(&server, "person@example.org").await;
        old.fill(&server, 1).await;
        let now = old.reset(&server, "new").await;
        let other = Person::new(&server, "other@example.org").await;
        // The new generation's own secrets, presented for the old one.
        let mut thief = now.clone();
        thief.vault.generation = old.vault.generation;
        for how in [How::Opaque, How::Recovery, How::Vault] {
            let proof = proof_of(&server, &now, &thief, how).await;
            assert_eq!(prove(&server, &now, &proof).await.code(), RefusalCode::Denied, "{how:?}");
        }
        // One kind of proof in place of another.
        let mut swapped = proof_of(&server, &now, &old, How::Vault).await;
        swapped.how = How::Recovery;
        assert_eq!(prove(&server, &now, &swapped).await.code(), RefusalCode::Denied);
        let mut unsigned = proof_of(&server, &now, &old, How::Vault).await;
        unsigned.how = How::Opaque;
        assert_eq!(prove(&server, &now, &unsigned).await.code(), RefusalCode::Denied);
        // S-141: another account's is as good as none.
        let ask = SealedStart { generation: old.vault.generation, how: How::Vault, ke1: None };
        let reply = server.ask(&other.session.token, "/v1/sealed/start", &ask).await;
        assert_eq!(reply.code(), RefusalCode::NotFound);
        let proof = proof_of(&server, &now, &old, How::Vault).await;
        assert_eq!(prove(&server, &other, &proof).await.code(), RefusalCode::NotFound);
        // The active generation is not sealed.
        let ask = SealedStart { generation: now.vault.generation, how: How::Vault, ke1: None };
        let reply = server.ask(&now.session.token, "/v1/sealed/start", &ask).await;
        assert_eq!(reply.code(), RefusalCode::NotFound);

        // Leave to read is one session's, and ends.
        let proof = proof_of(&server, &now, &old, How::Vault).await;
        let grant: Grant = prove(&server, &now, &proof).await.message();
        assert_eq!(pull(&server, &now, &old, grant.grant).await.status, 200);
        let mut later = now.clone();
        later.session = now.renew(&server).await.message();
        assert_eq!(pull(&server, &later, &old, grant.grant).await.code(), RefusalCode::Denied);
        server.clock.advance(15 * 60_000 + 1);
        assert_eq!(pull(&server, &now, &old, grant.grant).await.code(), RefusalCode::Unauthorised);
    }

    /// Erasing early: in 30 days, never before the reset can no longer be undone, and taken back.
    async fn s134_erasing_early_waits(server) {
        let mut old = Person::new(&server, "person@example.org").await;
        old.fill(&server, 2).await;
        let mut now = old.reset(&server, "new").await;
        server.mails().await;
        let at = server.state.now();
        let usual = at + 90 * DAY_MS;
        let erase = SealedErase { generation: old.vault.generation };
        let asked = async |now: &Person| {
            let reply = server.ask(&now.session.token, "/v1/sealed/erase", &erase).await;
            reply.message::<EraseAt>().erase_at
        };
        assert_eq!(asked(&now).await, at + 30 * DAY_MS);
        assert_eq!(asked(&now).await, at + 30 * DAY_MS, "asked twice, one date");
        assert_eq!(server.only_mail().await.subject, "A sealed vault will be erased");
        let keep = SealedKeep { generation: old.vault.generation };
        assert_eq!(server.ask(&now.session.token, "/v1/sealed/keep", &keep).await.status, 200);
        let account: sesame_protocol::account::Account =
            server.ask(&now.session.token, "/v1/account", &()).await.message();
        assert_eq!(account.sealed[0].erase_at, usual);

        server.clock.advance(20 * DAY_MS);
        now.session = now.renew(&server).await.message();
        let date = asked(&now).await;
        assert_eq!(date, at + 20 * DAY_MS + ERASE_MS);
        server.clock.advance(ERASE_MS - 1);
        purge(&server.state.db, server.state.now()).await.unwrap();
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM generation").await, 2);
        server.clock.advance(1);
        purge(&server.state.db, server.state.now()).await.unwrap();
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM generation").await, 1);
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM blob").await, 0);
    }

    /// S-134: without anybody asking, a sealed vault goes after its ninety days and not before.
    async fn s134_ninety_days(server) {
        let mut old = Person::new(&server, "person@example.org").await;
        old.fill(&server, 2).await;
        old.reset(&server, "new").await;
        server.clock.advance(90 * DAY_MS - 1);
        purge(&server.state.db, server.state.now()).await.unwrap();
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM blob").await, 2);
        server.clock.advance(1);
        purge(&server.state.db, server.state.now()).await.unwrap();
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM blob").await, 0);
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM generation").await, 1);
    }
}

/// S-139: guessing at an old password is counted like guessing at the new one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s139_guesses_at_a_sealed_vault_are_counted() {
    let settings = [
        ("SESAME_LIMITS", "normal"),
        ("SESAME_LIMIT_SEALED_ACCOUNT", "3/1h"),
    ];
    let server = TestServer::sqlite_with(&settings).await;
    let old = Person::new(&server, "person@example.org").await;
    let now = old.reset(&server, "new").await;
    for _ in 0..5 {
        let proof = proof_of(&server, &now, &old, How::Opaque).await;
        prove(&server, &now, &proof).await.message::<Grant>();
    }
    for _ in 0..3 {
        proof_of(&server, &now, &old, How::Opaque).await;
    }
    let (_, ke1) = SigningIn::start("guess");
    let ask = SealedStart {
        generation: old.vault.generation,
        how: How::Opaque,
        ke1: Some(ke1),
    };
    let reply = server
        .ask(&now.session.token, "/v1/sealed/start", &ask)
        .await;
    assert_eq!(reply.code(), RefusalCode::SlowDown);
}
