//! Pull, chain, rows, commit.

use sesame_protocol::account::{
    Chain, ChainLinks, Commit, Committed, ItemRow, Message as _, Pulled, RefusalCode, RowList,
    Rows, Session, Token,
};
use sesame_protocol::{ITEM_BLOB_MAX, ItemId, Manifest, Op, SignedManifest, sha256};

mod sizes;

use crate::both;
use crate::support::TestServer;
use crate::support::cluster::number;
use crate::support::vault::{TestVault, random};

const PULL: &str = "/v1/v/pull";
const CHAIN: &str = "/v1/v/chain";
const ROWS: &str = "/v1/v/rows";
const COMMIT: &str = "/v1/v/commit";

/// Commits and expects it to be taken.
async fn push(server: &TestServer, session: &Session, commit: &Commit) -> u64 {
    let reply = server.ask(&session.token, COMMIT, commit).await;
    reply.message::<Committed>().seq
}

/// Commits and expects it to be refused, with nothing changed.
async fn refuses(server: &TestServer, session: &Session, commit: &Commit) -> RefusalCode {
    let state = |server: &TestServer| {
        let db = server.state.db.clone();
        async move {
            (
                number(&db, "SELECT CAST(COUNT(*) AS BIGINT) FROM blob", &[]).await,
                number(&db, "SELECT CAST(COUNT(*) AS BIGINT) FROM link", &[]).await,
                number(
                    &db,
                    "SELECT CAST(SUM(rev) AS BIGINT) FROM entry UNION ALL SELECT 0",
                    &[],
                )
                .await,
            )
        }
    };
    // An empty table has no sum; the tests that use this have rows.
    let before = state(server).await;
    let reply = server.ask(&session.token, COMMIT, commit).await;
    let code = reply.code();
    assert_eq!(
        state(server).await,
        before,
        "{code:?} left something behind"
    );
    code
}

both! {
    async fn what_is_committed_is_pulled(server) {
        let (mut vault, session) = server.account().await;
        let rows: Vec<ItemRow> = (0..40).map(|_| TestVault::new_row(300)).collect();
        assert_eq!(push(&server, &session, &vault.commit(rows.clone(), session.epoch)).await, 1);

        // Somebody who has nothing gets everything.
        let empty = TestVault { entries: Default::default(), ..vault.clone() };
        let mut pull = empty.pull(session.epoch);
        pull.header_hash = [0; 32];
        let pulled: Pulled = server.ask(&session.token, PULL, &pull).await.message();
        let head = SignedManifest::parse(&pulled.manifest).unwrap();
        assert_eq!(head.hash(), vault.head);
        assert_eq!(pulled.header, Some(vault.header_bytes()));
        let entries: Vec<_> = pulled.buckets.iter().flat_map(|bucket| &bucket.entries).collect();
        assert_eq!(entries, vault.entries.values().collect::<Vec<_>>());
        let ids: Vec<ItemId> = vault.entries.keys().copied().collect();
        let ask = Rows { generation: vault.generation, ids };
        let list: RowList = server.ask(&session.token, ROWS, &ask).await.message();
        assert!(!list.more);
        for row in &list.rows {
            assert_eq!(row.blob_hash(), vault.entries[&row.id].blob_hash);
        }

        // One change is one bucket; up to date is nothing.
        let before = vault.clone();
        let id = rows[0].id;
        let next = vault.next_row(id, Op::Delete);
        assert_eq!(push(&server, &session, &vault.commit(vec![next], session.epoch)).await, 2);
        let pulled: Pulled = server.ask(&session.token, PULL, &before.pull(session.epoch)).await.message();
        assert_eq!(pulled.buckets.len(), 1);
        assert!(pulled.header.is_none());
        let pulled: Pulled = server.ask(&session.token, PULL, &vault.pull(session.epoch)).await.message();
        assert!(pulled.buckets.is_empty());

        // The chain, in order, from where one was.
        let ask = Chain { generation: vault.generation, after: 0, limit: 512 };
        let links: ChainLinks = server.ask(&session.token, CHAIN, &ask).await.message();
        let seqs: Vec<u64> = links.manifests.iter()
            .map(|link| SignedManifest::parse(link).unwrap().unverified().seq).collect();
        assert_eq!(seqs, [1, 2]);
        let ask = Chain { generation: vault.generation, after: 0, limit: 1 };
        let links: ChainLinks = server.ask(&session.token, CHAIN, &ask).await.message();
        assert_eq!(links.manifests.len(), 1);
    }

    /// S-10, S-27: only what follows the head.
    async fn s27_only_the_next_link(server) {
        let (mut vault, session) = server.account().await;
        push(&server, &session, &vault.commit(vec![TestVault::new_row(100)], session.epoch)).await;
        let id = *vault.entries.keys().next().unwrap();
        let good = vault.clone().commit(vec![vault.next_row(id, Op::Put)], session.epoch);
        let statement = SignedManifest::parse(&good.manifest).unwrap().unverified().clone();
        let with = |manifest: Manifest| Commit { manifest: vault.signed(&manifest), ..good.clone() };
        for seq in [0, 1, 2 + (1 << 20), u64::MAX >> 1, u64::MAX - 1] {
            let prev_hash = if seq == 0 { [0; 32] } else { statement.prev_hash };
            let code = refuses(&server, &session, &with(Manifest { seq, prev_hash, ..statement.clone() })).await;
            assert_eq!(code, RefusalCode::Conflict, "{seq}");
        }
        let fork = with(Manifest { prev_hash: [7; 32], ..statement.clone() });
        assert_eq!(refuses(&server, &session, &fork).await, RefusalCode::Conflict);
        // A row goes forward, and not to the end of its counter in one step.
        for rev in [1, 2 + (1 << 20), u64::MAX - 1] {
            let mut other = vault.clone();
            let row = ItemRow { rev, ..vault.next_row(id, Op::Put) };
            let commit = other.commit(vec![row], session.epoch);
            assert_eq!(refuses(&server, &session, &commit).await, RefusalCode::Conflict, "{rev}");
        }
        // A jump that a restored server needs is allowed (S-152).
        let jump = with(Manifest { seq: 1 + (1 << 20), ..statement.clone() });
        assert_eq!(push(&server, &session, &jump).await, 1 + (1 << 20));
    }

    /// S-36: a token alone changes nothing; the vault's key must have signed.
    async fn s36_signature_or_nothing(server) {
        let (mut vault, session) = server.account().await;
        push(&server, &session, &vault.commit(vec![TestVault::new_row(100)], session.epoch)).await;
        let mut thief = vault.clone();
        thief.key = TestVault::new().key;
        let forged = thief.commit(vec![TestVault::new_row(100)], session.epoch);
        let reply = server.ask(&session.token, COMMIT, &forged).await;
        assert_eq!((reply.status, reply.code()), (403, RefusalCode::BadSignature));
        let mut unsigned = vault.clone().commit(vec![TestVault::new_row(100)], session.epoch);
        let at = unsigned.manifest.len() - 64;
        unsigned.manifest[at..].fill(0);
        assert_eq!(refuses(&server, &session, &unsigned).await, RefusalCode::BadSignature);
        // A header of the thief's, and everything deleted.
        thief.header.vault_pub = thief.key.verifying_key().to_bytes();
        let mut other = thief.commit(vec![], session.epoch);
        other.header = Some(thief.header_bytes());
        assert_eq!(refuses(&server, &session, &other).await, RefusalCode::BadSignature);
        // A manifest signed by the right key for another account or generation.
        for part in [0, 1] {
            let mut wrong = vault.clone();
            if part == 0 {
                wrong.account = sesame_protocol::AccountId::from_bytes(random());
            } else {
                wrong.generation = sesame_protocol::GenId::from_bytes(random());
            }
            let mut commit = wrong.commit(vec![TestVault::new_row(100)], session.epoch);
            commit.generation = vault.generation;
            assert_eq!(refuses(&server, &session, &commit).await, RefusalCode::BadSignature);
        }
    }

    /// S-07: what is stored is what the manifest counts; a commit that says otherwise is a mistake.
    async fn s07_counts_and_buckets(server) {
        let (mut vault, session) = server.account().await;
        push(&server, &session, &vault.commit(vec![TestVault::new_row(100)], session.epoch)).await;
        let good = vault.clone().commit(vec![TestVault::new_row(100)], session.epoch);
        let statement = SignedManifest::parse(&good.manifest).unwrap().unverified().clone();
        let with = |manifest: Manifest| Commit { manifest: vault.signed(&manifest), ..good.clone() };
        let mut other_bucket = statement.clone();
        let untouched = (0..64).find(|i| statement.buckets[*i] == vault.buckets()[*i]).unwrap();
        other_bucket.buckets[untouched] = [9; 32];
        for wrong in [
            with(Manifest { live: statement.live + 1, ..statement.clone() }),
            with(Manifest { tombstones: 1, ..statement.clone() }),
            with(Manifest { live: 1, tombstones: 1, ..statement.clone() }),
            with(Manifest { buckets: vault.buckets(), ..statement.clone() }),
            with(other_bucket),
            with(Manifest { header_hash: [3; 32], ..statement.clone() }),
            Commit { rows: Vec::new(), ..good.clone() },
            Commit { recovery_key: Some([1; 32]), ..good.clone() },
        ] {
            assert_eq!(refuses(&server, &session, &wrong).await, RefusalCode::Malformed);
        }
        push(&server, &session, &good).await;
    }

    /// S-13, S-36: a header goes forward, belongs to this vault, and the last thirty are kept.
    async fn s36_headers(server) {
        let (mut vault, session) = server.account().await;
        push(&server, &session, &vault.commit(vec![TestVault::new_row(100)], session.epoch)).await;
        let with_header = |vault: &TestVault, hdr_seq: u64| {
            let mut next = vault.clone();
            next.header.hdr_seq = hdr_seq;
            next.header.mac = random();
            let mut commit = next.commit(vec![], session.epoch);
            commit.header = Some(next.header_bytes());
            commit.recovery_key = Some([4; 32]);
            (next, commit)
        };
        for hdr_seq in [0, 2 + (1 << 20)] {
            let (_, commit) = with_header(&vault, hdr_seq);
            assert_eq!(refuses(&server, &session, &commit).await, RefusalCode::Conflict);
        }
        let (_, mut swapped) = with_header(&vault, 1);
        swapped.header = Some(vault.header_bytes());
        assert_eq!(refuses(&server, &session, &swapped).await, RefusalCode::Malformed);
        for hdr_seq in 1..=40 {
            let (next, commit) = with_header(&vault, hdr_seq);
            push(&server, &session, &commit).await;
            vault = next;
        }
        let db = &server.state.db;
        assert_eq!(number(db, "SELECT CAST(COUNT(*) AS BIGINT) FROM header", &[]).await, 30);
        assert_eq!(number(db, "SELECT MIN(hdr_seq) FROM header", &[]).await, 11);
        let mut pull = vault.pull(session.epoch);
        pull.header_hash = [0; 32];
        let pulled: Pulled = server.ask(&session.token, PULL, &pull).await.message();
        assert_eq!(pulled.header, Some(vault.header_bytes()));
    }

    /// S-36: what a commit replaced stays for thirty days, and then goes.
    async fn s36_replaced_rows_are_kept(server) {
        let (mut vault, session) = server.account().await;
        push(&server, &session, &vault.commit(vec![TestVault::new_row(100)], session.epoch)).await;
        let id = *vault.entries.keys().next().unwrap();
        let next = vault.next_row(id, Op::Put);
        push(&server, &session, &vault.commit(vec![next], session.epoch)).await;
        let db = &server.state.db;
        let blobs = "SELECT CAST(COUNT(*) AS BIGINT) FROM blob";
        let month = 30 * 24 * 3_600_000;
        server.clock.advance(month);
        sesame_server::purge::purge(db, server.state.now()).await.unwrap();
        assert_eq!(number(db, blobs, &[]).await, 2);
        server.clock.advance(1);
        sesame_server::purge::purge(db, server.state.now()).await.unwrap();
        assert_eq!(number(db, blobs, &[]).await, 1);
        // A session of a month ago is gone with it.
        assert_eq!(number(db, "SELECT CAST(COUNT(*) AS BIGINT) FROM session", &[]).await, 0);
    }

    /// S-141: another account's rows, generation and chain do not exist for this one.
    async fn s141_two_accounts(server) {
        let (mut a, session_a) = server.account().await;
        let (mut b, session_b) = server.account().await;
        push(&server, &session_a, &a.commit(vec![TestVault::new_row(100)], session_a.epoch)).await;
        push(&server, &session_b, &b.commit(vec![TestVault::new_row(100)], session_b.epoch)).await;
        let theirs = *b.entries.keys().next().unwrap();
        let ask = |id: ItemId| Rows { generation: a.generation, ids: vec![id] };
        let known = server.ask(&session_a.token, ROWS, &ask(theirs)).await;
        let unknown = server.ask(&session_a.token, ROWS, &ask(ItemId::from_bytes(random()))).await;
        assert_eq!((known.status, &known.body), (404, &unknown.body));
        assert_eq!(unknown.status, 404);
        // Their generation under my token, and my token under their account's name.
        let pull = b.pull(session_a.epoch);
        assert_eq!(server.ask(&session_a.token, PULL, &pull).await.code(), RefusalCode::GenChanged);
        let chain = Chain { generation: b.generation, after: 0, limit: 1 };
        assert_eq!(server.ask(&session_a.token, CHAIN, &chain).await.code(), RefusalCode::GenChanged);
        let mut random_half = [0; 32];
        random_half.copy_from_slice(&session_a.token.as_bytes()[16..]);
        let mixed = Token::new(b.account, &random_half);
        let reply = server.ask(&mixed, PULL, &b.pull(session_b.epoch)).await;
        assert_eq!(reply.code(), RefusalCode::Unauthorised);
        // An item of the same id in both vaults is two items.
        let mut row = TestVault::new_row(100);
        row.id = theirs;
        push(&server, &session_a, &a.commit(vec![row], session_a.epoch)).await;
        let pulled: Pulled = server.ask(&session_b.token, PULL, &b.pull(session_b.epoch)).await.message();
        assert!(pulled.buckets.is_empty());
        let list: RowList = server
            .ask(&session_b.token, ROWS, &Rows { generation: b.generation, ids: vec![theirs] })
            .await
            .message();
        assert_eq!(list.rows[0].blob_hash(), b.entries[&theirs].blob_hash);
    }

    /// S-132: a write of an epoch or generation that is over changes nothing.
    async fn s132_epoch_and_generation(server) {
        let (mut vault, session) = server.account().await;
        push(&server, &session, &vault.commit(vec![TestVault::new_row(100)], session.epoch)).await;
        let mut other = vault.clone().commit(vec![TestVault::new_row(100)], session.epoch);
        other.generation = sesame_protocol::GenId::from_bytes(random());
        assert_eq!(refuses(&server, &session, &other).await, RefusalCode::GenChanged);
        let late = vault.clone().commit(vec![TestVault::new_row(100)], session.epoch + 1);
        assert_eq!(refuses(&server, &session, &late).await, RefusalCode::Unauthorised);
        let good = vault.commit(vec![TestVault::new_row(100)], session.epoch);
        let mut tx = server.state.db.write().await.unwrap();
        tx.run("UPDATE account SET epoch = epoch + 1 WHERE account = $1", &[vault.account.as_bytes().into()])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(refuses(&server, &session, &good).await, RefusalCode::Unauthorised);
    }

    /// Of commits at the same time on the same head, one is taken (S-155).
    async fn s155_one_of_many(server) {
        let (vault, session) = server.account().await;
        let commits: Vec<Commit> = (0..12)
            .map(|_| vault.clone().commit(vec![TestVault::new_row(100)], session.epoch))
            .collect();
        let replies = futures(commits.iter().map(|commit| server.ask(&session.token, COMMIT, commit))).await;
        let taken = replies.iter().filter(|reply| reply.status == 200).count();
        assert_eq!(taken, 1);
        for reply in replies.iter().filter(|reply| reply.status != 200) {
            assert_eq!(reply.code(), RefusalCode::Conflict);
        }
        assert_eq!(number(&server.state.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM entry", &[]).await, 1);
    }

    /// A commit is stored in one piece: the answer says what is there after a restart, too.
    async fn acknowledged_is_there_after_a_restart(server) {
        let (mut vault, session) = server.account().await;
        push(&server, &session, &vault.commit(vec![TestVault::new_row(100)], session.epoch)).await;
        let server = server.stop().await.start().await;
        let pulled: Pulled = server.ask(&session.token, PULL, &vault.pull(session.epoch)).await.message();
        assert_eq!(sha256(&[&pulled.manifest]), vault.head);
    }
}

/// All at once.
async fn futures<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut all: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = all.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (slot, future) in done.iter_mut().zip(&mut all) {
            if slot.is_none()
                && let std::task::Poll::Ready(output) = future.as_mut().poll(context)
            {
                *slot = Some(output);
            }
        }
        if done.iter().all(Option::is_some) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done.into_iter().flatten().collect()
}
