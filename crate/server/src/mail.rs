//! Mails: what is written to whom. Everything is queued in the database first and sent by a worker,
//! so that no request waits for a mail server, or shows by its time whether a mail was written
//! (S-120 to S-122).

mod clean;
mod date;
mod layout;
mod outbox;
mod queue;
pub mod send;
mod words;

use sesame_protocol::account::{Lang, Origin};

pub use outbox::routes as outbox_routes;
pub(crate) use queue::{For, put};
pub use queue::{send_due, work};

/// What a mail says. Times are in milliseconds since 1970.
///
/// Links are made by [`reset_link`] and [`undo_link`] from the configured origin (S-126).
#[derive(Clone)]
pub enum Mail {
    /// The code that confirms a new account's address.
    RegisterCode {
        /// Two groups of five symbols.
        code: String,
    },
    /// Somebody wants an account that exists (S-119).
    AlreadyRegistered,
    /// The hint, as its owner wrote it; empty when there is none.
    Hint {
        /// At most 100 characters.
        hint: String,
    },
    /// A reset was asked for.
    ResetRequested {
        /// See [`reset_link`].
        link: String,
        /// The same token in groups, to type.
        code: String,
    },
    /// The account has a new generation (S-135).
    ResetDone {
        /// When.
        at: u64,
        /// Until when a device that opens the old vault may take it back.
        undo_until: u64,
        /// When the sealed generation is erased.
        erase_at: u64,
    },
    /// A reset was taken back.
    ResetUndone {
        /// When.
        at: u64,
    },
    /// A browser signed in for the first time.
    NewDevice {
        /// When.
        at: u64,
    },
    /// The header, and with it a way into the vault, changed.
    WaysChanged {
        /// When.
        at: u64,
    },
    /// The master password changed.
    PasswordChanged {
        /// When.
        at: u64,
    },
    /// The code that confirms a changed address, to the new one.
    EmailCode {
        /// Two groups of five symbols.
        code: String,
    },
    /// The address is being changed, to the old one (S-151).
    EmailChanging {
        /// The new address.
        to: String,
        /// See [`undo_link`].
        link: String,
    },
    /// The address was changed, to the new one.
    EmailChanged,
    /// The change was taken back, to the old address.
    EmailKept,
    /// The account will be erased.
    Deletion {
        /// When.
        erase_at: u64,
    },
    /// It will not.
    DeletionStopped,
    /// A sealed generation will be erased before its time.
    EraseNow {
        /// When.
        erase_at: u64,
    },
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mail(..)")
    }
}

/// A mail in both its forms.
#[derive(Clone)]
pub struct Letter {
    /// Fixed for each kind of mail and language.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML that fetches nothing.
    pub html: String,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Letter(..)")
    }
}

/// Writes the mail.
#[must_use]
pub fn write(mail: &Mail, lang: Lang, origin: &Origin) -> Letter {
    let words = words::words(mail, lang, origin);
    Letter {
        subject: words.subject.to_owned(),
        text: layout::text(&words),
        html: layout::html(&words, code_of(lang)),
    }
}

/// Where a reset goes on. The token stands behind the #, which no browser sends to a server (S-128).
#[must_use]
pub fn reset_link(origin: &Origin, code: &str) -> String {
    format!("{}/reset#t={code}", origin.as_str())
}

/// Where a change of address is taken back.
#[must_use]
pub fn undo_link(origin: &Origin, code: &str) -> String {
    format!("{}/undo-email#t={code}", origin.as_str())
}

const fn code_of(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::It => "it",
    }
}

#[cfg(test)]
mod tests;
