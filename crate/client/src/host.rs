//! Time and randomness of this machine.

use std::time::{SystemTime, UNIX_EPOCH};

use sesame_engine::Host;
use sesame_vault::{Random, RandomError};

/// This machine.
pub(crate) struct Machine;

impl Random for Machine {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), RandomError> {
        getrandom::fill(buf).map_err(|_| RandomError)
    }
}

impl Host for Machine {
    fn now(&self) -> u64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .ok()
            .and_then(|since| u64::try_from(since.as_millis()).ok())
            .unwrap_or(0)
    }

    fn random(&mut self) -> &mut dyn Random {
        self
    }
}
