//! Sign-ins that wait to be saved, as they cross the boundary. No password in any of it.

use super::ItemSummary;
use serde::{Deserialize, Serialize};
use sesame_forms::Snapshot;
use zeroize::Zeroize;

/// A form as its page's script saw it go.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    /// Origin of the document, as the browser attests it (S-80).
    pub origin: String,
    /// The document as it was then.
    pub snapshot: Snapshot,
    /// What the form's fields held, by their index in the snapshot.
    pub values: Vec<(usize, String)>,
}

impl Drop for Attempt {
    fn drop(&mut self) {
        self.values
            .iter_mut()
            .for_each(|(_, value)| value.zeroize());
    }
}

/// What a capture holds, without saying what is in it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CaptureHas {
    /// A user name.
    pub username: bool,
    /// A password that the site knows already.
    pub password: bool,
    /// A password to be.
    pub new_password: bool,
    /// One that Sesame made.
    pub generated: bool,
}

/// What is to become of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CaptureVerdict {
    /// No item has it.
    New,
    /// An item has another password for it.
    Update,
    /// An item has it as it is.
    Same,
    /// The person wants nothing saved for this site.
    Never,
}

/// A sign-in that waits to be saved.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CaptureView<'a> {
    /// What is to become of it.
    pub verdict: CaptureVerdict,
    /// Where it was typed.
    pub origin: String,
    /// Its host.
    pub host: String,
    /// What the item is, or would be, called.
    pub name: String,
    /// User name or address; empty where none was seen.
    pub username: String,
    /// The password is one that Sesame made.
    pub generated: bool,
    /// Items that could take it, the closest first.
    pub candidates: Vec<ItemSummary<'a>>,
    /// Which of them is meant, as far as that is certain.
    pub item_id: Option<String>,
}

/// What the person decided.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CaptureChoice {
    /// The item that gets the password; none for a new one.
    pub item_id: Option<String>,
    /// Name of a new item.
    pub name: String,
    /// User name of a new item.
    pub username: String,
}
