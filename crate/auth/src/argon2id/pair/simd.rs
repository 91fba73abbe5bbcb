//! WebAssembly simd128. Three things here are shaped by what the compilers make of them (measured,
//! docs/PERFORMANCE.md); `tests/bench/kdf-shape.mjs` fails the build when they stop working.
//!
//! - Low halves are packed once for two pairs and multiplied by `extmul_low` and `extmul_high`.
//!   Written for one pair, LLVM folds the multiplication back into `i64x2.mul`, for which the
//!   browser's compiler needs eight instructions.
//! - Byte rotations are `swizzle` with masks that LLVM can't see through. With visible masks it makes
//!   `shuffle` of them, and the browser rebuilds the mask each time.
//! - Rotation by 32 bits is a shuffle of 32-bit lanes, which the browser knows how to do at once.

use core::arch::wasm32::{
    i8x16_swizzle, i32x4_shuffle, i64x2_add, i64x2_shuffle, u8x16, u64x2, u64x2_extmul_high_u32x4,
    u64x2_extmul_low_u32x4, u64x2_extract_lane, u64x2_shr, v128, v128_or, v128_xor,
};
use core::hint::black_box;

/// Two words.
#[derive(Clone, Copy)]
pub(in crate::argon2id) struct Pair(v128);

/// The byte orders of the rotations by 24 and 16 bits.
#[derive(Clone, Copy)]
pub(in crate::argon2id) struct Turns {
    by_24: v128,
    by_16: v128,
}

impl Turns {
    pub(in crate::argon2id) fn new() -> Self {
        Self {
            by_24: black_box(u8x16(3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10)),
            by_16: black_box(u8x16(2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9)),
        }
    }
}

impl Default for Pair {
    fn default() -> Self {
        Self(u64x2(0, 0))
    }
}

impl Pair {
    pub(in crate::argon2id) fn new(first: u64, second: u64) -> Self {
        Self(u64x2(first, second))
    }

    pub(in crate::argon2id) fn first(self) -> u64 {
        u64x2_extract_lane::<0>(self.0)
    }

    pub(in crate::argon2id) fn second(self) -> u64 {
        u64x2_extract_lane::<1>(self.0)
    }

    #[inline(always)]
    pub(in crate::argon2id) fn xor(self, other: Self) -> Self {
        Self(v128_xor(self.0, other.0))
    }

    /// `(x0, x1) -> (x0 + y0 + 2 lo(x0) lo(y0), ...)`: the sum that RFC 9106 section 3.6 puts in the
    /// place of BLAKE2b's plain one, for four words.
    #[inline(always)]
    pub(in crate::argon2id) fn mul_add(x: [Self; 2], y: [Self; 2]) -> [Self; 2] {
        let ([x0, x1], [y0, y1]) = (x, y);
        let low_x = i32x4_shuffle::<0, 2, 4, 6>(x0.0, x1.0);
        let low_y = i32x4_shuffle::<0, 2, 4, 6>(y0.0, y1.0);
        let m0 = u64x2_extmul_low_u32x4(low_x, low_y);
        let m1 = u64x2_extmul_high_u32x4(low_x, low_y);
        [
            Self(i64x2_add(i64x2_add(x0.0, y0.0), i64x2_add(m0, m0))),
            Self(i64x2_add(i64x2_add(x1.0, y1.0), i64x2_add(m1, m1))),
        ]
    }

    #[inline(always)]
    pub(in crate::argon2id) fn turn_32(self) -> Self {
        Self(i32x4_shuffle::<1, 0, 3, 2>(self.0, self.0))
    }

    #[inline(always)]
    pub(in crate::argon2id) fn turn_24(self, turns: Turns) -> Self {
        Self(i8x16_swizzle(self.0, turns.by_24))
    }

    #[inline(always)]
    pub(in crate::argon2id) fn turn_16(self, turns: Turns) -> Self {
        Self(i8x16_swizzle(self.0, turns.by_16))
    }

    #[inline(always)]
    pub(in crate::argon2id) fn turn_63(self) -> Self {
        Self(v128_or(i64x2_add(self.0, self.0), u64x2_shr(self.0, 63)))
    }

    /// The second word of `self` before the first of `next`.
    #[inline(always)]
    pub(in crate::argon2id) fn then(self, next: Self) -> Self {
        Self(i64x2_shuffle::<1, 2>(self.0, next.0))
    }
}
