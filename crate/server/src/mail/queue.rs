//! Mails that wait. A row is written in the transaction of what the mail is about; a worker sends it
//! and tries again when the mail server does not take it. Several servers share the queue.

use std::sync::Arc;
use std::time::Duration;

use sesame_protocol::Reader;
use sesame_protocol::account::{Email, Lang, Writer};
use tokio::task::{Id, JoinError, JoinSet};

use super::send::{SEND, SendError};
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
/// How long a worker has a mail to itself before another may try it: longer than sending may take.
const LEASE_MS: u64 = 120_000;
const _: () = assert!(LEASE_MS > SEND.as_secs() * 1000);
/// Pauses between tries in milliseconds; the last one repeats.
const PAUSES: [u64; 5] = [10_000, 60_000, 300_000, 1_800_000, 7_200_000];
/// How often the worker looks without being woken: for what other servers left, and for later tries.
const LOOK: Duration = Duration::from_secs(5);
/// Mails that are sent at once.
const AT_ONCE: usize = 8;
/// Mails that one look reads.
const PAGE: usize = 16;
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
    /// Nothing when it can't be opened, as after an exchange of the secrets.
    content: Option<Content>,
}

struct Content {
    somebody: bool,
    to: Email,
    letter: Letter,
}

/// Sends what waits, until the task is dropped.
pub async fn work(server: State) {
    let mut sending = Sending::new(server);
    loop {
        if sending.begin().await.is_err() {
            log::warn("mail-queue", &[]);
            tokio::time::sleep(LOOK).await;
        }
        let place = sending.has_place();
        tokio::select! {
            Some(ended) = sending.tasks.join_next_with_id() => sending.ended(ended),
            // Either somebody queued a mail, or it is time to look again.
            () = sending.server.mail_waits.notified(), if place => {}
            () = tokio::time::sleep(LOOK), if place => {}
        }
    }
}

/// Tries the mails that are due once; how many there were.
///
/// # Errors
/// `Database`.
pub async fn send_due(server: &State) -> Result<usize, Failure> {
    let mut sending = Sending::new(Arc::clone(server));
    let mut tried = 0;
    loop {
        tried += sending.begin().await?;
        match sending.tasks.join_next_with_id().await {
            Some(ended) => sending.ended(ended),
            None => return Ok(tried),
        }
    }
}

/// The mails that this server is sending. Several at once, so that a mail server that is slow with one
/// does not let the codes of others grow old; to one address one after the other, so that nobody gets
/// the newer of two codes first.
struct Sending {
    server: State,
    tasks: JoinSet<Result<(), Failure>>,
    to: Vec<(Id, Email)>,
}

impl Sending {
    fn new(server: State) -> Self {
        Self {
            server,
            tasks: JoinSet::new(),
            to: Vec::new(),
        }
    }

    fn has_place(&self) -> bool {
        self.tasks.len() < AT_ONCE
    }

    fn is_busy_with(&self, mail: &Waiting) -> bool {
        let to = mail.content.as_ref().map(|content| &content.to);
        self.to.iter().any(|(_, busy)| Some(busy) == to)
    }

    /// Begins with as many of the mails that are due as there are places; how many.
    async fn begin(&mut self) -> Result<usize, Failure> {
        let (mut begun, mut passed) = (0, 0);
        while self.has_place() {
            let page = due(&self.server, passed).await?;
            let last = page.len() < PAGE;
            for mail in page {
                if !self.has_place() {
                    return Ok(begun);
                }
                if self.is_busy_with(&mail) {
                    passed += 1;
                } else if claim(&self.server, &mail).await? {
                    begun += 1;
                    self.deliver(mail);
                }
            }
            if last {
                break;
            }
        }
        Ok(begun)
    }

    fn deliver(&mut self, mail: Waiting) {
        let to = mail.content.as_ref().map(|content| content.to.clone());
        let server = Arc::clone(&self.server);
        let task = self
            .tasks
            .spawn(async move { deliver(&server, mail).await });
        self.to.extend(to.map(|to| (task.id(), to)));
    }

    fn ended(&mut self, ended: Result<(Id, Result<(), Failure>), JoinError>) {
        let id = match &ended {
            Ok((id, _)) => *id,
            Err(error) => error.id(),
        };
        self.to.retain(|(task, _)| *task != id);
        if !matches!(ended, Ok((_, Ok(())))) {
            // It stays in the queue, for when its lease is over.
            log::warn("mail-queue", &[]);
        }
    }
}

/// A page of the mails that are due, the oldest first, after those that were passed over.
async fn due(server: &Server, passed: u64) -> Result<Vec<Waiting>, Failure> {
    let limit = u64::try_from(PAGE).unwrap_or(u64::MAX);
    let mut tx = server.db.read().await?;
    let lines = tx
        .all(
            "SELECT mail, tries, expires, body FROM mail WHERE due <= $1 \
             ORDER BY due LIMIT $2 OFFSET $3",
            &[server.now().into(), limit.into(), passed.into()],
        )
        .await?;
    drop(tx);
    lines
        .into_iter()
        .map(|line| {
            let id = line.array(0)?;
            Ok(Waiting {
                id,
                tries: line.number(1)?,
                expires: line.number(2)?,
                content: opened(server, &id, &line.bytes(3)?),
            })
        })
        .collect()
}

/// Whether the mail is this worker's: exactly one of several gets it.
async fn claim(server: &Server, mail: &Waiting) -> Result<bool, Failure> {
    let now = server.now();
    let lease = now.saturating_add(LEASE_MS);
    let changed = transact!(server.db, tx => tx.run(
        "UPDATE mail SET due = $2, tries = tries + 1 WHERE mail = $1 AND tries = $3 AND due <= $4",
        &[(&mail.id).into(), lease.into(), mail.tries.into(), now.into()],
    ).await)?;
    Ok(changed == 1)
}

async fn deliver(server: &Server, mail: Waiting) -> Result<(), Failure> {
    let outcome = match &mail.content {
        _ if mail.expires < server.now() => Err(SendError::Never),
        None => Err(SendError::Never),
        Some(content) if !content.somebody => return forget(server, &mail.id).await,
        Some(content) => {
            let (to, letter) = (&content.to, &content.letter);
            server.sender.send(to, letter, &hex(&mail.id)).await
        }
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
            server.now().saturating_add(pause)
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

fn opened(server: &Server, id: &[u8; 16], sealed: &[u8]) -> Option<Content> {
    let body = seal::open(&server.secrets.sealing, &[BODY, id], sealed).ok()?;
    let mut reader = Reader::new(&body);
    let somebody = reader.u8().ok()? == 1;
    let len = usize::from(reader.u8().ok()?);
    let to = Email::parse(core::str::from_utf8(reader.take(len).ok()?).ok()?).ok()?;
    let mut text = || {
        let bytes = reader.block(TEXT_MAX).ok()?;
        core::str::from_utf8(bytes).ok().map(str::to_owned)
    };
    let letter = Letter {
        subject: text()?,
        text: text()?,
        html: text()?,
    };
    Some(Content {
        somebody,
        to,
        letter,
    })
}
