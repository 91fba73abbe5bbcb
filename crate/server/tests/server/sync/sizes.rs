//! How much there may be.

use super::*;
use sesame_protocol::account::BODY_MAX;

use crate::support::http::{exchange, parse, raw, request};

both! {
    /// S-140, S-31: sizes.
    async fn s140_sizes(server) {
        let (mut vault, session) = server.account().await;
        // The largest item fits; a byte more does not.
        push(&server, &session, &vault.commit(vec![TestVault::new_row(ITEM_BLOB_MAX)], session.epoch)).await;
        let larger = vault.clone().commit(vec![TestVault::new_row(ITEM_BLOB_MAX + 1)], session.epoch);
        assert_eq!(refuses(&server, &session, &larger).await, RefusalCode::Malformed);
        let body = vec![0; 4 * 1024 * 1024 + 1];
        let bearer = format!("Bearer {}", session.token.to_text());
        let reply = server.send("POST", COMMIT, &[("authorization", &bearer)], &body).await;
        assert_eq!((reply.status, reply.code()), (413, RefusalCode::TooLarge));
        // Pages of rows stay under the largest answer, and together are everything.
        let rows = (0..15).map(|_| TestVault::new_row(ITEM_BLOB_MAX)).collect();
        push(&server, &session, &vault.commit(rows, session.epoch)).await;
        let mut ids: Vec<ItemId> = vault.entries.keys().copied().collect();
        let mut pages = 0;
        while !ids.is_empty() {
            let ask = Rows { generation: vault.generation, ids: ids.clone() };
            let reply = server.ask(&session.token, ROWS, &ask).await;
            let list: RowList = reply.message();
            assert_eq!(list.more, list.rows.len() < ids.len());
            for (row, id) in list.rows.iter().zip(&ids) {
                assert_eq!((row.id, row.blob_hash()), (*id, vault.entries[id].blob_hash));
            }
            ids.drain(..list.rows.len());
            pages += 1;
        }
        assert_eq!(pages, 2);
    }
}

/// S-140: an account's storage has an end; what makes it smaller is always taken.
#[tokio::test]
async fn s140_quota() {
    let server = TestServer::sqlite_with(&[("SESAME_QUOTA_MIB", "1")]).await;
    let (mut vault, session) = server.account().await;
    let rows = (0..4).map(|_| TestVault::new_row(200_000)).collect();
    push(&server, &session, &vault.commit(rows, session.epoch)).await;
    let rows = (0..2).map(|_| TestVault::new_row(200_000)).collect();
    let over = vault.clone().commit(rows, session.epoch);
    assert_eq!(
        refuses(&server, &session, &over).await,
        RefusalCode::OverQuota
    );
    let id = *vault.entries.keys().next().unwrap();
    let smaller = vault.next_row(id, Op::Delete);
    push(
        &server,
        &session,
        &vault.commit(vec![smaller], session.epoch),
    )
    .await;
    let rows = vec![TestVault::new_row(200_000), TestVault::new_row(200_000)];
    push(&server, &session, &vault.commit(rows, session.epoch)).await;
}

/// S-140: what replaced rows take has an end too: the oldest go first.
#[tokio::test]
async fn s140_replaced_rows_have_an_end() {
    let server = TestServer::sqlite_with(&[("SESAME_QUOTA_MIB", "1")]).await;
    let (mut vault, session) = server.account().await;
    let first = TestVault::new_row(200_000);
    let id = first.id;
    push(&server, &session, &vault.commit(vec![first], session.epoch)).await;
    for rev in 2..=12 {
        let row = ItemRow {
            id,
            rev,
            ..TestVault::new_row(200_000)
        };
        push(&server, &session, &vault.commit(vec![row], session.epoch)).await;
    }
    let db = &server.state.db;
    let kept = "SELECT CAST(COUNT(*) AS BIGINT) FROM blob WHERE replaced_at IS NOT NULL";
    assert_eq!(number(db, kept, &[]).await, 5);
    assert_eq!(
        number(db, "SELECT kept FROM generation", &[]).await,
        1_000_000
    );
    assert_eq!(
        number(db, "SELECT bytes FROM generation", &[]).await,
        200_000
    );
    // The newest are the ones that are kept.
    let oldest = "SELECT MIN(rev) FROM blob";
    assert_eq!(number(db, oldest, &[]).await, 7);
    server.clock.advance(31 * 24 * 3_600_000);
    sesame_server::purge::purge(db, server.state.now())
        .await
        .unwrap();
    assert_eq!(number(db, kept, &[]).await, 0);
    assert_eq!(number(db, "SELECT kept FROM generation", &[]).await, 0);
}

/// The newest links are kept, 4,096 of them.
#[tokio::test]
async fn old_links_go() {
    let server = TestServer::sqlite().await;
    let (mut vault, session) = server.account().await;
    push(
        &server,
        &session,
        &vault.commit(vec![TestVault::new_row(100)], session.epoch),
    )
    .await;
    // A number that a restored server would jump to.
    let mut statement = vault.statement();
    statement.seq = 4_097;
    let manifest = vault.signed(&statement);
    let commit = Commit {
        generation: vault.generation,
        epoch: session.epoch,
        manifest,
        header: None,
        recovery_key: None,
        rows: Vec::new(),
    };
    push(&server, &session, &commit).await;
    let db = &server.state.db;
    assert_eq!(number(db, "SELECT MIN(seq) FROM link", &[]).await, 4_097);
    assert!(commit.encode().len() < 3_000);
}

/// S-140: a large body is not kept of who has no session, and taken nowhere else at all.
#[tokio::test]
async fn s140_large_bodies_need_a_session() {
    let server = TestServer::sqlite().await;
    let (mut vault, session) = server.account().await;
    let commit = vault.commit(vec![TestVault::new_row(200_000)], session.epoch);
    let stranger = Token::new(vault.account, &random());
    let reply = server.ask(&stranger, COMMIT, &commit).await;
    assert_eq!(reply.code(), RefusalCode::Unauthorised);
    let reply = server.ask(&session.token, PULL, &commit).await;
    assert_eq!(reply.code(), RefusalCode::TooLarge);
    push(&server, &session, &commit).await;
}

/// S-140: a refusal waits for the body's end, or whoever is still sending, a proxy most of all, would see a
/// broken connection instead; what was read is not kept.
#[tokio::test]
async fn s140_a_refusal_is_not_lost_behind_a_large_body() {
    use tokio::io::AsyncWriteExt as _;
    let server = TestServer::sqlite().await;
    let (vault, _) = server.account().await;
    let stranger = Token::new(vault.account, &random()).to_text();
    let bearer = format!("Bearer {stranger}");
    let headers = [("authorization", bearer.as_str())];
    let whole = request(
        "POST",
        COMMIT,
        &server.authority(),
        &headers,
        &vec![0; BODY_MAX],
    );
    let mut stream = tokio::net::TcpStream::connect(server.address)
        .await
        .unwrap();
    let (rest, pieces) = whole.split_last().unwrap();
    for piece in pieces.chunks(64 * 1024) {
        stream.write_all(piece).await.unwrap();
        // Time for whoever would answer now and close.
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let reply = parse(&exchange(stream, &[*rest]).await);
    assert_eq!(reply.code(), RefusalCode::Unauthorised);
}

/// S-140: one account's slow bodies leave room for the others'.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s140_one_account_holds_a_few_large_bodies() {
    use tokio::io::AsyncWriteExt as _;
    let server = TestServer::sqlite().await;
    let (mut vault, session) = server.account().await;
    let (_, greedy) = server.account().await;
    let bearer = format!("Bearer {}", greedy.token.to_text());
    let headers = [("authorization", bearer.as_str())];
    let whole = request("POST", COMMIT, &server.authority(), &headers, &[0; 1_000]);
    let mut slow = Vec::new();
    for _ in 0..80 {
        let mut stream = tokio::net::TcpStream::connect(server.address)
            .await
            .unwrap();
        stream.write_all(&whole[..whole.len() - 1]).await.unwrap();
        slow.push(stream);
    }
    let waiting = || server.state.metrics.text();
    let all = "sesame_requests_in_flight 80\n";
    while !waiting().contains(all) {
        tokio::task::yield_now().await;
    }
    // Another account's is taken while all of them are still there.
    let commit = vault.commit(vec![TestVault::new_row(1_000)], session.epoch);
    push(&server, &session, &commit).await;
    assert!(waiting().contains(all), "{}", waiting());
    // What waited is answered as soon as there is room again.
    drop(slow);
    let reply = raw(server.address, &whole).await;
    assert_eq!(reply.code(), RefusalCode::Malformed);
}
