//! The program's commands.

mod start;
mod tend;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use lexopt::Arg::{Long, Short, Value};
use thiserror::Error;

use crate::config::{self, Config, Settings};
use crate::failure::Failure;

pub use start::{Ready, open, serve};

/// Why a command did not do its work; written to standard error.
#[derive(Debug, Error)]
pub enum CommandError {
    /// The command line can't be understood.
    #[error("{0}; see sesame-server --help")]
    Line(#[from] lexopt::Error),
    /// Settings are wrong.
    #[error("the settings are not right:\n  {}", .0.join("\n  "))]
    Settings(Vec<String>),
    /// Anything else, in words.
    #[error("{0}")]
    Words(String),
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> Self {
        Self::Words(failure.to_string())
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        Self::Words(error.to_string())
    }
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Command {
    Help,
    Version,
    Serve,
    Migrate,
    Check,
    Backup(PathBuf),
    Restore(PathBuf),
    Export(String, PathBuf),
    Delete(String, bool),
}

/// The command line.
#[derive(Debug)]
struct Line {
    config: Option<PathBuf>,
    command: Command,
}

const HEAD: &str = "\
sesame-server: the account server of the Sesame password manager

Usage: sesame-server [--config FILE] COMMAND

Commands:
  serve      Answer requests until SIGTERM or SIGINT (migrates the database first)
  migrate    Bring the database to this program's version
  check      Say in words what is wrong with settings, files and database, and verify every vault
  backup FILE
             Write all accounts to a new file, while the server runs
  restore FILE
             Read a backup into an empty database, SQLite or PostgreSQL, whichever it came from
  export-account ADDRESS FILE
             Write everything the server has of one account, in JSON
  delete-account ADDRESS --yes
             Erase an account at once

Options:
  --config FILE   Settings in TOML (also SESAME_CONFIG)
  --help          This text
  --version       The version

Settings, in the file and in the environment, which goes over the file:
";

fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Line, lexopt::Error> {
    let mut parser = lexopt::Parser::from_iter(arguments);
    let (mut config, mut words, mut sure) = (None, Vec::new(), false);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => words = vec!["help".into()],
            Long("version") | Short('V') => words = vec!["version".into()],
            Long("config") | Short('c') => config = Some(parser.value()?.into()),
            Long("yes") => sure = true,
            Value(word) => words.push(word),
            other => return Err(other.unexpected()),
        }
    }
    let command = command(&words, sure)
        .ok_or_else(|| lexopt::Error::from("a command is missing, or is not written like that"))?;
    Ok(Line { config, command })
}

fn command(words: &[OsString], sure: bool) -> Option<Command> {
    let (name, rest) = words.split_first()?;
    Some(match (name.to_str()?, rest, sure) {
        ("help", _, _) => Command::Help,
        ("version", _, _) => Command::Version,
        ("serve", [], false) => Command::Serve,
        ("migrate", [], false) => Command::Migrate,
        ("check", [], false) => Command::Check,
        ("backup", [file], false) => Command::Backup(file.into()),
        ("restore", [file], false) => Command::Restore(file.into()),
        ("export-account", [email, file], false) => {
            Command::Export(email.to_str()?.to_owned(), file.into())
        }
        ("delete-account", [email], sure) => Command::Delete(email.to_str()?.to_owned(), sure),
        _ => return None,
    })
}

/// Settings from the file, if one is named, and the environment.
fn settings(file: Option<&Path>) -> Result<Config, CommandError> {
    let mut settings = Settings::default();
    let named = std::env::var_os("SESAME_CONFIG").map(PathBuf::from);
    if let Some(path) = file.or(named.as_deref()) {
        let text = std::fs::read_to_string(path)
            .map_err(|error| CommandError::Words(format!("{}: {error}", path.display())))?;
        settings.file(path, &text);
    }
    settings.environment(
        std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }),
    );
    settings.understand().map_err(CommandError::Settings)
}

/// Runs the command line.
///
/// # Errors
/// What went wrong, in words.
pub async fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<(), CommandError> {
    let line = parse(arguments)?;
    match line.command {
        Command::Help => return say(&format!("{HEAD}{}", config::help())),
        Command::Version => {
            return say(concat!("sesame-server ", env!("CARGO_PKG_VERSION"), "\n"));
        }
        _ => {}
    }
    let config = settings(line.config.as_deref())?;
    match line.command {
        Command::Serve => serve(config).await,
        Command::Migrate => migrate(&config).await,
        Command::Check => tend::check(&config).await,
        Command::Backup(file) => tend::back_up(&config, &file).await,
        Command::Restore(file) => tend::restore(&config, &file).await,
        Command::Export(email, file) => tend::export(&config, &email, &file).await,
        Command::Delete(email, sure) => tend::delete(&config, &email, sure).await,
        Command::Help | Command::Version => Ok(()),
    }
}

async fn migrate(config: &Config) -> Result<(), CommandError> {
    let db = start::database(config).await?;
    let taken = db.migrate().await?;
    let version = db.version().await?;
    db.close().await;
    say(&format!(
        "{taken} steps taken; the database is at version {version}\n"
    ))
}

fn say(text: &str) -> Result<(), CommandError> {
    Ok(std::io::stdout().lock().write_all(text.as_bytes())?)
}

#[cfg(test)]
mod tests;
