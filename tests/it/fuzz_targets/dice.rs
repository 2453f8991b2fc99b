//! Choices: read off bytes that a fuzzer makes, or drawn from a seed. Knows not what is chosen.

/// A row of choices. One from bytes ends with them and then always says 0; one from a seed never ends.
pub(crate) struct Dice<'a> {
    bytes: &'a [u8],
    seed: Option<u64>,
}

impl<'a> Dice<'a> {
    pub(crate) fn of_bytes(bytes: &'a [u8]) -> Self {
        Self { bytes, seed: None }
    }

    pub(crate) fn of_seed(seed: u64) -> Self {
        Self { bytes: &[], seed: Some(seed) }
    }

    /// Whether there is nothing left to choose by.
    pub(crate) fn spent(&self) -> bool {
        self.seed.is_none() && self.bytes.is_empty()
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        *first
    }

    /// SplitMix64.
    fn draw(state: &mut u64) -> u64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `end`, without `end`; 0 when there is nothing to choose from.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        if end < 2 {
            return 0;
        }
        let drawn = match &mut self.seed {
            Some(state) => Self::draw(state) >> 8,
            // As few bytes as the choice needs, so that changing one of them changes one choice.
            None if end <= 256 => u64::from(self.byte()),
            None => u64::from(u32::from_le_bytes([self.byte(), self.byte(), self.byte(), 0])),
        };
        usize::try_from(drawn).unwrap_or_default() % end
    }

    /// True in so many of a hundred cases; false once the bytes have ended, if it is not always true.
    pub(crate) fn percent(&mut self, so_many: usize) -> bool {
        99 - self.below(100) < so_many
    }

    /// One of them, if there is any.
    pub(crate) fn pick<'b, T>(&mut self, from: &'b [T]) -> Option<&'b T> {
        from.get(self.below(from.len()))
    }
}
