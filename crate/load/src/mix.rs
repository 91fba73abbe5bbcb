//! Many clients at a time, for a fixed time: what each kind of call takes.

use std::thread;
use std::time::{Duration, Instant};

use sesame_protocol::account::Origin;

use crate::LoadError;
use crate::client::Client;
use crate::mailbox::Mailbox;
use crate::noise::Noise;
use crate::stats::Waits;

/// What a client does, and how often in 100 times.
const MIX: [(Act, u64); 5] = [
    (Act::SignIn, 2),
    (Act::Renew, 18),
    (Act::Pull, 30),
    (Act::Delta, 20),
    (Act::Commit, 30),
];

/// One kind of thing that a client does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// Master password: two requests.
    SignIn,
    /// New session by signatures: two requests.
    Renew,
    /// Nothing new.
    Pull,
    /// One item new: two requests.
    Delta,
    /// One item changed.
    Commit,
}

impl Act {
    const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign in with the password",
            Self::Renew => "new session",
            Self::Pull => "pull, nothing new",
            Self::Delta => "pull, one item new",
            Self::Commit => "commit, one item changed",
        }
    }

    const fn requests(self) -> usize {
        match self {
            Self::SignIn | Self::Renew | Self::Delta => 2,
            Self::Pull | Self::Commit => 1,
        }
    }
}

/// What a run gave.
pub struct Outcome {
    /// Name, calls and their waits.
    pub acts: Vec<(&'static str, Waits)>,
    /// Requests answered.
    pub requests: usize,
    /// How long it took.
    pub took: Duration,
}

/// Signs up clients `0..accounts` and gives each `items` items.
///
/// # Errors
/// The first [`LoadError`] of any client.
pub fn seed(
    origin: &Origin,
    mailbox: &Mailbox,
    accounts: u64,
    items: usize,
    workers: u64,
) -> Result<(), LoadError> {
    each_worker(workers, |worker| {
        let mut number = worker;
        while number < accounts {
            let mut client = Client::new(origin, number)?;
            client.sign_up(mailbox)?;
            client.grow(items)?;
            number = number.saturating_add(workers);
        }
        Ok(())
    })
    .map(drop)
}

/// Has `workers` connections do the mix for the clients `0..accounts`, which exist, for `time`.
///
/// # Errors
/// The first [`LoadError`] of any client: under load everything must work.
pub fn run(
    origin: &Origin,
    accounts: u64,
    workers: u64,
    time: Duration,
) -> Result<Outcome, LoadError> {
    let began = Instant::now();
    let parts = each_worker(workers, |worker| {
        one_worker(origin, accounts, workers, worker, time)
    })?;
    let mut acts: Vec<(&'static str, Waits)> = MIX
        .iter()
        .map(|(act, _)| (act.name(), Waits::default()))
        .collect();
    let mut requests: usize = 0;
    for part in parts {
        for (((_, all), waits), (act, _)) in acts.iter_mut().zip(part).zip(MIX) {
            requests = requests.saturating_add(waits.count().saturating_mul(act.requests()));
            all.join(waits);
        }
    }
    Ok(Outcome {
        acts,
        requests,
        took: began.elapsed(),
    })
}

/// Clients of its own for each worker, so that no two change one vault: what is measured is the
/// server, not the retries.
fn one_worker(
    origin: &Origin,
    accounts: u64,
    workers: u64,
    worker: u64,
    time: Duration,
) -> Result<Vec<Waits>, LoadError> {
    let mut clients: Vec<Client> = Vec::new();
    let mut number = worker;
    while number < accounts {
        clients.push(Client::new(origin, number)?);
        number = number.saturating_add(workers);
    }
    let mut noise = Noise::new(worker.wrapping_add(1 << 32));
    let mut waits: Vec<Waits> = MIX.iter().map(|_| Waits::default()).collect();
    let mut known = vec![false; clients.len()];
    let until = Instant::now().checked_add(time);
    while until.is_some_and(|until| Instant::now() < until) {
        let draw = usize::try_from(noise.draw() >> 33).unwrap_or(0);
        let at = draw.checked_rem(clients.len()).unwrap_or(0);
        let (Some(client), Some(known)) = (clients.get_mut(at), known.get_mut(at)) else {
            break;
        };
        if !*known {
            client.renew()?;
            client.pull()?;
            *known = true;
        }
        let act = drawn(noise.draw() % 100);
        let began = Instant::now();
        match act {
            Act::SignIn => client.sign_in()?,
            Act::Renew => client.renew()?,
            Act::Pull => client.pull()?,
            Act::Delta => client.pull_delta()?,
            Act::Commit => client.edit().map(drop)?,
        }
        let took = began.elapsed();
        if let Some(place) = MIX.iter().position(|(other, _)| *other == act)
            && let Some(waits) = waits.get_mut(place)
        {
            waits.add(took);
        }
    }
    Ok(waits)
}

fn drawn(mut of_100: u64) -> Act {
    for (act, share) in MIX {
        if of_100 < share {
            return act;
        }
        of_100 = of_100.saturating_sub(share);
    }
    Act::Pull
}

/// Runs `work` in `workers` threads and collects what they give.
pub(crate) fn each_worker<T: Send>(
    workers: u64,
    work: impl Fn(u64) -> Result<T, LoadError> + Sync,
) -> Result<Vec<T>, LoadError> {
    let work = &work;
    thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|worker| scope.spawn(move || work(worker)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| LoadError::Worker)?)
            .collect()
    })
}
