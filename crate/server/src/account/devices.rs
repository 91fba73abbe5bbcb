//! Devices: browser profiles that are signed in. Their names are in the vault; here are their keys.

use axum::extract::State as Held;
use sesame_protocol::account::{DeviceRemove, NewDevice, RefusalCode};
use sesame_protocol::{AccountId, DeviceId};

use crate::body::{Answer, Body, Outcome};
use crate::clock::DAY_MS;
use crate::db::Tx;
use crate::failure::Failure;
use crate::session::Bearer;
use crate::state::State;
use crate::transact;

/// Devices that an account keeps; beyond, the one that was away longest is signed out.
const DEVICES: u64 = 100;

/// Registers a device that has just proved itself. Whether it is a new one.
///
/// # Errors
/// `Conflict` when the id is there with another key.
pub(super) async fn put(
    tx: &mut Tx,
    account: &AccountId,
    device: &NewDevice,
    now: u64,
) -> Result<bool, Failure> {
    let (account, id) = (account.as_bytes(), device.device.as_bytes());
    let known = tx
        .first(
            "SELECT public_key FROM device WHERE account = $1 AND device = $2",
            &[account.into(), id.into()],
        )
        .await?;
    if let Some(line) = known {
        let same = line.array::<32>(0)? == device.public_key;
        return if same {
            Ok(false)
        } else {
            Err(RefusalCode::Conflict.into())
        };
    }
    tx.run(
        "INSERT INTO device (account, device, public_key, created, last_used) \
         VALUES ($1, $2, $3, $4, $5)",
        &[
            account.into(),
            id.into(),
            (&device.public_key).into(),
            now.into(),
            day(now).into(),
        ],
    )
    .await?;
    tx.run(
        "DELETE FROM device WHERE account = $1 AND device <> $2 AND device NOT IN \
         (SELECT kept.device FROM (SELECT device FROM device WHERE account = $1 \
         ORDER BY last_used DESC, created DESC LIMIT $3) AS kept)",
        &[account.into(), id.into(), DEVICES.into()],
    )
    .await?;
    Ok(true)
}

/// Notes that a device was here: the day, no more (S-156).
pub(super) async fn seen(
    tx: &mut Tx,
    account: &AccountId,
    device: &DeviceId,
    now: u64,
) -> Result<(), Failure> {
    tx.run(
        "UPDATE device SET last_used = $3 WHERE account = $1 AND device = $2 AND last_used < $3",
        &[
            account.as_bytes().into(),
            device.as_bytes().into(),
            day(now).into(),
        ],
    )
    .await?;
    Ok(())
}

const fn day(now: u64) -> u64 {
    now - now % DAY_MS
}

/// Ends every session of the account, and with `devices` signs every device out too (S-131).
pub(super) async fn end_all(
    tx: &mut Tx,
    account: &AccountId,
    devices: bool,
) -> Result<(), Failure> {
    let account = account.as_bytes();
    tx.run("DELETE FROM session WHERE account = $1", &[account.into()])
        .await?;
    tx.run(
        "DELETE FROM sealed_grant WHERE account = $1",
        &[account.into()],
    )
    .await?;
    tx.run("DELETE FROM login WHERE account = $1", &[account.into()])
        .await?;
    if devices {
        tx.run("DELETE FROM device WHERE account = $1", &[account.into()])
            .await?;
    }
    Ok(())
}

/// `POST /v1/device/remove`: signs a device out. The asking one may go at any time: a sign-in that somebody
/// thought about for longer leaves no device behind that nobody knows.
///
/// # Errors
/// `Unauthorised`, `NotFresh`, `NotFound`.
pub(super) async fn remove(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<DeviceRemove>,
) -> Outcome<()> {
    let now = server.now();
    transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        if ask.device != caller.device {
            caller.fresh(now)?;
        }
        let (account, device) = (caller.account.as_bytes(), ask.device.as_bytes());
        let removed = tx.run(
            "DELETE FROM device WHERE account = $1 AND device = $2",
            &[account.into(), device.into()],
        ).await?;
        if removed == 0 {
            return Err(RefusalCode::NotFound.into());
        }
        tx.run(
            "DELETE FROM session WHERE account = $1 AND device = $2",
            &[account.into(), device.into()],
        ).await?;
        Ok(Answer(()))
    }.await)
}
