//! The only room that sees a master password: normalisation (RFC 8265), Argon2id
//! (RFC 9106) and OPAQUE (RFC 9807).
//!
//! It runs as its own Wasm module in a worker that is thrown away. The password comes in as bytes
//! and never leaves; what leaves is the 32-byte stretched password ([`StretchedPassword`]), from
//! which the vault makes its key (security.md 2.2). Everything but [`exports`] is plain Rust and is
//! tested natively.

mod argon2id;
mod error;
mod exports;
mod flow;
mod hint;
mod kdf;
mod opaque;
mod password;

pub use error::AuthError;
pub use flow::Flow;
pub use hint::{HINT_MAX_CHARS, HintProblem, check_hint};
pub use kdf::{KdfId, SALT_LEN, STRETCHED_LEN, StretchedPassword, stretch, warm};
pub use opaque::{
    CRED_ID_LEN, Party, Registered, Registering, SERVER_KEY_LEN, SignedIn, SigningIn,
};
pub use password::{PASSWORD_MAX_LEN, Password, has_edge_space};

// S-99: whatever is freed is overwritten first, so that no copy of a password or of Argon2id's
// working memory stays behind in linear memory, which never shrinks.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);
