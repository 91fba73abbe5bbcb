//! Argon2id, version 0x13 (RFC 9106), written for WebAssembly simd128.
//!
//! Why our own: what the compilers make of the RustCrypto crate for this target takes 1.7 times as
//! long (docs/PERFORMANCE.md), and each millisecond saved for the owner may be spent on more work for
//! whoever guesses. RustCrypto's `argon2` and the vectors of RFC 9106 decide in the tests whether
//! this one is right. All of it is safe Rust.
//!
//! Half of the time would go into waiting for memory. So the lanes advance in step, and each block
//! is finished in an order that gives the place of its lane's next reference early; that block is
//! then touched, and has arrived when the lane's turn comes again.
//!
//! The memory is freed by the wiping allocator (lib.rs), which overwrites it (S-100).

mod block;
mod pair;

use blake2::{Blake2b256, Blake2b512, Digest as _};
use zeroize::Zeroizing;

use block::{BLOCK_LEN, Block, Compression, Scratch, Touched, compress};
use pair::Turns;

/// Length of the tag in bytes. No other is wanted here.
pub(crate) const TAG_LEN: usize = 32;
const VERSION: u32 = 0x13;
const TYPE_ID: u32 = 2;
/// Parts of a pass after which the lanes may see each other's blocks.
const SLICES: usize = 4;
/// References that one address block holds.
const ADDRESSES: usize = 128;
/// Columns of a block; the first word of a block lies in column 0.
const COLUMNS: usize = 8;
const LOW_32: u64 = 0xFFFF_FFFF;

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

/// The tag of `input`.
pub(crate) fn argon2id(
    cost: Cost,
    input: Input<'_>,
) -> Result<Zeroizing<[u8; TAG_LEN]>, Impossible> {
    let mut work = Work::new(cost)?;
    work.first_blocks(cost, input)?;
    let mut seen = Touched::default();
    for pass in 0..cost.passes {
        for slice in 0..SLICES {
            seen = work.fill_slice(cost, pass, slice, seen)?;
        }
    }
    Ok(work.tag(std::hint::black_box(seen)))
}

/// The memory, lane after lane, and what belongs to working on it. On the heap as a whole, so that
/// it is wiped as a whole.
struct Work {
    memory: Vec<Block>,
    /// Per lane: the current address block, while references do not depend on data.
    addresses: Vec<Block>,
    scratch: Box<Scratch>,
    turns: Turns,
    lanes: usize,
    /// Blocks in a lane, and in a quarter of one.
    lane_len: usize,
    segment_len: usize,
}

impl Work {
    fn new(cost: Cost) -> Result<Self, Impossible> {
        let lanes = size(cost.lanes)?;
        let segment_len = size(cost.memory_kib)?
            .checked_div(SLICES * lanes)
            .ok_or(Impossible)?;
        if cost.passes == 0 || segment_len < 2 {
            return Err(Impossible);
        }
        let lane_len = segment_len * SLICES;
        Ok(Self {
            memory: blocks(lanes * lane_len)?,
            addresses: blocks(lanes)?,
            scratch: Box::default(),
            turns: Turns::new(),
            lanes,
            lane_len,
            segment_len,
        })
    }

    /// The first two blocks of each lane, from everything that goes in (RFC 9106 section 3.2, 1 to 4).
    fn first_blocks(&mut self, cost: Cost, input: Input<'_>) -> Result<(), Impossible> {
        let mut hash = Blake2b512::new();
        let tag_len = u32::try_from(TAG_LEN).map_err(|_| Impossible)?;
        for number in [
            cost.lanes,
            tag_len,
            cost.memory_kib,
            cost.passes,
            VERSION,
            TYPE_ID,
        ] {
            hash.update(number.to_le_bytes());
        }
        for part in [input.password, input.salt, input.secret, input.associated] {
            hash.update(
                u32::try_from(part.len())
                    .map_err(|_| Impossible)?
                    .to_le_bytes(),
            );
            hash.update(part);
        }
        let h0 = Zeroizing::new(<[u8; 64]>::from(hash.finalize()));
        for (lane, first) in (0_u32..).zip(self.memory.chunks_exact_mut(self.lane_len)) {
            for (column, block) in (0_u32..).zip(first.iter_mut().take(2)) {
                *block = Block::from_bytes(&expand(&h0, column, lane));
            }
        }
        Ok(())
    }

    /// One quarter of one pass, in all lanes.
    fn fill_slice(
        &mut self,
        cost: Cost,
        pass: u32,
        slice: usize,
        mut seen: Touched,
    ) -> Result<Touched, Impossible> {
        let blind = pass == 0 && slice < SLICES / 2;
        let start = if pass == 0 && slice == 0 { 2 } else { 0 };
        for index in start..self.segment_len {
            if blind && (index == start || index.is_multiple_of(ADDRESSES)) {
                self.make_addresses(cost, pass, slice, index / ADDRESSES)?;
            }
            for lane in 0..self.lanes {
                seen = self.fill_block(
                    Place {
                        pass,
                        slice,
                        lane,
                        index,
                    },
                    blind,
                    seen,
                );
            }
        }
        Ok(seen)
    }

    /// One block (RFC 9106 section 3.2, 5 and 6).
    #[expect(
        clippy::indexing_slicing,
        reason = "lane, current and reference are below the lengths by construction"
    )]
    #[inline(always)]
    fn fill_block(&mut self, place: Place, blind: bool, mut seen: Touched) -> Touched {
        let column = place.slice * self.segment_len + place.index;
        let base = place.lane * self.lane_len;
        let current = base + column;
        let previous = base + (if column == 0 { self.lane_len } else { column }) - 1;
        let random = if blind {
            self.addresses[place.lane].word(place.index % ADDRESSES)
        } else {
            self.memory[previous].word(0)
        };
        let reference = self.reference(place, random);

        let add = place.pass > 0;
        let mut compression = Compression::begin(
            &mut self.scratch,
            self.turns,
            &self.memory[previous],
            &self.memory[reference],
        );
        compression.columns(0, 1, &mut self.memory[current], add);

        // Where the lane will look next, as far as that is settled already.
        let next = Place {
            index: place.index + 1,
            ..place
        };
        if next.index < self.segment_len && !(blind && next.index.is_multiple_of(ADDRESSES)) {
            let random = if blind {
                self.addresses[place.lane].word(next.index % ADDRESSES)
            } else {
                self.memory[current].word(0)
            };
            let next = reference_of(self.lanes, self.lane_len, self.segment_len, next, random);
            seen = self.memory[next].touch(seen);
        }
        compression.columns(1, COLUMNS, &mut self.memory[current], add);
        seen
    }

    fn reference(&self, place: Place, random: u64) -> usize {
        reference_of(self.lanes, self.lane_len, self.segment_len, place, random)
    }

    /// Address block `count` of each lane (RFC 9106 section 3.4.1.2).
    fn make_addresses(
        &mut self,
        cost: Cost,
        pass: u32,
        slice: usize,
        count: usize,
    ) -> Result<(), Impossible> {
        let zero = Block::default();
        for (lane, addresses) in self.addresses.iter_mut().enumerate() {
            let total = self.lanes * self.lane_len;
            let input = Block::from_words([
                u64::from(pass),
                wide(lane)?,
                wide(slice)?,
                wide(total)?,
                u64::from(cost.passes),
                u64::from(TYPE_ID),
                wide(count)? + 1,
                0,
            ]);
            let mut middle = Block::default();
            compress(&mut self.scratch, self.turns, &zero, &input, &mut middle);
            compress(&mut self.scratch, self.turns, &zero, &middle, addresses);
        }
        Ok(())
    }

    /// The last blocks of all lanes, added up and hashed (RFC 9106 section 3.2, 7 and 8).
    fn tag(&mut self, _seen: Touched) -> Zeroizing<[u8; TAG_LEN]> {
        let mut sum = Block::default();
        for last in self
            .memory
            .chunks_exact(self.lane_len)
            .filter_map(<[Block]>::last)
        {
            sum.xor(last);
        }
        let mut hash = Blake2b256::new();
        hash.update(32_u32.to_le_bytes());
        for word in sum.words() {
            hash.update(word.to_le_bytes());
        }
        Zeroizing::new(hash.finalize().into())
    }
}

/// Where a block stands.
#[derive(Clone, Copy)]
struct Place {
    pass: u32,
    slice: usize,
    lane: usize,
    index: usize,
}

/// Which block is mixed in at `place` (RFC 9106 section 3.4).
#[inline(always)]
fn reference_of(
    lanes: usize,
    lane_len: usize,
    segment_len: usize,
    place: Place,
    random: u64,
) -> usize {
    let Place {
        pass,
        slice,
        lane,
        index,
    } = place;
    let (j1, j2) = (random & LOW_32, random >> 32);
    // `lanes` fits 32 bits, and so does what is left of a division by it.
    let other = narrow(j2 % u64::try_from(lanes).unwrap_or(1));
    let lane_seen = if pass == 0 && slice == 0 { lane } else { other };
    let same = lane_seen == lane;

    let finished = if pass == 0 {
        slice * segment_len
    } else {
        lane_len - segment_len
    };
    let area = match (same, index) {
        (true, _) => finished + index - 1,
        (false, 0) => finished - 1,
        (false, _) => finished,
    };
    let area = u64::try_from(area).unwrap_or(u64::MAX);
    let x = (j1 * j1) >> 32;
    let y = (area * x) >> 32;
    let offset = narrow(area - 1 - y);

    let oldest = if pass == 0 || slice == SLICES - 1 {
        0
    } else {
        (slice + 1) * segment_len
    };
    let at = oldest + offset;
    lane_seen * lane_len + if at >= lane_len { at - lane_len } else { at }
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

fn blocks(count: usize) -> Result<Vec<Block>, Impossible> {
    let mut blocks = Vec::new();
    blocks.try_reserve_exact(count).map_err(|_| Impossible)?;
    blocks.resize(count, Block::default());
    Ok(blocks)
}

fn size(number: u32) -> Result<usize, Impossible> {
    usize::try_from(number).map_err(|_| Impossible)
}

fn wide(number: usize) -> Result<u64, Impossible> {
    u64::try_from(number).map_err(|_| Impossible)
}

/// For values that are below a count of blocks.
fn narrow(number: u64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests;
