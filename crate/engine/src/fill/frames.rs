//! The tab's frames as the background saw them.

use super::FillError;
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

/// Whether every document above is of the frame's own origin (S-62 to S-64). A parent that is not
/// known, or whose script did not answer, is of another.
pub(super) fn chain_is_of_one_origin(frames: &[Frame], frame: &Frame) -> bool {
    let mut at = frame;
    for _ in 0..=frames.len() {
        if at.parent < 0 {
            return true;
        }
        let mut parents = frames.iter().filter(|other| other.id == at.parent);
        match (parents.next(), parents.next()) {
            (Some(parent), None) if parent.origin == frame.origin => at = parent,
            _ => return false,
        }
    }
    false
}
