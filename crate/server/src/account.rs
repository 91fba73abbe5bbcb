//! Accounts: making, signing in, looking after, resetting and deleting them.
//!
//! Whoever has no session is told nothing about who has an account: the answers, and the work behind
//! them, are the same for every address (S-118 to S-122, S-158).

mod address;
mod deletion;
mod devices;
mod found;
mod login;
pub(crate) mod names;
mod password;
mod profile;
mod prove;
mod purge;
mod recover;
mod register;
mod renew;
mod reset;
mod sealed;
mod sealed_read;
mod undo;

use axum::Router;
use axum::routing::post;
use sesame_protocol::AccountId;
use sesame_protocol::account::{SEALED_DAYS_MAX, SEALED_DAYS_MIN};

use crate::db::Tx;
use crate::failure::Failure;
use crate::mail::{self, For, Mail};
use crate::state::{Server, State};

pub use purge::purge;

/// How long a mailed code or link is good for, in milliseconds.
pub const CODE_MS: u64 = 30 * 60_000;
/// How often a mailed code may be tried.
const CODE_TRIES: u64 = 5;
/// Days in which a reset can be taken back by who opens the old vault (S-135).
pub const UNDO_DAYS: u64 = 14;
/// How long an account waits for its deletion, in milliseconds (S-157).
pub const DELETE_MS: u64 = 30 * crate::clock::DAY_MS;
/// How long a sealed generation waits to be erased early, in milliseconds (S-134: no less than 30 days).
pub const ERASE_MS: u64 = 30 * crate::clock::DAY_MS;
/// How long the old address can take a change back, in milliseconds (S-151).
pub const EMAIL_UNDO_MS: u64 = 72 * 3_600_000;
/// Days that a sealed generation is kept unless its owner says otherwise.
const SEALED_DAYS: u64 = 90;

/// Days that a sealed generation is kept when `stored` is what its owner chose: never fewer than the
/// protocol knows, whatever an older program or another hand wrote there (S-134).
fn days_kept(stored: u64) -> u64 {
    stored.clamp(SEALED_DAYS_MIN.into(), SEALED_DAYS_MAX.into())
}

/// The routes.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/v1/register/begin", post(register::begin))
        .route("/v1/register/start", post(register::start))
        .route("/v1/register/finish", post(register::finish))
        .route("/v1/login/start", post(login::start))
        .route("/v1/login/finish", post(login::finish))
        .route("/v1/recover/start", post(recover::start))
        .route("/v1/recover/finish", post(recover::finish))
        .route("/v1/session/start", post(renew::start))
        .route("/v1/session/finish", post(renew::finish))
        .route("/v1/password/start", post(password::start))
        .route("/v1/password/finish", post(password::finish))
        .route("/v1/account", post(profile::account))
        .route("/v1/hint", post(profile::set_hint))
        .route("/v1/hint/send", post(profile::send_hint))
        .route("/v1/settings", post(profile::settings))
        .route("/v1/device/remove", post(devices::remove))
        .route("/v1/email/begin", post(address::begin))
        .route("/v1/email/finish", post(address::finish))
        .route("/v1/email/undo", post(address::undo))
        .route("/v1/account/delete", post(deletion::delete))
        .route("/v1/account/keep", post(deletion::keep))
        .route("/v1/reset/request", post(reset::request))
        .route("/v1/reset/start", post(reset::start))
        .route("/v1/reset/finish", post(reset::finish))
        .route("/v1/undo/start", post(undo::start))
        .route("/v1/undo/finish", post(undo::finish))
        .route("/v1/sealed/start", post(sealed::start))
        .route("/v1/sealed/prove", post(sealed::prove))
        .route("/v1/sealed/pull", post(sealed_read::pull))
        .route("/v1/sealed/erase", post(sealed_read::erase))
        .route("/v1/sealed/keep", post(sealed_read::keep))
}

/// Queues a mail to the account's owner, at the stored address and in the stored language.
///
/// # Errors
/// `Database`, `Again`, `Internal`.
pub(crate) async fn tell(
    tx: &mut Tx,
    server: &Server,
    account: &AccountId,
    mail: &Mail,
    now: u64,
) -> Result<(), Failure> {
    let found = found::by_id(tx, account)
        .await?
        .ok_or(Failure::Internal("an account is gone"))?;
    mail::put(
        tx,
        server,
        For::Address(&found.email),
        found.lang,
        mail,
        now,
    )
    .await
}
