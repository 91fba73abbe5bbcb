//! How a mail leaves: by SMTP, or into a folder while developing.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::{Mailbox, MultiPart, header};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use sesame_protocol::account::Email;
use thiserror::Error;
use url::Url;

use super::Letter;
use crate::log;

/// Longest time for reaching the mail server.
const CONNECT: Duration = Duration::from_secs(30);
/// Longest time for one mail, connection included. The transport itself waits for ever for a server that
/// took the connection and is silent.
pub(super) const SEND: Duration = Duration::from_secs(90);

/// How mails leave, checked at the start.
#[derive(Clone)]
pub struct Sender {
    from: Mailbox,
    way: Way,
    patience: Duration,
}

impl std::fmt::Debug for Sender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.way {
            Way::Smtp(_) => "Sender(smtp)",
            Way::Outbox(_) => "Sender(outbox)",
        })
    }
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Outbox(PathBuf),
}

/// The settings for mail don't make sense.
#[derive(Debug, Error)]
pub enum BadSettings {
    /// Not `smtps://…` or `smtp://…`.
    #[error("the mail server's address must be smtps://host or smtp://host, without a query")]
    Url,
    /// The client for it can't be made.
    #[error("the mail server's address can't be used")]
    Transport,
    /// Not an address.
    #[error("the sender must be an address, as in Sesame <sesame@example.com>")]
    From,
}

/// Why a mail did not leave. Says nothing of whom it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SendError {
    /// Trying again may help.
    #[error("the mail server did not take the mail")]
    Later,
    /// It won't: the address or the mail is refused for good.
    #[error("the mail server refuses the mail for good")]
    Never,
}

impl Sender {
    /// By SMTP. `smtps://` is TLS from the start; `smtp://` requires STARTTLS, except to this machine
    /// itself, where there is nobody in between (S-149).
    ///
    /// # Errors
    /// [`BadSettings`].
    pub fn smtp(url: &str, from: &str) -> Result<Self, BadSettings> {
        let mut parsed = Url::parse(url).map_err(|_| BadSettings::Url)?;
        let known = matches!(parsed.scheme(), "smtp" | "smtps");
        if !known || parsed.query().is_some() || parsed.host().is_none() {
            return Err(BadSettings::Url);
        }
        if parsed.scheme() == "smtp" && !is_loopback(&parsed) {
            parsed.set_query(Some("tls=required"));
        }
        Self::with_url(&parsed, from)
    }

    fn with_url(url: &Url, from: &str) -> Result<Self, BadSettings> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
            .map_err(|_| BadSettings::Transport)?
            .timeout(Some(CONNECT))
            .build();
        Ok(Self {
            from: from.parse().map_err(|_| BadSettings::From)?,
            way: Way::Smtp(transport),
            patience: SEND,
        })
    }

    /// Into a folder, one file for each mail, for development only.
    ///
    /// # Errors
    /// [`BadSettings::From`].
    pub fn outbox(folder: &Path, from: &str) -> Result<Self, BadSettings> {
        Ok(Self {
            from: from.parse().map_err(|_| BadSettings::From)?,
            way: Way::Outbox(folder.to_owned()),
            patience: SEND,
        })
    }

    /// The folder, when mails go there.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.way {
            Way::Smtp(_) => None,
            Way::Outbox(folder) => Some(folder),
        }
    }

    /// Sends one mail. `id` names it: a mail that is sent twice because the first answer was lost
    /// carries the same Message-ID.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(&self, to: &Email, letter: &Letter, id: &str) -> Result<(), SendError> {
        match &self.way {
            Way::Smtp(transport) => {
                let message = message(&self.from, to, letter, id)?;
                let sent = tokio::time::timeout(self.patience, transport.send(message)).await;
                let code = match sent {
                    Ok(Ok(_)) => return Ok(()),
                    Ok(Err(error)) => error.status().map_or(0, u16::from),
                    Err(_) => 0,
                };
                log::warn("smtp", &[("code", u64::from(code).into())]);
                Err(refusal(code))
            }
            Way::Outbox(folder) => {
                let text = format!(
                    "To: {}\nSubject: {}\n\n{}",
                    to.as_str(),
                    letter.subject,
                    letter.text
                );
                tokio::fs::create_dir_all(folder)
                    .await
                    .map_err(|_| SendError::Later)?;
                tokio::fs::write(folder.join(format!("{id}.txt")), text)
                    .await
                    .map_err(|_| SendError::Later)
            }
        }
    }
}

/// What a mail server's code means for a mail; 0 where none came. That this server may not send there
/// (530 to 538: its name or password) says nothing of the mail, which waits until that is put right.
const fn refusal(code: u16) -> SendError {
    match code {
        500..=529 | 539..=599 => SendError::Never,
        _ => SendError::Later,
    }
}

/// One recipient, a typed address, and a fixed subject: there is nothing that could add a header.
fn message(from: &Mailbox, to: &Email, letter: &Letter, id: &str) -> Result<Message, SendError> {
    let to: Address = to.as_str().parse().map_err(|_| SendError::Never)?;
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&letter.subject)
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .header(AutoSubmitted)
        .multipart(MultiPart::alternative_plain_html(
            letter.text.clone(),
            letter.html.clone(),
        ))
        .map_err(|_| SendError::Never)
}

/// RFC 3834: no holiday notices in answer, please.
#[derive(Debug, Clone, Copy)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

/// Only what is spelt as this machine's own address: a name that resolves to it today may not tomorrow.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
