//! What a commit of one changed item costs, by the size of the vault around it.

use std::time::Instant;

use sesame_protocol::account::Origin;

use crate::LoadError;
use crate::client::Client;
use crate::mailbox::Mailbox;
use crate::stats::Waits;

/// First number of the clients that are made here.
const FIRST: u64 = 1 << 40;

/// A vault's size, and what one commit to it took.
pub struct Cost {
    /// Items.
    pub items: usize,
    /// Waits of the commits.
    pub waits: Waits,
    /// Bytes of request bodies for one commit.
    pub bytes: u64,
}

/// Makes a vault of each size, then commits to all of them in turns.
///
/// # Errors
/// [`LoadError`].
pub fn measure(
    origin: &Origin,
    mailbox: &Mailbox,
    sizes: &[usize],
    rounds: u32,
) -> Result<Vec<Cost>, LoadError> {
    let mut clients = Vec::new();
    for (number, items) in (FIRST..).zip(sizes) {
        let mut client = Client::new(origin, number)?;
        client.sign_up(mailbox)?;
        client.grow(*items)?;
        let cost = Cost {
            items: *items,
            waits: Waits::default(),
            bytes: 0,
        };
        clients.push((client, cost));
    }
    for _ in 0..rounds {
        for (client, cost) in &mut clients {
            let (before, _) = client.line.bytes;
            let began = Instant::now();
            client.edit()?;
            cost.waits.add(began.elapsed());
            cost.bytes = client.line.bytes.0.saturating_sub(before);
        }
    }
    Ok(clients.into_iter().map(|(_, cost)| cost).collect())
}
