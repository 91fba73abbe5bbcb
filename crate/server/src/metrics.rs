//! What is counted for the operator: numbers of requests and their time, by route and status.
//! Nothing about anybody (S-156).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the times' buckets in milliseconds.
const BOUNDS: [u64; 10] = [1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000];

#[derive(Default, Clone)]
struct Times {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    micros: u64,
}

/// The counters.
#[derive(Default)]
pub struct Metrics {
    requests: Mutex<BTreeMap<(&'static str, u16), u64>>,
    times: Mutex<BTreeMap<&'static str, Times>>,
    counters: Mutex<BTreeMap<&'static str, u64>>,
    in_flight: AtomicU64,
}

impl Metrics {
    /// A request was answered.
    pub fn answered(&self, route: &'static str, status: u16, took: Duration) {
        if let Ok(mut requests) = self.requests.lock() {
            *requests.entry((route, status)).or_default() += 1;
        }
        if let Ok(mut times) = self.times.lock() {
            let times = times.entry(route).or_default();
            let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
            times.count += 1;
            times.micros = times.micros.saturating_add(micros);
            for (slot, bound) in times.buckets.iter_mut().zip(BOUNDS) {
                *slot += u64::from(micros <= bound * 1_000);
            }
        }
    }

    /// Something else happened, such as a mail that was sent.
    pub fn count(&self, name: &'static str, by: u64) {
        if let Ok(mut counters) = self.counters.lock() {
            *counters.entry(name).or_default() += by;
        }
    }

    /// A request came in; dropping the value says that it left.
    pub fn enter(&self) -> InFlight<'_> {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(self)
    }

    /// All counters in Prometheus' text format.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing into a string does not fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "# TYPE sesame_requests_total counter")?;
        if let Ok(requests) = self.requests.lock() {
            for ((route, status), count) in requests.iter() {
                writeln!(
                    out,
                    "sesame_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}"
                )?;
            }
        }
        writeln!(out, "# TYPE sesame_request_seconds histogram")?;
        if let Ok(times) = self.times.lock() {
            for (route, times) in times.iter() {
                for (count, bound) in times.buckets.iter().zip(BOUNDS) {
                    writeln!(
                        out,
                        "sesame_request_seconds_bucket{{route=\"{route}\",le=\"{}\"}} {count}",
                        seconds(bound * 1_000)
                    )?;
                }
                writeln!(
                    out,
                    "sesame_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {}\n\
                     sesame_request_seconds_sum{{route=\"{route}\"}} {}\n\
                     sesame_request_seconds_count{{route=\"{route}\"}} {}",
                    times.count,
                    seconds(times.micros),
                    times.count
                )?;
            }
        }
        if let Ok(counters) = self.counters.lock() {
            for (name, count) in counters.iter() {
                writeln!(
                    out,
                    "# TYPE sesame_{name}_total counter\nsesame_{name}_total {count}"
                )?;
            }
        }
        let in_flight = self.in_flight.load(Ordering::Relaxed);
        writeln!(
            out,
            "# TYPE sesame_requests_in_flight gauge\nsesame_requests_in_flight {in_flight}"
        )
    }
}

/// Microseconds as seconds.
fn seconds(micros: u64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

/// A request that is being answered.
pub struct InFlight<'m>(&'m Metrics);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
