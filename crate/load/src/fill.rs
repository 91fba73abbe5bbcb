//! Makes a database large: copies of accounts that exist, under other ids, straight into the tables.
//! Signing each of them up would take hours and tell nothing. The server must be stopped meanwhile.

use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::LoadError;

/// Per table: the account's row again for each number, ids made from the number. The copied is the
/// account with the lowest id; copies have ids that begin with zeros.
const SQLITE: [&str; 7] = [
    "CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) \
     SELECT i, unhex(printf('%032x', i)) AS id FROM n",
    "CREATE TEMP TABLE source AS SELECT * FROM account ORDER BY account LIMIT 1",
    "INSERT INTO account SELECT n.id, 'copy' || n.i || '@example.org', unhex(printf('%064x', n.i)), lang, hint, \
     sealed_days, created, gen, epoch, delete_at FROM n, source",
    "INSERT INTO generation (account, gen, state, opaque, vault_pub, rec_pub, hdr_seq, header_hash, head_seq, \
     head_hash, live, tombstones, bytes, created) SELECT n.id, g.gen, g.state, g.opaque, g.vault_pub, g.rec_pub, \
     g.hdr_seq, g.header_hash, g.head_seq, g.head_hash, g.live, g.tombstones, g.bytes, g.created \
     FROM n, source s, generation g WHERE g.account = s.account",
    "INSERT INTO header SELECT n.id, h.gen, h.hdr_seq, h.body, h.created FROM n, source s, header h \
     WHERE h.account = s.account",
    "INSERT INTO entry SELECT n.id, e.gen, e.item, e.rev, e.op, e.hash, e.size FROM n, source s, entry e \
     WHERE e.account = s.account",
    "INSERT INTO blob SELECT n.id, b.gen, b.item, b.rev, b.op, b.replaced_at, b.body FROM n, source s, blob b \
     WHERE b.account = s.account",
];

/// The same for PostgreSQL.
const POSTGRES: [&str; 8] = [
    "CREATE TEMP TABLE n AS SELECT i, decode(lpad(to_hex(i), 32, '0'), 'hex') AS id FROM generate_series(1, $1) AS i",
    "CREATE TEMP TABLE source AS SELECT * FROM account ORDER BY account LIMIT 1",
    "INSERT INTO account SELECT n.id, 'copy' || n.i || '@example.org', decode(lpad(to_hex(n.i), 64, '0'), 'hex'), \
     lang, hint, sealed_days, created, gen, epoch, delete_at FROM n, source",
    "INSERT INTO generation (account, gen, state, opaque, vault_pub, rec_pub, hdr_seq, header_hash, head_seq, \
     head_hash, live, tombstones, bytes, created) SELECT n.id, g.gen, g.state, g.opaque, g.vault_pub, g.rec_pub, \
     g.hdr_seq, g.header_hash, g.head_seq, g.head_hash, g.live, g.tombstones, g.bytes, g.created \
     FROM n, source s, generation g WHERE g.account = s.account",
    "INSERT INTO header SELECT n.id, h.gen, h.hdr_seq, h.body, h.created FROM n, source s, header h \
     WHERE h.account = s.account",
    "INSERT INTO entry SELECT n.id, e.gen, e.item, e.rev, e.op, e.hash, e.size FROM n, source s, entry e \
     WHERE e.account = s.account",
    "INSERT INTO blob SELECT n.id, b.gen, b.item, b.rev, b.op, b.replaced_at, b.body FROM n, source s, blob b \
     WHERE b.account = s.account",
    "ANALYZE",
];

/// Adds `copies` accounts to the database at `url`.
///
/// # Errors
/// `Database`.
pub fn fill(url: &str, copies: i32) -> Result<(), LoadError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async {
            if let Some(path) = url.strip_prefix("sqlite://") {
                let mut line = SqliteConnection::connect(&format!("sqlite://{path}")).await?;
                let mut all = line.begin().await?;
                for statement in SQLITE {
                    let mut query = sqlx::query(statement);
                    if statement.contains("?1") {
                        query = query.bind(copies);
                    }
                    query.execute(&mut *all).await?;
                }
                all.commit().await?;
                line.close().await?;
            } else {
                let mut line = PgConnection::connect(url).await?;
                let mut all = line.begin().await?;
                for statement in POSTGRES {
                    let mut query = sqlx::query(statement);
                    if statement.contains("$1") {
                        query = query.bind(copies);
                    }
                    query.execute(&mut *all).await?;
                }
                all.commit().await?;
                line.close().await?;
            }
            Ok(())
        })
}
