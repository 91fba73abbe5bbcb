//! Plain integers.

/// Two words.
#[derive(Clone, Copy, Default)]
pub(in crate::argon2id) struct Pair(u64, u64);

/// What a rotation needs prepared: nothing here.
#[derive(Clone, Copy)]
pub(in crate::argon2id) struct Turns;

impl Turns {
    pub(in crate::argon2id) const fn new() -> Self {
        Self
    }
}

impl Pair {
    pub(in crate::argon2id) const fn new(first: u64, second: u64) -> Self {
        Self(first, second)
    }

    pub(in crate::argon2id) const fn first(self) -> u64 {
        self.0
    }

    pub(in crate::argon2id) const fn second(self) -> u64 {
        self.1
    }

    pub(in crate::argon2id) const fn xor(self, other: Self) -> Self {
        Self(self.0 ^ other.0, self.1 ^ other.1)
    }

    /// `(x0, x1) -> (x0 + y0 + 2 lo(x0) lo(y0), ...)`: the sum that RFC 9106 section 3.6 puts in the
    /// place of BLAKE2b's plain one, for four words.
    pub(in crate::argon2id) const fn mul_add(x: [Self; 2], y: [Self; 2]) -> [Self; 2] {
        let ([x0, x1], [y0, y1]) = (x, y);
        [
            Self(mul_add(x0.0, y0.0), mul_add(x0.1, y0.1)),
            Self(mul_add(x1.0, y1.0), mul_add(x1.1, y1.1)),
        ]
    }

    pub(in crate::argon2id) const fn turn_32(self) -> Self {
        Self(self.0.rotate_right(32), self.1.rotate_right(32))
    }

    pub(in crate::argon2id) const fn turn_24(self, _turns: Turns) -> Self {
        Self(self.0.rotate_right(24), self.1.rotate_right(24))
    }

    pub(in crate::argon2id) const fn turn_16(self, _turns: Turns) -> Self {
        Self(self.0.rotate_right(16), self.1.rotate_right(16))
    }

    pub(in crate::argon2id) const fn turn_63(self) -> Self {
        Self(self.0.rotate_right(63), self.1.rotate_right(63))
    }

    /// The second word of `self` before the first of `next`.
    pub(in crate::argon2id) const fn then(self, next: Self) -> Self {
        Self(self.1, next.0)
    }
}

const fn mul_add(x: u64, y: u64) -> u64 {
    const LOW: u64 = 0xFFFF_FFFF;
    let product = (x & LOW).wrapping_mul(y & LOW);
    x.wrapping_add(y).wrapping_add(product.wrapping_mul(2))
}
