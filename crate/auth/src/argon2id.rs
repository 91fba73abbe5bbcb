//! Argon2id, version 0x13 (RFC 9106), written for WebAssembly simd128.
//!
//! Why our own: what the compilers make of the RustCrypto crate for this target takes about 1.8 times
//! as long (docs/PERFORMANCE.md), and each millisecond saved for the owner may be spent on more work
//! for whoever guesses. RustCrypto's `argon2` and the vectors of RFC 9106 decide in the tests whether
//! this one is right. All of it is safe Rust.
//!
//! Half of the time would go into waiting for memory. So all lanes advance in step: of each block
//! the column is computed first that holds the place of its lane's next reference; then those blocks
//! are touched, all together, because a processor waits for many cache lines as long as for one; then
//! the rest of the columns. Blocks of the same column lie side by side, so that the memory is
//! written in one stream.
//!
//! The memory is freed by the wiping allocator (lib.rs), which overwrites it (S-100).

mod block;
mod pair;
mod reference;

use blake2::{Blake2b256, Blake2b512, Digest as _};
use zeroize::Zeroizing;

use block::{BLOCK_LEN, Block, COLUMNS, Scratch, Touched};
use pair::Turns;
use reference::{Place, SLICES, Shape};

/// Length of a tag in bytes where a key is wanted.
pub(crate) const TAG_LEN: usize = 32;
/// Length of a tag in bytes where OPAQUE's stretched output is wanted. No others are.
pub(crate) const LONG_TAG_LEN: usize = 64;
const VERSION: u32 = 0x13;
const TYPE_ID: u32 = 2;
/// References that one address block holds.
const ADDRESSES: usize = 128;

/// The cost parameters of RFC 9106 section 3.1: passes `t`, memory `m` in KiB, lanes `p`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    pub(crate) passes: u32,
    pub(crate) memory_kib: u32,
    pub(crate) lanes: u32,
}

/// What is hashed. `secret` and `associated` are empty for passwords of Sesame.
#[derive(Clone, Copy, Default)]
pub(crate) struct Input<'a> {
    pub(crate) password: &'a [u8],
    pub(crate) salt: &'a [u8],
    pub(crate) secret: &'a [u8],
    pub(crate) associated: &'a [u8],
}

/// There is not enough memory, or the parameters are outside what RFC 9106 allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Impossible;

/// The tag of `input`, [`TAG_LEN`] bytes.
pub(crate) fn argon2id(
    cost: Cost,
    input: Input<'_>,
) -> Result<Zeroizing<[u8; TAG_LEN]>, Impossible> {
    let mut hash = Blake2b256::new();
    hash.update(32_u32.to_le_bytes());
    hash.update(&*Work::done(cost, input, TAG_LEN)?.sum());
    Ok(Zeroizing::new(hash.finalize().into()))
}

/// The tag of `input`, [`LONG_TAG_LEN`] bytes.
pub(crate) fn argon2id_long(
    cost: Cost,
    input: Input<'_>,
) -> Result<Zeroizing<[u8; LONG_TAG_LEN]>, Impossible> {
    let mut hash = Blake2b512::new();
    hash.update(64_u32.to_le_bytes());
    hash.update(&*Work::done(cost, input, LONG_TAG_LEN)?.sum());
    Ok(Zeroizing::new(hash.finalize().into()))
}

/// The memory, and what belongs to working on it. On the heap as a whole, to be wiped as a whole.
struct Work {
    cost: Cost,
    shape: Shape,
    /// Column after column; grows to its full size, reserved from the start, in the first pass.
    memory: Vec<Block>,
    /// Per lane: the current address block, while references do not depend on data.
    addresses: Vec<Block>,
    /// Per lane: where the reference of the next block lies in `memory`.
    references: Vec<usize>,
    scratch: Vec<Scratch>,
    turns: Turns,
    seen: Touched,
}

impl Work {
    /// All passes, for a tag of that length. Not inlined: the kernel is large, and there are two
    /// lengths.
    #[inline(never)]
    fn done(cost: Cost, input: Input<'_>, tag_len: usize) -> Result<Self, Impossible> {
        let mut work = Self::new(cost)?;
        work.first_blocks(input, tag_len)?;
        for pass in 0..cost.passes {
            for slice in 0..SLICES {
                work.fill_slice(pass, slice)?;
            }
        }
        Ok(work)
    }

    fn new(cost: Cost) -> Result<Self, Impossible> {
        let lanes = usize::try_from(cost.lanes).map_err(|_| Impossible)?;
        let memory_kib = usize::try_from(cost.memory_kib).map_err(|_| Impossible)?;
        let shape = Shape::new(lanes, memory_kib).ok_or(Impossible)?;
        if cost.passes == 0 {
            return Err(Impossible);
        }
        let mut memory = Vec::new();
        memory
            .try_reserve_exact(shape.blocks())
            .map_err(|_| Impossible)?;
        Ok(Self {
            cost,
            shape,
            memory,
            addresses: vec![Block::default(); lanes],
            references: vec![0; lanes],
            scratch: (0..lanes).map(|_| Scratch::default()).collect(),
            turns: Turns::new(),
            seen: Touched::default(),
        })
    }

    /// The first two blocks of each lane, from everything that goes in (RFC 9106 section 3.2, 1 to 4).
    fn first_blocks(&mut self, input: Input<'_>, tag_len: usize) -> Result<(), Impossible> {
        let Cost {
            passes,
            memory_kib,
            lanes,
        } = self.cost;
        let mut hash = Blake2b512::new();
        let tag_len = u32::try_from(tag_len).map_err(|_| Impossible)?;
        for number in [lanes, tag_len, memory_kib, passes, VERSION, TYPE_ID] {
            hash.update(number.to_le_bytes());
        }
        for part in [input.password, input.salt, input.secret, input.associated] {
            let length = u32::try_from(part.len()).map_err(|_| Impossible)?;
            hash.update(length.to_le_bytes());
            hash.update(part);
        }
        let h0 = Zeroizing::new(<[u8; 64]>::from(hash.finalize()));
        for column in 0..2 {
            for lane in 0..lanes {
                self.memory
                    .push(Block::from_bytes(&expand(&h0, column, lane)));
            }
        }
        Ok(())
    }

    /// One quarter of one pass, in all lanes.
    fn fill_slice(&mut self, pass: u32, slice: usize) -> Result<(), Impossible> {
        let first_pass = pass == 0;
        let blind = first_pass && slice < SLICES / 2;
        // While references are drawn from address blocks, these last for 128 columns.
        let ends = |index: usize| blind && index.is_multiple_of(ADDRESSES);
        let start = if first_pass && slice == 0 { 2 } else { 0 };
        for index in start..self.shape.segment_len {
            let place = |lane| Place {
                pass,
                slice,
                lane,
                index,
            };
            if index == start || ends(index) {
                if blind {
                    self.make_addresses(pass, slice, index / ADDRESSES)?;
                }
                for lane in 0..self.shape.lanes {
                    self.find_reference(place(lane), blind);
                }
            }
            if first_pass {
                self.memory
                    .resize(self.memory.len() + self.shape.lanes, Block::default());
            }
            for lane in 0..self.shape.lanes {
                self.begin_block(place(lane));
            }
            if index + 1 < self.shape.segment_len && !ends(index + 1) {
                for lane in 0..self.shape.lanes {
                    self.find_reference(
                        Place {
                            index: index + 1,
                            ..place(lane)
                        },
                        blind,
                    );
                }
            }
            for lane in 0..self.shape.lanes {
                self.finish_block(place(lane));
            }
        }
        Ok(())
    }

    /// Finds out which block the one at `place` will be mixed with, and touches it.
    #[expect(
        clippy::indexing_slicing,
        reason = "all are below the lengths by construction"
    )]
    #[inline(always)]
    fn find_reference(&mut self, place: Place, blind: bool) {
        let random = if blind {
            self.addresses[place.lane].word(place.index % ADDRESSES)
        } else {
            self.memory[self.shape.previous(place)].word(0)
        };
        let reference = self.shape.reference(place, random);
        self.references[place.lane] = reference;
        self.seen = self.memory[reference].touch(self.seen);
    }

    /// The rows and the first column of a block (RFC 9106 section 3.2, 5 and 6).
    #[expect(
        clippy::indexing_slicing,
        reason = "all are below the lengths by construction"
    )]
    #[inline(always)]
    fn begin_block(&mut self, place: Place) {
        let blocks = [
            self.shape.previous(place),
            self.references[place.lane],
            self.shape.current(place),
        ];
        // No block is mixed with itself, nor twice with the same (RFC 9106 section 3.4.2).
        if let Ok([previous, reference, target]) = self.memory.get_disjoint_mut(blocks) {
            let scratch = &mut self.scratch[place.lane];
            scratch.begin(self.turns, previous, reference, target, place.pass > 0);
            scratch.columns(0..1, self.turns, target);
        }
    }

    /// Its other columns.
    #[expect(
        clippy::indexing_slicing,
        reason = "all are below the lengths by construction"
    )]
    #[inline(always)]
    fn finish_block(&mut self, place: Place) {
        let target = &mut self.memory[self.shape.current(place)];
        self.scratch[place.lane].columns(1..COLUMNS, self.turns, target);
    }

    /// Address block `count` of each lane (RFC 9106 section 3.4.1.2).
    fn make_addresses(&mut self, pass: u32, slice: usize, count: usize) -> Result<(), Impossible> {
        let wide = |number: usize| u64::try_from(number).map_err(|_| Impossible);
        let zero = Block::default();
        let lanes = self.addresses.iter_mut().zip(&mut self.scratch).enumerate();
        for (lane, (addresses, scratch)) in lanes {
            let input = Block::from_words([
                u64::from(pass),
                wide(lane)?,
                wide(slice)?,
                wide(self.shape.blocks())?,
                u64::from(self.cost.passes),
                u64::from(TYPE_ID),
                wide(count)? + 1,
                0,
            ]);
            let mut middle = Block::default();
            scratch.compress(self.turns, &zero, &input, &mut middle);
            scratch.compress(self.turns, &zero, &middle, addresses);
        }
        Ok(())
    }

    /// The last blocks of all lanes, added up; the tag is their hash (RFC 9106 section 3.2, 7 and 8).
    fn sum(self) -> Zeroizing<Vec<u8>> {
        std::hint::black_box(self.seen);
        let mut sum = Zeroizing::new(Vec::with_capacity(BLOCK_LEN));
        let mut last = Block::default();
        for block in self.memory.iter().rev().take(self.shape.lanes) {
            last.xor(block);
        }
        sum.extend(last.words().flat_map(u64::to_le_bytes));
        sum
    }
}

/// H' of RFC 9106 section 3.3 for 1024 bytes: block `column` of a lane.
fn expand(h0: &[u8; 64], column: u32, lane: u32) -> Zeroizing<[u8; BLOCK_LEN]> {
    const HALF: usize = 32;
    let mut out = Zeroizing::new([0; BLOCK_LEN]);
    let mut hash = Blake2b512::new();
    hash.update(1024_u32.to_le_bytes());
    hash.update(h0);
    hash.update(column.to_le_bytes());
    hash.update(lane.to_le_bytes());
    let mut v = Zeroizing::new(<[u8; 64]>::from(hash.finalize()));
    let (pieces, _) = out.as_chunks_mut::<HALF>();
    let mut left = pieces.len();
    for piece in pieces {
        // Every digest gives its first half; only the last one gives both.
        let from = if left == 1 { HALF } else { 0 };
        for (byte, value) in piece.iter_mut().zip(v.iter().skip(from)) {
            *byte = *value;
        }
        left -= 1;
        if left > 1 {
            v = Zeroizing::new(Blake2b512::digest(v.as_slice()).into());
        }
    }
    out
}

#[cfg(test)]
mod tests;
