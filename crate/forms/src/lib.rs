//! Form understanding: what each field of a page is, and how to fill it. Pure, stands alone.
//!
//! A page's script describes what it sees ([`Snapshot`]); [`understand`] gives every field a [`Role`]
//! and every form a [`Purpose`], with reasons that can be read ([`Understanding::explain`]); [`plan`]
//! says which fields of which one form get what of a login. Nothing here knows a secret, and nothing
//! here decides whether a page may have one: that is the engine's `fill`.

mod codes;
mod dates;
mod features;
mod lexicon;
mod neighbours;
mod plan;
mod purpose;
mod report;
mod role;
mod snapshot;
mod summary;
mod text;
mod understand;

pub use features::Reason;
pub use plan::{Give, Has, Next, NoPlan, Offer, Plan, plan};
pub use purpose::PurposeReason;
pub use report::report;
pub use role::{Purpose, Role};
pub use snapshot::{Button, Field, Group, Method, Snapshot, Tag, Visibility};
pub use summary::{FieldSummary, GroupSummary, Summary};
pub use understand::{Explanation, Understanding, understand};
