//! The tab's frames as the background saw them.

use super::FillError;
use super::target::is_web;
use serde::Deserialize;
use serde_json::value::RawValue;
use sesame_forms::Snapshot;

/// More frames than any page for people has.
const MOST: usize = 1_000;

/// One frame. Origin, address and document are attested by the browser; the snapshot is not.
pub(super) struct Frame {
    pub(super) id: i64,
    /// Below zero for the top frame.
    pub(super) parent: i64,
    /// Empty where no script answered.
    pub(super) origin: String,
    pub(super) url: String,
    pub(super) document_id: String,
    pub(super) snapshot: Option<Snapshot>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire<'a> {
    frame: i64,
    parent: i64,
    origin: String,
    url: String,
    document_id: String,
    #[serde(borrow)]
    snapshot: &'a RawValue,
}

/// Reads a JSON list of `FrameInput`. A snapshot that is not in order counts as none, so that one
/// frame can't keep the others from being filled.
pub(super) fn read(json: &str) -> Result<Vec<Frame>, FillError> {
    let wire: Vec<Wire<'_>> = serde_json::from_str(json).map_err(|_| FillError::BadFrames)?;
    if wire.len() > MOST {
        return Err(FillError::BadFrames);
    }
    let frame = |wire: Wire<'_>| Frame {
        id: wire.frame,
        parent: wire.parent,
        origin: wire.origin,
        url: wire.url,
        document_id: wire.document_id,
        snapshot: serde_json::from_str(wire.snapshot.get()).ok(),
    };
    Ok(wire.into_iter().map(frame).collect())
}

/// Where the person chose, when that was in the page itself.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct At {
    frame: i64,
    document_id: String,
}

impl At {
    /// Reads `{frame, documentId}`; nothing from an empty text.
    pub(super) fn read(json: &str) -> Result<Option<Self>, FillError> {
        if json.is_empty() {
            return Ok(None);
        }
        serde_json::from_str(json)
            .map(Some)
            .map_err(|_| FillError::BadFrames)
    }

    /// Whether it is this very document.
    pub(super) fn is(&self, frame: &Frame) -> bool {
        self.frame == frame.id
            && !self.document_id.is_empty()
            && self.document_id == frame.document_id
    }
}

/// The documents above that are of another origin than the frame's own, from the top down, each origin
/// once (S-62 to S-64). `None` if a parent is not known, or its script did not answer: then nobody can
/// say whose it is.
pub(super) fn foreign_above<'a>(frames: &'a [Frame], frame: &'a Frame) -> Option<Vec<&'a str>> {
    let mut foreign: Vec<&str> = Vec::new();
    let mut at = frame;
    for _ in 0..=frames.len() {
        if at.parent < 0 {
            foreign.reverse();
            return Some(foreign);
        }
        let mut parents = frames.iter().filter(|other| other.id == at.parent);
        let (Some(parent), None) = (parents.next(), parents.next()) else {
            return None;
        };
        if !is_web(&parent.origin) {
            return None;
        }
        if parent.origin != frame.origin {
            // The outermost of equals is the one that stays.
            foreign.retain(|known| *known != parent.origin);
            foreign.push(&parent.origin);
        }
        at = parent;
    }
    None
}
