//! The two things that the engine asks of the browser: the time and randomness.

use crate::keeper::Host;
use sesame_vault::{Random, RandomError};

/// The browser.
#[derive(Default)]
pub(crate) struct Browser;

impl Random for Browser {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), RandomError> {
        getrandom::fill(buf).map_err(|_| RandomError)
    }
}

impl Host for Browser {
    fn now(&self) -> u64 {
        // A count of milliseconds: whole, positive and far below 2^53.
        let now = js_sys::Date::now();
        std::time::Duration::try_from_secs_f64(now / 1000.0)
            .ok()
            .and_then(|since| u64::try_from(since.as_millis()).ok())
            .unwrap_or(0)
    }

    fn random(&mut self) -> &mut dyn Random {
        self
    }
}
