//! Two 64-bit words at once, with the few operations that Argon2's permutation is made of. The
//! portable form is what native tests run; the other is the same in simd128, which ships.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(super) use portable::{Pair, Turns};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(super) use simd::{Pair, Turns};
