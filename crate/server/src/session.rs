//! Sessions: who asks, and whether they still may.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use sesame_protocol::account::{
    RefusalCode, SESSION_DELETION, SESSION_EMAIL_PENDING, SESSION_UNDO, Session, Token,
};
use sesame_protocol::{AccountId, DeviceId, GenId};

use crate::db::Tx;
use crate::failure::Failure;

/// How long a token is good for, in seconds.
pub const TTL_S: u32 = 15 * 60;
/// How long a session counts as just proved, in milliseconds (S-142).
pub const FRESH_MS: u64 = 5 * 60 * 1000;

/// The token of a request. It says nothing until [`Bearer::caller`] has looked it up, in the same
/// transaction as what it is for (S-132).
pub struct Bearer(Token);

impl<S: Send + Sync> FromRequestParts<S> for Bearer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        Self::of(&parts.headers)
    }
}

impl Bearer {
    /// The token in a request's headers.
    ///
    /// # Errors
    /// `Unauthorised` when there is none, or more than one.
    pub fn of(headers: &HeaderMap) -> Result<Self, Failure> {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let token = values
            .next()
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .and_then(Token::parse_text)
            .filter(|_| values.next().is_none());
        token
            .map(Self)
            .ok_or_else(|| RefusalCode::Unauthorised.into())
    }
}

/// Who asks. Everything that a request touches is looked up with this account (S-141, S-151).
#[derive(Clone)]
pub struct Caller {
    /// The account.
    pub account: AccountId,
    /// Its generation.
    pub generation: GenId,
    /// Its epoch.
    pub epoch: u64,
    /// The device.
    pub device: DeviceId,
    /// SHA-256 of the token: this session's name.
    pub token_hash: [u8; 32],
    /// When the account is erased (ms since 1970).
    pub delete_at: Option<u64>,
    fresh_until: u64,
}

impl Bearer {
    /// Who the token belongs to.
    ///
    /// # Errors
    /// `Unauthorised` when it is unknown, its time is over, or the account has another generation
    /// or epoch since.
    pub async fn caller(&self, tx: &mut Tx, now: u64) -> Result<Caller, Failure> {
        let (account, token_hash) = (self.0.account(), self.0.hash());
        let line = tx
            .first(
                "SELECT session.device, session.gen, session.epoch, session.fresh_until, account.delete_at \
                 FROM session JOIN account ON account.account = session.account \
                 WHERE session.account = $1 AND session.token_hash = $2 AND session.expires > $3 \
                 AND session.gen = account.gen AND session.epoch = account.epoch",
                &[
                    account.as_bytes().into(),
                    (&token_hash).into(),
                    now.into(),
                ],
            )
            .await?
            .ok_or(RefusalCode::Unauthorised)?;
        Ok(Caller {
            account,
            generation: GenId::from_bytes(line.array(1)?),
            epoch: line.number(2)?,
            device: DeviceId::from_bytes(line.array(0)?),
            token_hash,
            delete_at: line.maybe_number(4)?,
            fresh_until: line.number(3)?,
        })
    }
}

impl Caller {
    /// Whether the session was proved within the last five minutes.
    ///
    /// # Errors
    /// `NotFresh`.
    pub fn fresh(&self, now: u64) -> Result<(), Failure> {
        if now <= self.fresh_until {
            Ok(())
        } else {
            Err(RefusalCode::NotFresh.into())
        }
    }

    /// Whether a request for `generation` is about the account's vault.
    ///
    /// # Errors
    /// `GenChanged`, without detail: what changed is told to who proves to know the old vault.
    pub fn of(&self, generation: &GenId) -> Result<(), Failure> {
        if self.generation == *generation {
            Ok(())
        } else {
            Err(RefusalCode::GenChanged.into())
        }
    }
}

/// Opens a session for a device whose proof was checked.
///
/// # Errors
/// `Database`; `Internal` when the account has no active generation.
pub async fn open(
    tx: &mut Tx,
    now: u64,
    account: &AccountId,
    device: &DeviceId,
) -> Result<Session, Failure> {
    let line = tx
        .first(
            "SELECT account.gen, account.epoch, account.delete_at, generation.head_seq, generation.head_hash, \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM generation AS old \
              WHERE old.account = account.account AND old.undo_until > $2), \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM email_change \
              WHERE email_change.account = account.account AND email_change.changed_at IS NULL \
              AND email_change.expires > $2) \
             FROM account JOIN generation \
             ON generation.account = account.account AND generation.gen = account.gen \
             WHERE account.account = $1",
            &[account.as_bytes().into(), now.into()],
        )
        .await?
        .ok_or(Failure::Internal("an account has no generation"))?;
    let mut random = [0; 32];
    getrandom::fill(&mut random)?;
    let token = Token::new(*account, &random);
    let (generation, epoch): ([u8; 16], u64) = (line.array(0)?, line.number(1)?);
    let ttl = u64::from(TTL_S) * 1000;
    tx.run(
        "INSERT INTO session (account, token_hash, device, gen, epoch, expires, fresh_until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            account.as_bytes().into(),
            (&token.hash()).into(),
            device.as_bytes().into(),
            (&generation).into(),
            epoch.into(),
            now.saturating_add(ttl).into(),
            now.saturating_add(FRESH_MS).into(),
        ],
    )
    .await?;
    let mut flags = 0;
    if line.maybe_number(2)?.is_some() {
        flags |= SESSION_DELETION;
    }
    if line.number(5)? > 0 {
        flags |= SESSION_UNDO;
    }
    if line.number(6)? > 0 {
        flags |= SESSION_EMAIL_PENDING;
    }
    Ok(Session {
        token,
        ttl: TTL_S,
        account: *account,
        generation: GenId::from_bytes(generation),
        epoch,
        head_seq: line.number(3)?,
        head_hash: line.array(4)?,
        flags,
        server_time: now,
    })
}
