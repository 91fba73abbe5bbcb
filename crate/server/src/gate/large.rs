//! Large bodies that are held at once: only so many, and of one account only a few, so that nobody's
//! account keeps the others' out (S-140).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use sesame_protocol::AccountId;
use sesame_protocol::account::RefusalCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use crate::failure::Failure;

/// Of all accounts: 256 MiB of them.
static ALL: Semaphore = Semaphore::const_new(64);
/// Of one account; a browser sends one after the other.
const EACH: usize = 8;
/// Accounts that hold some, or wait for it.
static PARTS: Mutex<BTreeMap<[u8; 16], Weak<Semaphore>>> = Mutex::new(BTreeMap::new());

/// Room for one large body, until it is dropped.
pub(super) struct Room {
    _part: OwnedSemaphorePermit,
    _place: SemaphorePermit<'static>,
}

/// Waits for room for a body of this account, first among its own.
///
/// # Errors
/// `Unavailable`; not as things are, since nothing closes what is waited for.
pub(super) async fn room(account: &AccountId) -> Result<Room, Failure> {
    let part = part(*account.as_bytes()).acquire_owned().await;
    let part = part.map_err(|_| RefusalCode::Unavailable)?;
    let place = ALL.acquire().await.map_err(|_| RefusalCode::Unavailable)?;
    Ok(Room {
        _part: part,
        _place: place,
    })
}

fn part(account: [u8; 16]) -> Arc<Semaphore> {
    let mut parts = PARTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(part) = parts.get(&account).and_then(Weak::upgrade) {
        return part;
    }
    parts.retain(|_, part| part.strong_count() > 0);
    let part = Arc::new(Semaphore::new(EACH));
    parts.insert(account, Arc::downgrade(&part));
    part
}
