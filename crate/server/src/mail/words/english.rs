//! English.

use super::{Piece, text};
use crate::mail::clean::plain;
use crate::mail::{Mail, date};

const REMOVED: &str = "(link removed)";
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) const fn subject(mail: &Mail) -> &'static str {
    match mail {
        Mail::RegisterCode { .. } => "Your Sesame code",
        Mail::AlreadyRegistered => "You already have a Sesame account",
        Mail::Hint { .. } => "Your master password hint",
        Mail::ResetRequested { .. } => "Reset your Sesame account",
        Mail::ResetDone { .. } => "Your Sesame account was reset",
        Mail::ResetUndone { .. } => "The reset of your Sesame account was undone",
        Mail::NewDevice { .. } => "Your Sesame account was opened in another browser",
        Mail::WaysChanged { .. } => "The ways into your vault changed",
        Mail::PasswordChanged { .. } => "Your master password was changed",
        Mail::EmailCode { .. } => "Your code for the new address",
        Mail::EmailChanging { .. } => "The address of your Sesame account is being changed",
        Mail::EmailChanged => "This is now the address of your Sesame account",
        Mail::EmailKept => "The address of your Sesame account stays as it was",
        Mail::Deletion { .. } => "Your Sesame account will be deleted",
        Mail::DeletionStopped => "Your Sesame account stays",
        Mail::EraseNow { .. } => "A sealed vault will be erased",
    }
}

pub(super) fn body(mail: &Mail) -> Vec<Piece> {
    match mail {
        Mail::RegisterCode { code } => vec![
            text("Somebody, most likely you, is creating a Sesame account with this address."),
            text("Type this code in Sesame:"),
            Piece::Code(code.clone()),
            text("It is good for 30 minutes. If it wasn't you, do nothing: no account is made."),
        ],
        Mail::AlreadyRegistered => vec![
            text(
                "Somebody, most likely you, wanted to create a Sesame account with this address. There is one already, and nothing was changed.",
            ),
            text(
                "In Sesame, choose Sign in. If your master password doesn't come to mind, choose Can't get in? there.",
            ),
        ],
        Mail::Hint { hint } => hint_asked(hint),
        Mail::ResetRequested { link, code } => vec![
            text("Somebody, most likely you, wants to reset the Sesame account of this address."),
            text(
                "A reset starts with a new, empty vault. The old one is not deleted: it is sealed and kept, and its password, its recovery code or a browser that still opens it can open it again.",
            ),
            Piece::Button {
                label: "Reset account".into(),
                link: link.clone(),
            },
            text("Or type this code in Sesame, under I have a reset code:"),
            Piece::Code(code.clone()),
            text(
                "Both are good for 30 minutes and for one reset. If it wasn't you, do nothing: nothing changes until somebody sets a new master password with them.",
            ),
        ],
        Mail::ResetDone {
            at,
            undo_until,
            erase_at,
        } => vec![
            text(format!(
                "Your Sesame account was reset on {}. It has a new, empty vault, and your other browsers were signed out.",
                when(*at)
            )),
            text(format!(
                "Your old vault is sealed and kept until {}. Under Sealed vaults you can open it with the old master password, the old recovery code or a browser that still opens it.",
                when(*erase_at)
            )),
            text(format!(
                "If it wasn't you: open Sesame in a browser that still opens the old vault and choose Undo the reset. You can do that until {}. Then change the password of your mailbox.",
                when(*undo_until)
            )),
        ],
        Mail::ResetUndone { at } => vec![
            text(format!(
                "The reset of your Sesame account was undone on {} from a browser that opens the vault of before. That vault is in use again; the one that the reset made is sealed.",
                when(*at)
            )),
            text(
                "If it was you who asked for the reset, and not who undid it, somebody else opens your old vault: change the passwords that it holds.",
            ),
        ],
        Mail::NewDevice { at } => vec![
            text(format!(
                "On {} a browser signed in to your Sesame account for the first time.",
                when(*at)
            )),
            text(
                "If it wasn't you: open Sesame, sign that browser out under Account, Devices, and set a new master password.",
            ),
        ],
        Mail::WaysChanged { at } => vec![
            text(format!(
                "On {} a way into your vault was added, changed or removed: a recovery code, a fingerprint or face, or the master password.",
                when(*at)
            )),
            text(
                "If it wasn't you: open Sesame, look under Ways back in, and set a new master password.",
            ),
        ],
        Mail::PasswordChanged { at } => vec![
            text(format!(
                "The master password of your Sesame account was changed on {}.",
                when(*at)
            )),
            text(
                "If it wasn't you: open Sesame in a browser that still opens your vault and set a new master password. Your recovery code opens it, too.",
            ),
        ],
        Mail::EmailCode { code } => vec![
            text("Somebody, most likely you, wants to use this address for a Sesame account."),
            text("Type this code in Sesame:"),
            Piece::Code(code.clone()),
            text("It is good for 30 minutes. If it wasn't you, do nothing."),
        ],
        Mail::EmailChanging { to, link } => vec![
            text(format!(
                "The address of your Sesame account is being changed to {}.",
                plain(to, REMOVED)
            )),
            text(
                "If it wasn't you, press the button. It works until 72 hours after the change. Then set a new master password in Sesame.",
            ),
            Piece::Button {
                label: "Keep this address".into(),
                link: link.clone(),
            },
        ],
        Mail::EmailChanged => vec![text(
            "From now on Sesame writes to this address: hints, resets and notices. For 72 hours the old address can still take the change back.",
        )],
        Mail::EmailKept => vec![text(
            "The change of your Sesame account's address was taken back. Sesame goes on writing to this address. If somebody else made the change, set a new master password in Sesame.",
        )],
        Mail::Deletion { erase_at } => vec![
            text(format!(
                "Your Sesame account and everything that the server keeps for it will be deleted on {}. The vaults in your browsers stay.",
                when(*erase_at)
            )),
            text(
                "If you want to keep it: open Sesame before that day and choose Keep the account under Account.",
            ),
        ],
        Mail::DeletionStopped => vec![text(
            "Your Sesame account will not be deleted. Everything stays as it was.",
        )],
        Mail::EraseNow { erase_at } => vec![
            text(format!(
                "A sealed vault of your Sesame account will be erased for good on {}.",
                when(*erase_at)
            )),
            text(
                "If you want to keep it: open Sesame before that day and choose Keep it after all under Sealed vaults.",
            ),
        ],
    }
}

fn hint_asked(hint: &str) -> Vec<Piece> {
    let foot = text(
        "If you didn't ask for it, there is nothing to do: the hint goes to this mailbox only.",
    );
    if hint.is_empty() {
        return vec![
            text(
                "Somebody, most likely you, asked for the hint to the master password of this Sesame account. None was written down.",
            ),
            text("In Sesame, Can't get in? shows the other ways back in."),
        ];
    }
    vec![
        text("Somebody, most likely you, asked for the hint to your master password. You wrote:"),
        Piece::Quote(plain(hint, REMOVED)),
        foot,
    ]
}

pub(super) fn foot(host: &str) -> String {
    format!(
        "Sent by the Sesame server {host}. Sesame never asks for your master password in a mail or on a web page: you type it in Sesame only."
    )
}

fn when(at: u64) -> String {
    let date = date::utc(at);
    let month = MONTHS
        .get(usize::from(date.month - 1))
        .copied()
        .unwrap_or_default();
    format!(
        "{} {} {}, {:02}:{:02} UTC",
        date.day, month, date.year, date.hour, date.minute
    )
}
