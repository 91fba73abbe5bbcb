//! Many clients at a time, for a fixed time: what each kind of call takes.

use std::thread;
use std::time::{Duration, Instant};

use sesame_protocol::account::Origin;

use crate::LoadError;
use crate::client::Client;
use crate::mailbox::Mailbox;
use crate::noise::Noise;
use crate::stats::Waits;

/// What clients do, and how often compared with each other.
pub type Mix = [(Act, u64)];

/// What browsers do in a day, of 100 times.
pub const DAY: &Mix = &[
    (Act::SignIn, 2),
    (Act::Renew, 18),
    (Act::Pull, 30),
    (Act::Delta, 20),
    (Act::Commit, 30),
];

/// The part of it that any server has which keeps somebody's records in sync.
pub const SYNC: &Mix = &[(Act::Pull, 30), (Act::Delta, 20), (Act::Commit, 30)];

/// A client that can be told what to do next.
pub trait Simulated: Send {
    /// Gets into the state in which a browser is that worked before.
    ///
    /// # Errors
    /// [`LoadError`].
    fn begin(&mut self) -> Result<(), LoadError>;

    /// Does one thing, and checks what came of it; the number of requests that it took.
    ///
    /// # Errors
    /// [`LoadError`].
    fn act(&mut self, act: Act) -> Result<usize, LoadError>;
}

impl Simulated for Client {
    fn begin(&mut self) -> Result<(), LoadError> {
        self.renew()?;
        self.pull()
    }

    fn act(&mut self, act: Act) -> Result<usize, LoadError> {
        match act {
            Act::SignIn => self.sign_in().map(|()| 2),
            Act::Renew => self.renew().map(|()| 2),
            Act::Pull => self.pull().map(|()| 1),
            Act::Delta => self.pull_delta().map(|()| 2),
            Act::Commit => self.edit().map(|_| 1),
        }
    }
}

/// One kind of thing that a client does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// By master password.
    SignIn,
    /// New session by signatures.
    Renew,
    /// Nothing new.
    Pull,
    /// One item new.
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

/// Has `workers` connections do the `mix` for the clients `0..accounts`, which exist, for `time`.
///
/// # Errors
/// The first [`LoadError`] of any client: under load everything must work.
pub fn run<C: Simulated>(
    mix: &Mix,
    accounts: u64,
    workers: u64,
    time: Duration,
    client: impl Fn(u64) -> Result<C, LoadError> + Sync,
) -> Result<Outcome, LoadError> {
    // Clients of its own for each worker, so that no two change one vault: what is measured is the
    // server, not the retries. All have begun before the time runs.
    let mut clients = each_worker(workers, |worker| {
        let mut own = Vec::new();
        let mut number = worker;
        while number < accounts {
            let mut client = client(number)?;
            client.begin()?;
            own.push(client);
            number = number.saturating_add(workers);
        }
        Ok(own)
    })?;
    let began = Instant::now();
    let parts = thread::scope(|scope| {
        let threads: Vec<_> = (0..)
            .zip(&mut clients)
            .map(|(worker, own)| scope.spawn(move || one_worker(mix, own, worker, time)))
            .collect();
        ended(threads)
    })?;
    let mut acts: Vec<(&'static str, Waits)> = mix
        .iter()
        .map(|(act, _)| (act.name(), Waits::default()))
        .collect();
    let mut requests: usize = 0;
    for (part, sent) in parts {
        requests = requests.saturating_add(sent);
        for ((_, all), waits) in acts.iter_mut().zip(part) {
            all.join(waits);
        }
    }
    Ok(Outcome {
        acts,
        requests,
        took: began.elapsed(),
    })
}

/// The waits of each part of the mix, and the number of requests.
fn one_worker<C: Simulated>(
    mix: &Mix,
    clients: &mut [C],
    worker: u64,
    time: Duration,
) -> Result<(Vec<Waits>, usize), LoadError> {
    let mut noise = Noise::new(worker.wrapping_add(1 << 32));
    let mut waits: Vec<Waits> = mix.iter().map(|_| Waits::default()).collect();
    let mut requests: usize = 0;
    let until = Instant::now().checked_add(time);
    while until.is_some_and(|until| Instant::now() < until) {
        let draw = usize::try_from(noise.draw() >> 33).unwrap_or(0);
        let at = draw.checked_rem(clients.len()).unwrap_or(0);
        let of = drawn(mix, noise.draw());
        let (Some(client), Some((act, _)), Some(of_act)) =
            (clients.get_mut(at), mix.get(of), waits.get_mut(of))
        else {
            break;
        };
        let began = Instant::now();
        requests = requests.saturating_add(client.act(*act)?);
        of_act.add(began.elapsed());
    }
    Ok((waits, requests))
}

/// The place in `mix` that a random number falls on.
fn drawn(mix: &Mix, random: u64) -> usize {
    let all: u64 = mix.iter().map(|(_, share)| share).sum();
    let mut left = random.checked_rem(all).unwrap_or(0);
    for (at, (_, share)) in mix.iter().enumerate() {
        if left < *share {
            return at;
        }
        left = left.saturating_sub(*share);
    }
    0
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
        ended(threads)
    })
}

fn ended<T>(
    threads: Vec<thread::ScopedJoinHandle<'_, Result<T, LoadError>>>,
) -> Result<Vec<T>, LoadError> {
    threads
        .into_iter()
        .map(|thread| thread.join().map_err(|_| LoadError::Worker)?)
        .collect()
}
