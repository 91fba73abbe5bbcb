//! A block of 1 KiB and the compression function G (RFC 9106 section 3.5).
#![expect(
    clippy::indexing_slicing,
    reason = "all indices are loop counters below the length of a fixed array"
)]

use core::ops::Range;

use super::pair::{Pair, Turns};

/// Length of a block in bytes.
pub(super) const BLOCK_LEN: usize = 1024;
/// Rows of pairs in a block, and columns.
pub(super) const COLUMNS: usize = 8;
const PAIRS: usize = BLOCK_LEN / 16;
/// Pairs in a cache line of 64 bytes.
const LINE: usize = 4;

/// 128 words, as 8 by 8 pairs.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(super) struct Block([Pair; PAIRS]);

impl Default for Block {
    fn default() -> Self {
        Self([Pair::default(); PAIRS])
    }
}

impl Block {
    pub(super) fn from_bytes(bytes: &[u8; BLOCK_LEN]) -> Self {
        let mut block = Self::default();
        let (words, _) = bytes.as_chunks::<8>();
        let (twos, _) = words.as_chunks::<2>();
        for (pair, [first, second]) in block.0.iter_mut().zip(twos) {
            *pair = Pair::new(u64::from_le_bytes(*first), u64::from_le_bytes(*second));
        }
        block
    }

    /// Ordinary words first: for the counters of address blocks.
    pub(super) fn from_words(words: [u64; 8]) -> Self {
        let mut block = Self::default();
        let (twos, _) = words.as_chunks::<2>();
        for (pair, [first, second]) in block.0.iter_mut().zip(twos) {
            *pair = Pair::new(*first, *second);
        }
        block
    }

    pub(super) fn words(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().flat_map(|pair| [pair.first(), pair.second()])
    }

    /// Word `at` of 128.
    pub(super) fn word(&self, at: usize) -> u64 {
        let pair = self.0[at / 2 % PAIRS];
        if at.is_multiple_of(2) {
            pair.first()
        } else {
            pair.second()
        }
    }

    pub(super) fn xor(&mut self, other: &Self) {
        for (pair, other) in self.0.iter_mut().zip(&other.0) {
            *pair = pair.xor(*other);
        }
    }

    /// Reads a word of each cache line, which brings them near before they are wanted.
    #[inline(always)]
    pub(super) fn touch(&self, seen: Touched) -> Touched {
        let mut sum = seen.0;
        for line in 0..PAIRS / LINE {
            sum = sum.xor(self.0[line * LINE]);
        }
        Touched(sum)
    }
}

/// Holds on to what was touched, so that the reads are not taken out as useless.
#[derive(Clone, Copy, Default)]
pub(super) struct Touched(Pair);

/// The compression function G by steps, and what lies between them: [`Scratch::begin`], then the
/// columns. After the first column the first word of the result is known, and with it the place of
/// the next reference.
#[derive(Default)]
pub(super) struct Scratch(Block);

impl Scratch {
    /// Does the rows of the sum of both, and puts that sum into `target`: over what is there (first
    /// pass), or added to it.
    #[inline(always)]
    pub(super) fn begin(
        &mut self,
        turns: Turns,
        previous: &Block,
        reference: &Block,
        target: &mut Block,
        add: bool,
    ) {
        for row in 0..COLUMNS {
            let mut pairs = [Pair::default(); COLUMNS];
            for (column, pair) in pairs.iter_mut().enumerate() {
                let at = row * COLUMNS + column;
                *pair = previous.0[at].xor(reference.0[at]);
                target.0[at] = if add { pair.xor(target.0[at]) } else { *pair };
            }
            let pairs = permute(pairs, turns);
            for (column, pair) in pairs.into_iter().enumerate() {
                self.0.0[row * COLUMNS + column] = pair;
            }
        }
    }

    /// Adds the finished columns `which` to `target`.
    #[inline(always)]
    pub(super) fn columns(&self, which: Range<usize>, turns: Turns, target: &mut Block) {
        for column in which.start..which.end.min(COLUMNS) {
            let mut pairs = [Pair::default(); COLUMNS];
            for (row, pair) in pairs.iter_mut().enumerate() {
                *pair = self.0.0[row * COLUMNS + column];
            }
            let pairs = permute(pairs, turns);
            for (row, pair) in pairs.into_iter().enumerate() {
                let at = row * COLUMNS + column;
                target.0[at] = pair.xor(target.0[at]);
            }
        }
    }

    /// All of G, where nothing is to be known early.
    pub(super) fn compress(
        &mut self,
        turns: Turns,
        previous: &Block,
        reference: &Block,
        target: &mut Block,
    ) {
        self.begin(turns, previous, reference, target, false);
        self.columns(0..COLUMNS, turns, target);
    }
}

/// The permutation P: one round of BLAKE2b with multiplications, over a row or column of 16 words.
#[inline(always)]
fn permute(pairs: [Pair; COLUMNS], turns: Turns) -> [Pair; COLUMNS] {
    let [a0, a1, b0, b1, c0, c1, d0, d1] = pairs;
    let [a, b, c, d] = quarter([a0, a1], [b0, b1], [c0, c1], [d0, d1], turns);

    // Diagonals become columns: b turned by one word, c by two, d by three.
    let ([b0, b1], [c0, c1], [d0, d1]) = (b, c, d);
    let b = [b0.then(b1), b1.then(b0)];
    let c = [c1, c0];
    let d = [d1.then(d0), d0.then(d1)];
    let [[a0, a1], [b0, b1], [c0, c1], [d0, d1]] = quarter(a, b, c, d, turns);

    [
        a0,
        a1,
        b1.then(b0),
        b0.then(b1),
        c1,
        c0,
        d0.then(d1),
        d1.then(d0),
    ]
}

/// BLAKE2b's G on four columns at once.
#[inline(always)]
fn quarter(
    mut a: [Pair; 2],
    mut b: [Pair; 2],
    mut c: [Pair; 2],
    mut d: [Pair; 2],
    turns: Turns,
) -> [[Pair; 2]; 4] {
    a = Pair::mul_add(a, b);
    d = [d[0].xor(a[0]).turn_32(), d[1].xor(a[1]).turn_32()];
    c = Pair::mul_add(c, d);
    b = [b[0].xor(c[0]).turn_24(turns), b[1].xor(c[1]).turn_24(turns)];
    a = Pair::mul_add(a, b);
    d = [d[0].xor(a[0]).turn_16(turns), d[1].xor(a[1]).turn_16(turns)];
    c = Pair::mul_add(c, d);
    b = [b[0].xor(c[0]).turn_63(), b[1].xor(c[1]).turn_63()];
    [a, b, c, d]
}
