//! The log: one line of JSON an event, on standard error.
//!
//! A field is a number, a word of this program, or a database's error code. There is no way to log
//! text that came from anywhere else: no address, token, hint or name can get in (S-145). Libraries
//! have no way to the log at all.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// What a field may be.
#[derive(Debug, Clone, Copy)]
pub enum Field {
    /// A number.
    Number(u64),
    /// A word of this program.
    Word(&'static str),
    /// A database's error code: ASCII letters and digits.
    Code([u8; 5]),
}

impl From<u64> for Field {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<&'static str> for Field {
    fn from(word: &'static str) -> Self {
        Self::Word(word)
    }
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something is broken.
    Error,
    /// Something an operator should know.
    Warn,
    /// Start, stop, regular work.
    Info,
    /// Each request.
    Debug,
}

impl Level {
    const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Error => 0,
            Self::Warn => 1,
            Self::Info => 2,
            Self::Debug => 3,
        }
    }

    /// The level of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Error, Self::Warn, Self::Info, Self::Debug]
            .into_iter()
            .find(|level| level.name() == name)
    }
}

static LEVEL: AtomicU8 = AtomicU8::new(Level::Info.rank());

/// Sets how much is logged.
pub fn set_level(level: Level) {
    LEVEL.store(level.rank(), Ordering::Relaxed);
}

/// Logs something broken.
pub fn error(event: &'static str, fields: &[(&'static str, Field)]) {
    log(Level::Error, event, fields);
}

/// Logs something that an operator should know.
pub fn warn(event: &'static str, fields: &[(&'static str, Field)]) {
    log(Level::Warn, event, fields);
}

/// Logs regular work.
pub fn info(event: &'static str, fields: &[(&'static str, Field)]) {
    log(Level::Info, event, fields);
}

/// Logs a request.
pub fn debug(event: &'static str, fields: &[(&'static str, Field)]) {
    log(Level::Debug, event, fields);
}

fn log(level: Level, event: &'static str, fields: &[(&'static str, Field)]) {
    if level.rank() > LEVEL.load(Ordering::Relaxed) {
        return;
    }
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |passed| passed.as_secs());
    let line = line(seconds, level, event, fields);
    // Nobody can be told when the log itself can't be written.
    drop(std::io::stderr().lock().write_all(line.as_bytes()));
}

/// Names and words are this program's and need no escaping; a test holds them to it.
fn line(
    seconds: u64,
    level: Level,
    event: &'static str,
    fields: &[(&'static str, Field)],
) -> String {
    let mut line = format!(
        "{{\"time\":{seconds},\"level\":\"{}\",\"event\":\"{}\"",
        level.name(),
        event.escape_default()
    );
    for (name, value) in fields {
        let written = match value {
            Field::Number(number) => write!(line, ",\"{name}\":{number}"),
            Field::Word(word) => write!(line, ",\"{name}\":\"{}\"", word.escape_default()),
            Field::Code(code) => {
                write!(line, ",\"{name}\":\"{}\"", code.escape_ascii())
            }
        };
        // Writing into a string does not fail.
        debug_assert!(written.is_ok());
    }
    line.push_str("}\n");
    line
}

#[cfg(test)]
mod tests;
