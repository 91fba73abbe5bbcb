//! Where blocks lie, and which block is mixed into which (RFC 9106 section 3.4).

/// Parts of a pass after which the lanes may see each other's new blocks.
pub(super) const SLICES: usize = 4;
const LOW_32: u64 = 0xFFFF_FFFF;

/// The memory as a matrix: a row for each lane.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) lanes: usize,
    /// Blocks in a lane.
    lane_len: usize,
    /// Blocks in a lane's part of a slice.
    pub(super) segment_len: usize,
}

/// Where a block stands; `index` counts from the start of its slice.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) pass: u32,
    pub(super) slice: usize,
    pub(super) lane: usize,
    pub(super) index: usize,
}

impl Shape {
    /// Nothing unless each lane gets at least the eight blocks that RFC 9106 section 3.1 asks for.
    pub(super) fn new(lanes: usize, memory_kib: usize) -> Option<Self> {
        let segment_len = memory_kib.checked_div(lanes.checked_mul(SLICES)?)?;
        let lane_len = segment_len * SLICES;
        (segment_len >= 2).then_some(Self {
            lanes,
            lane_len,
            segment_len,
        })
    }

    pub(super) const fn blocks(self) -> usize {
        self.lanes * self.lane_len
    }

    /// Position in memory, in which columns lie side by side.
    #[inline(always)]
    pub(super) const fn current(self, place: Place) -> usize {
        (place.slice * self.segment_len + place.index) * self.lanes + place.lane
    }

    /// Position of the block before it in its lane, which is the last one for the first.
    #[inline(always)]
    pub(super) const fn previous(self, place: Place) -> usize {
        let current = self.current(place);
        (if current < self.lanes {
            current + self.blocks()
        } else {
            current
        }) - self.lanes
    }

    /// Position of the block that `random`, the first word of the block before, chooses.
    #[inline(always)]
    pub(super) fn reference(self, place: Place, random: u64) -> usize {
        let Place {
            pass,
            slice,
            lane,
            index,
        } = place;
        let (j1, j2) = (random & LOW_32, random >> 32);
        let first_slice = pass == 0 && slice == 0;
        let lane_seen = if first_slice {
            lane
        } else {
            narrow(j2) % self.lanes
        };

        let finished = if pass == 0 {
            slice * self.segment_len
        } else {
            self.lane_len - self.segment_len
        };
        let seen = match (lane_seen == lane, index) {
            (true, _) => finished + index - 1,
            (false, 0) => finished - 1,
            (false, _) => finished,
        };
        let seen_wide = u64::try_from(seen).unwrap_or(LOW_32);
        let back = (seen_wide * ((j1 * j1) >> 32)) >> 32;
        let oldest = if pass == 0 || slice == SLICES - 1 {
            0
        } else {
            (slice + 1) * self.segment_len
        };
        let column = oldest + seen - 1 - narrow(back);
        let column = if column >= self.lane_len {
            column - self.lane_len
        } else {
            column
        };
        column * self.lanes + lane_seen
    }
}

/// For numbers below 2^32, which fit.
fn narrow(number: u64) -> usize {
    usize::try_from(number).unwrap_or_default()
}
