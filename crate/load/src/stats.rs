//! Waiting times, counted exactly: a run is short enough to keep every one.

use std::time::Duration;

/// The waits of one kind of call.
#[derive(Debug, Default, Clone)]
pub struct Waits(Vec<Duration>);

impl Waits {
    /// One more call that took `wait`.
    pub fn add(&mut self, wait: Duration) {
        self.0.push(wait);
    }

    /// All calls of `other`, too.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many calls.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The wait that `percent` of 100 calls did not exceed, in milliseconds; 0 without calls.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = sorted.len().saturating_mul(percent) / 100;
        sorted
            .get(at)
            .or_else(|| sorted.last())
            .map_or(0.0, |wait| wait.as_secs_f64() * 1000.0)
    }
}

#[cfg(test)]
mod tests;
