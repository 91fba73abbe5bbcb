//! What the mails say, apart from how they look. One description makes the plain text and the HTML.

mod english;
mod italian;

use sesame_protocol::account::{Lang, Origin};

use super::Mail;

/// One piece of a mail's body, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A paragraph.
    Text(String),
    /// Something to type, in a monospaced face.
    Code(String),
    /// What the account's owner once wrote.
    Quote(String),
    /// The one thing to press.
    Button {
        /// What it says.
        label: String,
        /// Where it goes: always made from the configured address (S-126).
        link: String,
    },
}

/// A mail's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) subject: &'static str,
    pub(super) body: Vec<Piece>,
    /// The same under every mail.
    pub(super) foot: String,
}

pub(super) fn words(mail: &Mail, lang: Lang, origin: &Origin) -> Words {
    let host = origin.authority();
    match lang {
        Lang::En => Words {
            subject: english::subject(mail),
            body: english::body(mail),
            foot: english::foot(host),
        },
        Lang::It => Words {
            subject: italian::subject(mail),
            body: italian::body(mail),
            foot: italian::foot(host),
        },
    }
}

fn text(words: impl Into<String>) -> Piece {
    Piece::Text(words.into())
}
