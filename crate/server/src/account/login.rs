//! Signing in with the master password, by OPAQUE.

use axum::extract::State as Held;
use sesame_protocol::account::{
    LoginFinish, LoginStart, LoginStarted, NewDevice, RefusalCode, Session,
};
use sesame_protocol::{AccountId, sha256};

use super::devices;
use super::found::{self, Found};
use crate::address::Place;
use crate::body::{Answer, Body, Outcome};
use crate::db::Tx;
use crate::failure::Failure;
use crate::limits::{Charged, Count, charge, charge_total, charged, pair, refund};
use crate::mail::{self, For, Mail};
use crate::opaque::{self, Names};
use crate::session;
use crate::state::{Server, State};
use crate::transact;

/// How long a sign-in may take between its first and its last message, in milliseconds.
pub(super) const LOGIN_MS: u64 = 120_000;

/// `POST /v1/login/start`. A stand-in answers for an unknown address (S-118).
///
/// # Errors
/// `SlowDown`, `Malformed`.
pub(super) async fn start(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<LoginStart>,
) -> Outcome<LoginStarted> {
    let now = server.now();
    let mut login_id = [0; 16];
    getrandom::fill(&mut login_id)?;
    let started = transact!(server.db, tx => async {
        // Counted as a wrong password until the last message proves the right one (S-139): who
        // guesses learns from the answer to the first, and need not send the last.
        let address = ask.email.as_str().as_bytes();
        let by_address = charge(&mut tx, &server, Count::SignInAddress, place.as_bytes(), now).await?;
        charge_total(&mut tx, &server, Count::SignInTotal, now).await?;
        let pair = pair(&ask.email, place);
        charge(&mut tx, &server, Count::SignInAccountAddress, &pair, now).await?;
        let by_account = charge(&mut tx, &server, Count::SignInAccount, address, now).await?;
        let known = found::by_email(&mut tx, &ask.email).await?;
        let stand_in = found::free_cred_id(&mut tx, &server, &ask.email).await?.unwrap_or([0; 32]);
        let nobody = server.secrets.stand_in(&ask.email);
        let (cred_id, account, generation, record) = match &known {
            Some(found) => (
                found.cred_id,
                found.account,
                *found.generation.as_bytes(),
                Some(found.record.as_slice()),
            ),
            None => (stand_in, nobody, [0; 16], None),
        };
        let names = Names { cred_id: &cred_id, origin: &server.origin };
        let answer = server
            .secrets
            .opaque
            .login(record, names, &ask.ke1, &server.secrets.sealing, &login_id)
            .map_err(malformed)?;
        let open = Open {
            login_id,
            account,
            generation,
            cred_id,
            record: sha256(&[record.unwrap_or_default()]),
            state: answer.sealed,
            by_account,
            by_address,
        };
        open.store(&mut tx, false, now).await?;
        Ok(LoginStarted { login_id, cred_id, ke2: answer.ke2 })
    }.await)?;
    Ok(Answer(started))
}

pub(super) fn malformed(error: opaque::OpaqueError) -> Failure {
    match error {
        opaque::OpaqueError::Stored => Failure::Internal("an OPAQUE record can't be read"),
        _ => RefusalCode::Malformed.into(),
    }
}

/// A sign-in, or a proof for a sealed generation, between its messages.
pub(super) struct Open {
    pub(super) login_id: [u8; 16],
    pub(super) account: AccountId,
    pub(super) generation: [u8; 16],
    pub(super) cred_id: [u8; 32],
    /// SHA-256 of the record: a sign-in begun before a change of password is not finished after it.
    pub(super) record: [u8; 32],
    pub(super) state: Vec<u8>,
    pub(super) by_account: Charged,
    pub(super) by_address: Charged,
}

impl Open {
    pub(super) async fn store(&self, tx: &mut Tx, sealed: bool, now: u64) -> Result<(), Failure> {
        tx.run(
            "INSERT INTO login (login, account, gen, cred_id, record, state, sealed, by_account, \
             by_address, expires) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &[
                (&self.login_id).into(),
                self.account.as_bytes().into(),
                (&self.generation).into(),
                (&self.cred_id).into(),
                (&self.record).into(),
                self.state.as_slice().into(),
                i64::from(sealed).into(),
                (&self.by_account.0).into(),
                (&self.by_address.0).into(),
                now.saturating_add(LOGIN_MS).into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Takes it out: whatever comes of it, it is used up.
    pub(super) async fn take(
        tx: &mut Tx,
        login_id: &[u8; 16],
        sealed: bool,
        now: u64,
    ) -> Result<Option<Self>, Failure> {
        let line = tx
            .first(
                "DELETE FROM login WHERE login = $1 AND sealed = $2 AND expires >= $3 \
                 RETURNING account, gen, cred_id, record, state, by_account, by_address",
                &[login_id.into(), i64::from(sealed).into(), now.into()],
            )
            .await?;
        line.map(|line| {
            Ok(Self {
                login_id: *login_id,
                account: AccountId::from_bytes(line.array(0)?),
                generation: line.array(1)?,
                cred_id: line.array(2)?,
                record: line.array(3)?,
                state: line.bytes(4)?,
                by_account: Charged(line.array(5)?),
                by_address: Charged(line.array(6)?),
            })
        })
        .transpose()
    }

    /// Whether the last message proves the password.
    pub(super) fn proves(&self, server: &Server, ke3: &[u8]) -> bool {
        let names = Names {
            cred_id: &self.cred_id,
            origin: &server.origin,
        };
        let (key, id) = (&server.secrets.sealing, &self.login_id);
        opaque::finish(&self.state, names, ke3, key, id).is_ok()
    }
}

/// `POST /v1/login/finish`.
///
/// # Errors
/// `Denied`: the one answer for a wrong password, an unknown account and a sign-in that is over.
pub(super) async fn finish(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<LoginFinish>,
) -> Outcome<Session> {
    let now = server.now();
    let session = transact!(server.db, tx => async {
        let Some(open) = Open::take(&mut tx, &ask.login_id, false, now).await? else {
            return Ok(Err(RefusalCode::Denied));
        };
        let proved = open.proves(&server, &ask.ke3);
        let known = found::by_id(&mut tx, &open.account).await?;
        let Some(found) = known.filter(|found| proved && sha256(&[&found.record]) == open.record) else {
            return Ok(Err(RefusalCode::Denied));
        };
        let by_pair = charged(&server, Count::SignInAccountAddress, &pair(&found.email, place));
        refund(&mut tx, &server, Count::SignInAccountAddress, by_pair).await?;
        refund(&mut tx, &server, Count::SignInAccount, open.by_account).await?;
        refund(&mut tx, &server, Count::SignInAddress, open.by_address).await?;
        admit(&mut tx, &server, &found, &ask.device, now).await.map(Ok)
    }.await)??;
    server.mail_waits.notify_one();
    Ok(Answer(session))
}

/// A session for who proved to belong to an account; its owner hears of a device that is new to it.
///
/// # Errors
/// `Conflict` when the device is known with another key; `Database`, `Again`, `Internal`.
pub(super) async fn admit(
    tx: &mut Tx,
    server: &Server,
    found: &Found,
    device: &NewDevice,
    now: u64,
) -> Result<Session, Failure> {
    if devices::put(tx, &found.account, device, now).await? {
        let (to, mail) = (For::Address(&found.email), Mail::NewDevice { at: now });
        mail::put(tx, server, to, found.lang, &mail, now).await?;
    }
    session::open(tx, now, &found.account, &device.device).await
}
