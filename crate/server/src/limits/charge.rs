//! Counting in the database.

use sesame_protocol::account::{Email, Refusal};

use super::{Count, Rule};
use crate::account::names::Use;
use crate::address::Place;
use crate::db::Tx;
use crate::failure::Failure;
use crate::state::Server;

/// A count in total is spread over this many rows when it is large enough, so that requests do not
/// wait for each other's transactions.
const SHARDS: u8 = 16;
/// Fewest tries of a count that is spread.
const SPREAD_FROM: u32 = 1_600;

/// One try that was counted, to be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Charged(pub(crate) [u8; 32]);

/// Whom [`Count::SignInAccountAddress`] counts for.
pub(crate) fn pair(email: &Email, place: Place) -> Vec<u8> {
    [place.as_bytes().as_slice(), email.as_str().as_bytes()].concat()
}

/// Counts one try of `count` by `whom`.
///
/// # Errors
/// `SlowDown` with the seconds until the next try; then nothing was counted.
pub(crate) async fn charge(
    tx: &mut Tx,
    server: &Server,
    count: Count,
    whom: &[u8],
    now: u64,
) -> Result<Charged, Failure> {
    let name = name(server, count, whom, None);
    let Some(rule) = server.limits.rule(count) else {
        return Ok(Charged(name));
    };
    match take(tx, &name, rule.cost_ms(), rule, now).await? {
        Taken::Yes => Ok(Charged(name)),
        Taken::ComeBackIn(seconds) => Err(Refusal::slow_down(seconds).into()),
    }
}

/// Counts one try, and says whether it was within the rule. For mails: whoever asks is told nothing.
///
/// # Errors
/// `Database`, `Again`.
pub(crate) async fn allows(
    tx: &mut Tx,
    server: &Server,
    count: Count,
    whom: &[u8],
    now: u64,
) -> Result<bool, Failure> {
    let Some(rule) = server.limits.rule(count) else {
        return Ok(true);
    };
    let name = name(server, count, whom, None);
    Ok(matches!(
        take(tx, &name, rule.cost_ms(), rule, now).await?,
        Taken::Yes
    ))
}

/// Counts one try of a count in total.
///
/// # Errors
/// As [`charge`].
pub(crate) async fn charge_total(
    tx: &mut Tx,
    server: &Server,
    count: Count,
    now: u64,
) -> Result<(), Failure> {
    let Some(rule) = server.limits.rule(count) else {
        return Ok(());
    };
    let (shard, cost) = if rule.tries >= SPREAD_FROM {
        let mut byte = [0];
        getrandom::fill(&mut byte)?;
        let [byte] = byte;
        (byte % SHARDS, rule.cost_ms() * u64::from(SHARDS))
    } else {
        (0, rule.cost_ms())
    };
    let name = name(server, count, b"", Some(shard));
    match take(tx, &name, cost, rule, now).await? {
        Taken::Yes => Ok(()),
        Taken::ComeBackIn(seconds) => Err(Refusal::slow_down(seconds).into()),
    }
}

/// A try that was counted for `whom`, where its name was not kept.
pub(crate) fn charged(server: &Server, count: Count, whom: &[u8]) -> Charged {
    Charged(name(server, count, whom, None))
}

/// Gives a try back: it was not a wrong one.
///
/// # Errors
/// `Database`, `Again`.
pub(crate) async fn refund(
    tx: &mut Tx,
    server: &Server,
    count: Count,
    charged: Charged,
) -> Result<(), Failure> {
    let Some(rule) = server.limits.rule(count) else {
        return Ok(());
    };
    tx.run(
        "UPDATE budget SET empty_at = empty_at - $2 WHERE name = $1",
        &[(&charged.0).into(), rule.cost_ms().into()],
    )
    .await?;
    Ok(())
}

enum Taken {
    Yes,
    ComeBackIn(u32),
}

async fn take(
    tx: &mut Tx,
    name: &[u8; 32],
    cost: u64,
    rule: Rule,
    now: u64,
) -> Result<Taken, Failure> {
    let full = now.saturating_add(rule.room_ms());
    let first = now.saturating_add(cost);
    if first <= full {
        let changed = tx
            .run(
                "INSERT INTO budget (name, empty_at) VALUES ($1, $2) \
                 ON CONFLICT (name) DO UPDATE SET empty_at = \
                 CASE WHEN budget.empty_at < $3 THEN $2 ELSE budget.empty_at + $4 END \
                 WHERE budget.empty_at + $4 <= $5",
                &[
                    name.into(),
                    first.into(),
                    now.into(),
                    cost.into(),
                    full.into(),
                ],
            )
            .await?;
        if changed > 0 {
            return Ok(Taken::Yes);
        }
    }
    let line = tx
        .first(
            "SELECT empty_at FROM budget WHERE name = $1",
            &[name.into()],
        )
        .await?;
    let empty_at = line.map_or(Ok(first), |line| line.number(0))?;
    let wait_ms = empty_at.saturating_add(cost).saturating_sub(full).max(1);
    Ok(Taken::ComeBackIn(
        u32::try_from(wait_ms.div_ceil(1_000)).unwrap_or(u32::MAX),
    ))
}

fn name(server: &Server, count: Count, whom: &[u8], shard: Option<u8>) -> [u8; 32] {
    let shard = [shard.unwrap_or(u8::MAX)];
    server
        .secrets
        .hash(Use::Count, &[count.name().as_bytes(), whom, &shard])
}
