//! The vault and form understanding as one WebAssembly class: conversions only.
//!
//! [`Keeper`] is the engine without a browser, tested natively; [`Engine`] is what JavaScript sees.

pub mod api;
mod error;
mod exports;
pub mod fill;
mod host;
mod keeper;
mod message;

pub use error::{EngineError, EngineResult};
pub use exports::Engine;
pub use keeper::{
    Applied, Captures, Host, Imported, Keeper, Mended, Practised, PullNext, Push, Pushed, Rows,
    Saved, SealedCapture, Secret32, WithCode, recover_body, sealed_recovery_proof,
};

// S-99: whatever is freed is overwritten first, because linear memory never shrinks and what lies
// in it can be read by whoever gets at the service worker.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);
