//! What extension and server both say: ids, labels, sealed records, manifest.
//!
//! Everything here is public data and its layout (docs/FORMAT.md). There is no key and no cipher
//! in this crate: the server links it and must be able to check a manifest, never to open
//! anything. Every parser is strict: exact lengths, caps, no panic on any input (S-31, S-178).

pub mod account;
mod bucket;
mod bytes;
mod ctx;
mod envelope;
mod error;
mod header;
mod id;
mod label;
mod manifest;
mod row;

pub use bucket::{
    BUCKET_MAX_ENTRIES, BUCKETS, ENTRY_LEN, Entry, Op, bucket_hash, bucket_of, decode_entries,
    encode_entries,
};
pub use bytes::{Reader, sha256};
pub use ctx::{Part, ctx};
pub use envelope::{
    ENVELOPE_HEAD, ENVELOPE_MAGIC, ENVELOPE_OVERHEAD, Envelope, Kind, SUITE, envelope_prefix,
};
pub use error::ProtocolError;
pub use header::{
    AUX_MAX, FLAG_BACKED_UP, FLAG_BACKUP_ELIGIBLE, FLAG_CONFIRMED, FLAG_SUCCESSOR, HEADER_MAC_LEN,
    HEADER_MAGIC, HEADER_MAX, HEADER_VERSION, Header, KdfId, MAX_SLOTS, READER_VERSION, Slot,
    SlotKind, WRAP_LEN,
};
pub use id::{AccountId, CaptureId, DeviceId, GenId, ID_LEN, ItemId, SlotId};
pub use label::Label;
pub use manifest::{
    MANIFEST_BODY_LEN, MANIFEST_LEN, MANIFEST_MAGIC, MAX_ITEMS, MAX_JUMP, Manifest, SignedManifest,
    signing_input,
};
pub use row::{BATCH_MAX, ITEM_BLOB_MAX, ITEM_PLAIN_MAX, ROW_HEAD, ROW_MAX, Row, encode_row};
