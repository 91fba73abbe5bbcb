//! `sesame-load`: see `--help`. Answers are JSON on standard output.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use serde_json::{Value, json};
use sesame_load::client::Client;
use sesame_load::kinto::{self, KintoClient};
use sesame_load::mailbox::Mailbox;
use sesame_load::stats::Waits;
use sesame_load::{LoadError, crash, fill, mix, sizes};
use sesame_protocol::account::Origin;

const USAGE: &str = "usage: sesame-load COMMAND ORIGIN MAIL-PORT CLIENTS WORKERS [SECONDS or ITEMS]

  seed     sign up CLIENTS clients with ITEMS items each, WORKERS at a time
  run      have them work for SECONDS
  sync     the same without signing in: pull and commit only
  sizes    commits to vaults of 10, 1,000 and 10,000 items
  kinto-seed, kinto-sync   seed and sync at a Kinto server
  fill     is called as `fill DATABASE-URL COPIES`: copies of the first account into the
           database of a stopped server
  prepare  sign up CLIENTS clients for the crash test
  commit   commit for all CLIENTS at a time until the server is gone; a line for each answer
  compare  read such lines from standard input, and compare with what the server has

The server at ORIGIN sends its mails to 127.0.0.1:MAIL-PORT, where this program listens.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [command, url, copies] if command == "fill" => copies
            .parse()
            .map_err(|_| usage())
            .and_then(|copies| fill::fill(url, copies).map(|()| Value::Null)),
        _ => match Task::parse(&arguments) {
            Some(task) => task.run(),
            None => Err(usage()),
        },
    };
    match done {
        Ok(Value::Null) => ExitCode::SUCCESS,
        Ok(answer) => finish(&mut io::stdout(), &format!("{answer}\n"), ExitCode::SUCCESS),
        Err(error) => finish(
            &mut io::stderr(),
            &format!("sesame-load: {error}\n"),
            ExitCode::FAILURE,
        ),
    }
}

fn finish(out: &mut dyn Write, text: &str, code: ExitCode) -> ExitCode {
    if out.write_all(text.as_bytes()).is_ok() {
        code
    } else {
        ExitCode::FAILURE
    }
}

struct Task {
    command: String,
    origin: Origin,
    mail_port: u16,
    clients: u64,
    workers: u64,
    extra: u32,
}

impl Task {
    fn parse(arguments: &[String]) -> Option<Self> {
        let [command, origin, mail_port, clients, workers, rest @ ..] = arguments else {
            return None;
        };
        Some(Self {
            command: command.clone(),
            origin: Origin::parse(origin).ok()?,
            mail_port: mail_port.parse().ok()?,
            clients: clients.parse().ok()?,
            workers: workers.parse().ok()?,
            extra: rest.first().map_or(Some(0), |text| text.parse().ok())?,
        })
    }

    fn run(&self) -> Result<Value, LoadError> {
        let Self {
            origin,
            clients,
            workers,
            ..
        } = self;
        let mailbox = || Mailbox::listen(self.mail_port);
        match self.command.as_str() {
            "seed" => {
                mix::seed(origin, &mailbox()?, *clients, self.items(), *workers)?;
                Ok(Value::Null)
            }
            "run" => Ok(outcome(&self.work(mix::DAY)?)),
            "sync" => Ok(outcome(&self.work(mix::SYNC)?)),
            "kinto-seed" => {
                kinto::seed(origin, *clients, self.items(), *workers)?;
                Ok(Value::Null)
            }
            "kinto-sync" => {
                let client = |number| Ok(KintoClient::new(origin, number));
                Ok(outcome(&mix::run(
                    mix::SYNC,
                    *clients,
                    *workers,
                    self.time(),
                    client,
                )?))
            }
            "sizes" => {
                let costs = sizes::measure(origin, &mailbox()?, &[10, 1000, 10_000], 200)?;
                Ok(costs.iter().map(cost).collect())
            }
            "prepare" => {
                crash::prepare(origin, &mailbox()?, *clients)?;
                Ok(Value::Null)
            }
            "commit" => {
                crash::commit_until_it_breaks(origin, *clients, io::stdout())?;
                Ok(Value::Null)
            }
            "compare" => {
                let lines = io::read_to_string(io::stdin())?;
                let (acknowledged, ahead) = crash::compare(origin, *clients, &lines)?;
                Ok(json!({ "acknowledged": acknowledged, "ahead": ahead }))
            }
            _ => Err(usage()),
        }
    }

    fn work(&self, mix: &mix::Mix) -> Result<mix::Outcome, LoadError> {
        let client = |number| Client::new(&self.origin, number);
        mix::run(mix, self.clients, self.workers, self.time(), client)
    }

    fn time(&self) -> Duration {
        Duration::from_secs(u64::from(self.extra))
    }

    fn items(&self) -> usize {
        usize::try_from(self.extra).unwrap_or(0)
    }
}

fn usage() -> LoadError {
    io::Error::new(io::ErrorKind::InvalidInput, USAGE).into()
}

fn waits(waits: &Waits) -> Value {
    json!({ "count": waits.count(), "p50": waits.percentile(50), "p99": waits.percentile(99) })
}

fn outcome(outcome: &mix::Outcome) -> Value {
    let acts: Vec<Value> = outcome
        .acts
        .iter()
        .map(|(name, of)| json!({ "name": name, "waits": waits(of) }))
        .collect();
    json!({ "seconds": outcome.took.as_secs_f64(), "requests": outcome.requests, "acts": acts })
}

fn cost(cost: &sizes::Cost) -> Value {
    json!({ "items": cost.items, "bytes": cost.bytes, "waits": waits(&cost.waits) })
}
