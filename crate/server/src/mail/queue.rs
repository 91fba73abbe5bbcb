//! Mails that wait. A row is written in the transaction of what the mail is about; a worker sends it
//! and tries again when the mail server does not take it. Several servers share the queue.

use std::time::Duration;

use sesame_protocol::Reader;
use sesame_protocol::account::{Email, Lang, Writer};

use super::send::SendError;
use super::{Letter, Mail, write};
use crate::db::Tx;
use crate::failure::Failure;
use crate::limits::{Count, allows};
use crate::secrets::hex;
use crate::state::{Server, State};
use crate::{log, seal, transact};

/// What a waiting mail is sealed as.
const BODY: &[u8] = b"mail";
/// How long a mail is worth sending, in milliseconds: as long as its code, or three days.
const LIFE_MS: u64 = 3 * 86_400_000;
const CODE_LIFE_MS: u64 = 30 * 60_000;
/// How long a worker may take for one mail before another may try it.
const LEASE_MS: u64 = 120_000;
/// Pauses between tries in milliseconds; the last one repeats.
const PAUSES: [u64; 5] = [10_000, 60_000, 300_000, 1_800_000, 7_200_000];
/// How often the worker looks without being woken: for what other servers left, and for later tries.
const LOOK: Duration = Duration::from_secs(5);
/// Mails that one look takes.
const BATCH: i64 = 20;
const TEXT_MAX: usize = 64 * 1024;

/// Whom a mail is for.
#[derive(Clone, Copy)]
pub(crate) enum For<'a> {
    /// This address.
    Address(&'a Email),
    /// Nobody: it is written, sealed and stored like any other, and thrown away by the worker, so
    /// that asking for a mail is the same work whether or not there is somebody to get it (S-122).
    Nobody(&'a Email),
}

/// Whether the mail tells of something that whoever has a session can do again and again. What tells of a
/// reset, or can be answered by a link, is not among them: its number is limited where it is asked for.
const fn is_notice(mail: &Mail) -> bool {
    matches!(
        mail,
        Mail::NewDevice { .. }
            | Mail::WaysChanged { .. }
            | Mail::PasswordChanged { .. }
            | Mail::Deletion { .. }
            | Mail::DeletionStopped
            | Mail::EraseNow { .. }
    )
}

/// Puts a mail into the queue; of notices to one address only so many a day, so that no account is a way
/// to fill the queue (S-138). Wake the worker with [`Server::mail_waits`] after the commit.
///
/// # Errors
/// `Database`, `Again`, `Internal`.
pub(crate) async fn put(
    tx: &mut Tx,
    server: &Server,
    to: For<'_>,
    lang: Lang,
    mail: &Mail,
    now: u64,
) -> Result<(), Failure> {
    let (somebody, email) = match to {
        For::Address(email) => (true, email),
        For::Nobody(email) => (false, email),
    };
    let address = email.as_str().as_bytes();
    if is_notice(mail) && !allows(tx, server, Count::NoticeMail, address, now).await? {
        return Ok(());
    }
    let letter = write(mail, lang, &server.origin);
    let mut body = Writer::new();
    body.flag(somebody)
        .block8(address)
        .block32(letter.subject.as_bytes())
        .block32(letter.text.as_bytes())
        .block32(letter.html.as_bytes());
    let mut id = [0; 16];
    getrandom::fill(&mut id)?;
    let sealed = seal::seal(&server.secrets.sealing, &[BODY, &id], &body.finish())
        .map_err(|_| Failure::Internal("a mail can't be sealed"))?;
    let life = match mail {
        Mail::RegisterCode { .. } | Mail::ResetRequested { .. } | Mail::EmailCode { .. } => {
            CODE_LIFE_MS
        }
        _ => LIFE_MS,
    };
    tx.run(
        "INSERT INTO mail (mail, due, tries, expires, body) VALUES ($1, $2, 0, $3, $4)",
        &[
            (&id).into(),
            now.into(),
            now.saturating_add(life).into(),
            sealed.as_slice().into(),
        ],
    )
    .await?;
    Ok(())
}

/// A mail of the queue.
struct Waiting {
    id: [u8; 16],
    tries: u64,
    expires: u64,
    body: Vec<u8>,
}

/// Sends what waits, until the task is dropped.
pub async fn work(server: State) {
    loop {
        match send_due(&server).await {
            Ok(0) => {
                // Either somebody queued a mail, or it is time to look again.
                drop(tokio::time::timeout(LOOK, server.mail_waits.notified()).await);
            }
            Ok(_) => {}
            Err(_) => {
                log::warn("mail-queue", &[]);
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}

/// Takes the mails that are due and tries each once; how many there were.
///
/// # Errors
/// `Database`.
pub async fn send_due(server: &Server) -> Result<usize, Failure> {
    let now = server.now();
    let mut tx = server.db.read().await?;
    let lines = tx
        .all(
            "SELECT mail, tries, expires, body FROM mail WHERE due <= $1 ORDER BY due LIMIT $2",
            &[now.into(), BATCH.into()],
        )
        .await?;
    drop(tx);
    let mut waiting = Vec::with_capacity(lines.len());
    for line in lines {
        waiting.push(Waiting {
            id: line.array(0)?,
            tries: line.number(1)?,
            expires: line.number(2)?,
            body: line.bytes(3)?,
        });
    }
    let mut taken = 0;
    for mail in waiting {
        // The mails before it may have taken minutes, and a lease counts from its own beginning.
        let now = server.now();
        if claim(server, &mail, now).await? {
            taken += 1;
            deliver(server, mail, now).await?;
        }
    }
    Ok(taken)
}

/// Whether the mail is this worker's: exactly one of several gets it.
async fn claim(server: &Server, mail: &Waiting, now: u64) -> Result<bool, Failure> {
    let lease = now.saturating_add(LEASE_MS);
    let changed = transact!(server.db, tx => tx.run(
        "UPDATE mail SET due = $2, tries = tries + 1 WHERE mail = $1 AND tries = $3 AND due <= $4",
        &[(&mail.id).into(), lease.into(), mail.tries.into(), now.into()],
    ).await)?;
    Ok(changed == 1)
}

async fn deliver(server: &Server, mail: Waiting, now: u64) -> Result<(), Failure> {
    let outcome = match opened(server, &mail) {
        _ if mail.expires < now => Err(SendError::Never),
        None => Err(SendError::Never),
        Some((false, _, _)) => return forget(server, &mail.id).await,
        Some((true, to, letter)) => server.sender.send(&to, &letter, &hex(&mail.id)).await,
    };
    let due = match outcome {
        Ok(()) => {
            server.metrics.count("mails_sent", 1);
            return forget(server, &mail.id).await;
        }
        Err(SendError::Later) => {
            server.metrics.count("mails_tried_in_vain", 1);
            log::warn("mail-later", &[("tries", (mail.tries + 1).into())]);
            let place = usize::try_from(mail.tries).unwrap_or(usize::MAX);
            let pause = PAUSES.get(place).or(PAUSES.last()).copied().unwrap_or(0);
            now.saturating_add(pause)
        }
        Err(SendError::Never) => {
            server.metrics.count("mails_given_up", 1);
            log::warn("mail-given-up", &[("tries", (mail.tries + 1).into())]);
            return forget(server, &mail.id).await;
        }
    };
    transact!(server.db, tx => tx.run(
        "UPDATE mail SET due = $2 WHERE mail = $1",
        &[(&mail.id).into(), due.into()],
    ).await)?;
    Ok(())
}

async fn forget(server: &Server, id: &[u8; 16]) -> Result<(), Failure> {
    transact!(server.db, tx => tx.run("DELETE FROM mail WHERE mail = $1", &[id.into()]).await)?;
    Ok(())
}

fn opened(server: &Server, mail: &Waiting) -> Option<(bool, Email, Letter)> {
    let body = seal::open(&server.secrets.sealing, &[BODY, &mail.id], &mail.body).ok()?;
    let mut reader = Reader::new(&body);
    let somebody = reader.u8().ok()? == 1;
    let len = usize::from(reader.u8().ok()?);
    let email = Email::parse(core::str::from_utf8(reader.take(len).ok()?).ok()?).ok()?;
    let mut text = || {
        let bytes = reader.block(TEXT_MAX).ok()?;
        core::str::from_utf8(bytes).ok().map(str::to_owned)
    };
    let letter = Letter {
        subject: text()?,
        text: text()?,
        html: text()?,
    };
    Some((somebody, email, letter))
}
