//! The same work on a peer: Kinto, Mozilla's server for records in sync, to which Firefox's
//! `storage.sync` sent its encrypted records. One collection is a vault, one record an item.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use sesame_protocol::ENVELOPE_OVERHEAD;
use sesame_protocol::account::Origin;

use crate::LoadError;
use crate::http::Connection;
use crate::mix::{Act, Simulated, each_worker};
use crate::noise::Noise;
use crate::vault::ITEM_PLAIN;

/// What Kinto answers with: the record, as far as a client of this kind needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Record {
    /// When it was changed last, in ms; no two of a collection are alike.
    modified: u64,
    id: String,
}

/// A client of Kinto: a user with a bucket that holds one collection.
pub struct KintoClient {
    name: String,
    authorization: String,
    line: Connection,
    noise: Noise,
    /// Its records, the newest last.
    records: Vec<Record>,
}

impl KintoClient {
    /// Client `number` of the server at `origin`, knowing nothing yet.
    #[must_use]
    pub fn new(origin: &Origin, number: u64) -> Self {
        let name = format!("load{number}");
        let secret = BASE64_STANDARD.encode(format!("{name}:{name}-password"));
        Self {
            authorization: format!(
                "authorization: Basic {secret}\r\ncontent-type: application/json\r\n"
            ),
            line: Connection::new(origin),
            noise: Noise::new(number),
            records: Vec::new(),
            name,
        }
    }

    /// Makes the account, its collection and `items` records.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn sign_up(&mut self, items: usize) -> Result<(), LoadError> {
        let password = json!({ "data": { "password": format!("{}-password", self.name) } });
        let account = format!("/v1/accounts/{}", self.name);
        // It takes no two new accounts, and no two new buckets, at the same moment.
        self.create(&account, &password.to_string())?;
        self.create(&format!("/v1/buckets/{}", self.name), "{}")?;
        let collection = format!("/v1/buckets/{}/collections/vault", self.name);
        self.call("PUT", &collection, "", "{}")?;
        for _ in 0..items {
            let id: String = self.noise.id().map(|byte| format!("{byte:02x}")).concat();
            self.put(&id, "if-none-match: *\r\n")?;
        }
        Ok(())
    }

    fn create(&mut self, path: &str, body: &str) -> Result<(), LoadError> {
        for _ in 0..100 {
            match self.call("PUT", path, "", body) {
                Err(LoadError::Status(409)) => {}
                other => return other.map(drop),
            }
        }
        Err(LoadError::Status(409))
    }

    fn call(
        &mut self,
        method: &str,
        path: &str,
        condition: &str,
        body: &str,
    ) -> Result<Value, LoadError> {
        let headers = format!("{}{condition}", self.authorization);
        let (status, answer) = self.line.send(method, path, &headers, body.as_bytes())?;
        if status != 200 && status != 201 {
            return Err(LoadError::Status(status));
        }
        serde_json::from_slice(&answer).map_err(|_| LoadError::Answer)
    }

    fn put(&mut self, id: &str, condition: &str) -> Result<Record, LoadError> {
        let mut row = [0; ITEM_PLAIN + ENVELOPE_OVERHEAD];
        self.noise.fill(&mut row);
        let body = json!({ "data": { "row": BASE64_STANDARD.encode(row) } }).to_string();
        let path = format!("/v1/buckets/{}/collections/vault/records/{id}", self.name);
        let answer = self.call("PUT", &path, condition, &body)?;
        answer.get("data").and_then(record).ok_or(LoadError::Answer)
    }

    /// The records that were changed after `since`, the newest last.
    fn changed(&mut self, since: u64) -> Result<Vec<Record>, LoadError> {
        let path = format!(
            "/v1/buckets/{}/collections/vault/records?_since=%22{since}%22&_sort=last_modified",
            self.name
        );
        let answer = self.call("GET", &path, "", "")?;
        let rows = answer.get("data").and_then(Value::as_array);
        rows.and_then(|rows| rows.iter().map(record).collect())
            .ok_or(LoadError::Answer)
    }

    /// What came last, or came before as many others.
    fn seen(&self, before: usize) -> u64 {
        let newest = self.records.iter().rev().nth(before);
        newest.map_or(0, |record| record.modified)
    }

    fn edit(&mut self) -> Result<(), LoadError> {
        let draw = usize::try_from(self.noise.draw() >> 33).unwrap_or(0);
        let at = draw
            .checked_rem(self.records.len())
            .ok_or(LoadError::Answer)?;
        let old = self.records.remove(at);
        let condition = format!("if-match: \"{}\"\r\n", old.modified);
        let new = self.put(&old.id, &condition)?;
        self.records.push(new);
        Ok(())
    }
}

fn record(row: &Value) -> Option<Record> {
    Some(Record {
        modified: row.get("last_modified")?.as_u64()?,
        id: row.get("id")?.as_str()?.to_owned(),
    })
}

impl Simulated for KintoClient {
    fn begin(&mut self) -> Result<(), LoadError> {
        self.records = self.changed(0)?;
        Ok(())
    }

    fn act(&mut self, act: Act) -> Result<usize, LoadError> {
        let (since, new) = match act {
            Act::Commit => return self.edit().map(|()| 1),
            Act::Delta => (self.seen(1), self.records.len().min(1)),
            // Its password goes along with each request: there is nothing to renew.
            Act::Pull | Act::SignIn | Act::Renew => (self.seen(0), 0),
        };
        if self.changed(since)?.len() == new {
            Ok(1)
        } else {
            Err(LoadError::Answer)
        }
    }
}

/// Signs up clients `0..accounts` and gives each `items` records.
///
/// # Errors
/// The first [`LoadError`] of any client.
pub fn seed(origin: &Origin, accounts: u64, items: usize, workers: u64) -> Result<(), LoadError> {
    each_worker(workers, |worker| {
        let mut number = worker;
        while number < accounts {
            KintoClient::new(origin, number).sign_up(items)?;
            number = number.saturating_add(workers);
        }
        Ok(())
    })
    .map(drop)
}
