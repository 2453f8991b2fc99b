//! Durations counted in buckets that grow with the value: percentiles within 1.6 %. Knows not what was measured.

/// Sub-buckets of each power of two.
const FINE: u32 = 6;
const BUCKETS: usize = (64 - FINE as usize + 1) << FINE;

/// Counts of nanoseconds.
#[derive(Debug, Clone)]
pub(crate) struct Histogram {
    counts: Vec<u64>,
    total: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { counts: vec![0; BUCKETS], total: 0 }
    }
}

/// Values below 64 have a bucket each; above, 64 buckets a power of two.
fn bucket(value: u64) -> usize {
    let magnitude = 63_u32.saturating_sub(value.leading_zeros());
    let shift = magnitude.saturating_sub(FINE);
    (((shift as usize) << FINE) + (value >> shift) as usize).min(BUCKETS - 1)
}

/// The middle of a bucket.
fn middle(bucket: usize) -> u64 {
    let shift = (bucket >> FINE).saturating_sub(1);
    let low = (bucket - (shift << FINE)) as u64;
    (low << shift) + ((1_u64 << shift) >> 1)
}

impl Histogram {
    pub(crate) fn add(&mut self, nanoseconds: u64) {
        self.counts[bucket(nanoseconds)] += 1;
        self.total += 1;
    }

    /// The value that this share of all values does not pass, in milliseconds; 0 of nothing.
    pub(crate) fn milliseconds(&self, share: f64) -> f64 {
        let rank = ((self.total as f64 * share).ceil() as u64).max(1);
        let mut passed = 0;
        for (bucket, count) in self.counts.iter().enumerate() {
            passed += count;
            if passed >= rank {
                return middle(bucket) as f64 / 1e6;
            }
        }
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_near_the_middle_of_its_bucket() {
        for power in 0..50 {
            for part in 0..97 {
                let value = (1_u64 << power) + ((1_u64 << power) * part) / 97;
                let off = middle(bucket(value)).abs_diff(value) as f64;
                assert!(off <= value as f64 * 0.016, "{value}: {}", middle(bucket(value)));
            }
        }
        assert_eq!(bucket(0), 0);
        assert!(bucket(u64::MAX) < BUCKETS);
    }

    #[test]
    fn percentiles_of_a_thousand_values() {
        let mut histogram = Histogram::default();
        assert_eq!(histogram.milliseconds(0.5), 0.0);
        (1..=1_000).for_each(|n| histogram.add(n * 1_000_000));
        for (share, value) in [(0.5, 500.0), (0.99, 990.0), (0.999, 999.0), (1.0, 1_000.0)] {
            let found = histogram.milliseconds(share);
            assert!((found - value).abs() <= value * 0.016, "{share}: {found}");
        }
    }
}
