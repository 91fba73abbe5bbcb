//! Signing up: a code by mail, then the OPAQUE record and the empty vault in one step.

use axum::extract::State as Held;
use sesame_protocol::account::code::MailCode;
use sesame_protocol::account::{
    Email, RefusalCode, RegisterBegin, RegisterFinish, RegisterStart, RegisterStarted, Session,
};

use super::names::Use;
use super::{CODE_MS, CODE_TRIES, SEALED_DAYS, devices, found};
use crate::address::Place;
use crate::body::{Accepted, Answer, Body, Outcome};
use crate::db::Tx;
use crate::failure::Failure;
use crate::limits::{Count, allows, charge, charge_total};
use crate::mail::{self, For, Mail};
use crate::session;
use crate::state::{Server, State};
use crate::sync::{Beginning, begin as first_link};
use crate::{opaque, transact};

/// `POST /v1/register/begin`. The same answer and work for an address that has an account: its mail
/// says so (S-119).
///
/// # Errors
/// `SlowDown` for the place or the total, whatever the address.
pub(super) async fn begin(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<RegisterBegin>,
) -> Result<Accepted, Failure> {
    let now = server.now();
    let code = new_code()?;
    transact!(server.db, tx => async {
        charge(&mut tx, &server, Count::MailAddress, place.as_bytes(), now).await?;
        charge_total(&mut tx, &server, Count::MailTotal, now).await?;
        let address = ask.email.as_str().as_bytes();
        let allowed = allows(&mut tx, &server, Count::RegisterMail, address, now).await?;
        let taken = found::is_taken(&mut tx, &ask.email, None, now).await?;
        // A code that nobody is told stands for the address of an account.
        let kept = if taken { new_code()? } else { code.clone() };
        let mail = if taken {
            Mail::AlreadyRegistered
        } else {
            Mail::RegisterCode { code: code.grouped() }
        };
        if allowed {
            keep(&mut tx, &server, &ask.email, &kept, now).await?;
        }
        let to = if allowed { For::Address(&ask.email) } else { For::Nobody(&ask.email) };
        mail::put(&mut tx, &server, to, ask.lang, &mail, now).await
    }.await)?;
    server.mail_waits.notify_one();
    Ok(Accepted)
}

/// A code of 50 random bits.
pub(super) fn new_code() -> Result<MailCode, Failure> {
    let mut random = [0; 10];
    getrandom::fill(&mut random)?;
    Ok(MailCode::from_random(&random))
}

async fn keep(
    tx: &mut Tx,
    server: &Server,
    email: &Email,
    code: &MailCode,
    now: u64,
) -> Result<(), Failure> {
    let (name, hash) = hashes(server, email, code);
    tx.run(
        "INSERT INTO code (name, hash, tries, expires) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, tries = excluded.tries, \
         expires = excluded.expires",
        &[
            (&name).into(),
            (&hash).into(),
            CODE_TRIES.into(),
            now.saturating_add(CODE_MS).into(),
        ],
    )
    .await?;
    Ok(())
}

fn hashes(server: &Server, email: &Email, code: &MailCode) -> ([u8; 32], [u8; 32]) {
    let email = email.as_str().as_bytes();
    let secrets = &server.secrets;
    (
        secrets.hash(Use::CodeName, &[email]),
        secrets.hash(Use::Code, &[email, code.as_bytes()]),
    )
}

/// Whether the code is the address's. A wrong one uses up a try, which must last: the refusal is a
/// value of the transaction, not its error.
async fn tried(
    tx: &mut Tx,
    server: &Server,
    email: &Email,
    code: &MailCode,
    now: u64,
) -> Result<Result<(), RefusalCode>, Failure> {
    let (name, hash) = hashes(server, email, code);
    let line = tx
        .first(
            "SELECT hash FROM code WHERE name = $1 AND tries > 0 AND expires >= $2",
            &[(&name).into(), now.into()],
        )
        .await?;
    let Some(line) = line else {
        return Ok(Err(RefusalCode::Expired));
    };
    // Both are hashes under a secret key: their bytes tell nothing about a guess (S-154).
    if line.array::<32>(0)? == hash {
        return Ok(Ok(()));
    }
    tx.run(
        "UPDATE code SET tries = tries - 1 WHERE name = $1",
        &[(&name).into()],
    )
    .await?;
    Ok(Err(RefusalCode::Denied))
}

/// `POST /v1/register/start`. The code stays good: it is used up by the end.
///
/// # Errors
/// `Denied` for a wrong code, `Expired` after five of them or half an hour, `SlowDown`, `Malformed`.
pub(super) async fn start(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<RegisterStart>,
) -> Outcome<RegisterStarted> {
    let now = server.now();
    let cred_id = transact!(server.db, tx => async {
        charge(&mut tx, &server, Count::CodeAddress, place.as_bytes(), now).await?;
        if let Err(code) = tried(&mut tx, &server, &ask.email, &ask.code, now).await? {
            return Ok(Err(code));
        }
        let name = found::free_cred_id(&mut tx, &server, &ask.email).await?;
        Ok(name.ok_or(RefusalCode::Denied))
    }.await)??;
    let response = server
        .secrets
        .opaque
        .register(&cred_id, &ask.request)
        .map_err(|_| RefusalCode::Malformed)?;
    Ok(Answer(RegisterStarted { cred_id, response }))
}

/// `POST /v1/register/finish`.
///
/// # Errors
/// As [`start`]; `Malformed`, `BadSignature` for a vault that does not fit; `Conflict` for an
/// account id that is there already.
pub(super) async fn finish(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<RegisterFinish>,
) -> Outcome<Session> {
    let now = server.now();
    let record = opaque::record(&ask.upload).map_err(|_| RefusalCode::Malformed)?;
    let beginning = Beginning {
        account: &ask.account,
        generation: &ask.generation,
        header: &ask.header,
        manifest: &ask.manifest,
        record: &record,
        recovery_key: ask.recovery_key.as_ref(),
    };
    let session = transact!(server.db, tx => async {
        charge(&mut tx, &server, Count::CodeAddress, place.as_bytes(), now).await?;
        if let Err(code) = tried(&mut tx, &server, &ask.email, &ask.code, now).await? {
            return Ok(Err(code));
        }
        if found::is_taken(&mut tx, &ask.email, None, now).await? {
            return Ok(Err(RefusalCode::Denied));
        }
        let account = ask.account.as_bytes();
        let used = tx.first("SELECT account FROM account WHERE account = $1", &[account.into()]).await?;
        if used.is_some() {
            return Ok(Err(RefusalCode::Conflict));
        }
        let Some(cred_id) = found::free_cred_id(&mut tx, &server, &ask.email).await? else {
            return Ok(Err(RefusalCode::Denied));
        };
        tx.run(
            "INSERT INTO account (account, email, cred_id, lang, hint, sealed_days, created, gen, epoch) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
            &[
                account.into(),
                ask.email.as_str().into(),
                (&cred_id).into(),
                i64::from(ask.lang.byte()).into(),
                ask.hint.as_str().into(),
                SEALED_DAYS.into(),
                now.into(),
                ask.generation.as_bytes().into(),
            ],
        ).await?;
        first_link(&mut tx, now, &beginning).await?;
        devices::put(&mut tx, &ask.account, &ask.device, now).await?;
        let (name, _) = hashes(&server, &ask.email, &ask.code);
        tx.run("DELETE FROM code WHERE name = $1", &[(&name).into()]).await?;
        session::open(&mut tx, now, &ask.account, &ask.device.device).await.map(Ok)
    }.await)??;
    Ok(Answer(session))
}
