//! Heavy helpers loaded on demand, keyless and stateless: password strength, imports.
//!
//! A Wasm module of its own, because the word lists of the strength estimate are two megabytes, and
//! because what reads strangers' files should hold no key. It runs in a worker that is thrown away.

mod error;
mod exports;
mod import;
mod strength;

pub use error::ImportError;
pub use import::{
    CustomField, FieldKind, Format, Import, Item, Kind, MAX_FILE_BYTES, MAX_ITEMS, MatchMode,
    Problem, Reason, Website, read_import,
};
pub use strength::{Strength, hint_helps, strength};

// S-99: what passes through here are passwords; whatever is freed is overwritten first.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);
