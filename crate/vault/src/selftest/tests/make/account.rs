//! The golden vault of a browser that belongs to an account, and a server in memory that answers it.

use std::collections::BTreeMap;

use sesame_protocol::account::{
    Chain, ChainLinks, Commit, Committed, ItemRow, Message as _, Pull, Pulled, PulledBucket,
    RowList, Rows as Asked,
};
use sesame_protocol::{Entry, ItemId, KdfId, SignedManifest, bucket_of};

use super::{Maker, hex, some_items};
use crate::selftest::golden::account::Joined;
use crate::testkit::{Disk, Rng, World, password_of};
use crate::{Account, Change, DeviceKey, PullNext, Unlocked};

type Rows = BTreeMap<ItemId, Vec<u8>>;

/// The account as its server has it.
struct Server {
    links: Vec<Vec<u8>>,
    rows: BTreeMap<ItemId, ItemRow>,
}

impl Server {
    fn take(&mut self, body: &[u8]) -> Vec<u8> {
        let commit = Commit::decode(body).unwrap();
        self.links.push(commit.manifest);
        self.rows
            .extend(commit.rows.into_iter().map(|row| (row.id, row)));
        let seq = u64::try_from(self.links.len() - 1).unwrap();
        Committed { seq }.encode()
    }

    fn pull(&self, body: &[u8]) -> Vec<u8> {
        let asked = Pull::decode(body).unwrap();
        let newest = self.links.last().unwrap();
        let signed = SignedManifest::parse(newest).unwrap();
        let hashes = signed.unverified().buckets;
        let entries = |index: u8| {
            let rows = self.rows.values().filter(|row| bucket_of(&row.id) == index);
            rows.map(|row| Entry {
                id: row.id,
                rev: row.rev,
                op: row.op,
                blob_hash: row.blob_hash(),
            })
            .collect()
        };
        let buckets = (0..64u8)
            .filter(|index| asked.buckets[usize::from(*index)] != hashes[usize::from(*index)])
            .map(|index| PulledBucket {
                index,
                entries: entries(index),
            });
        Pulled {
            manifest: newest.clone(),
            header: None,
            buckets: buckets.collect(),
        }
        .encode()
    }

    fn chain(&self, body: &[u8]) -> Vec<u8> {
        let after = usize::try_from(Chain::decode(body).unwrap().after).unwrap();
        let manifests = self.links[after + 1..].to_vec();
        ChainLinks { manifests }.encode()
    }

    fn rows(&self, body: &[u8]) -> Vec<u8> {
        let ids = Asked::decode(body).unwrap().ids;
        let rows = ids.iter().map(|id| self.rows[id].clone()).collect();
        RowList { rows, more: false }.encode()
    }
}

fn bases(disk: &Disk) -> Rows {
    let id = |(id, row): (&String, &Vec<u8>)| (ItemId::parse_hex(id).unwrap(), row.clone());
    disk.bases.iter().map(id).collect()
}

/// As the database does it: of an item's first change it keeps what the account has.
fn keep_bases(before: &Disk, disk: &mut Disk) {
    for (id, row) in &disk.items {
        if before.items.get(id) != Some(row) {
            let base = before.items.get(id).cloned().unwrap_or_default();
            disk.bases.entry(id.clone()).or_insert(base);
        }
    }
}

fn send(world: &mut World, server: &mut Server) {
    let (rows, waiting) = (world.disk.rows(), bases(&world.disk));
    let body = world.run(|open, env| {
        let push = open.push(&rows, &waiting, None, env).unwrap().unwrap();
        (push.commit, push.body)
    });
    let answer = server.take(&body);
    world.run(|open, env| (open.pushed(&answer, env).unwrap().commit, ()));
    assert!(world.disk.bases.is_empty());
}

/// Signs up with what is in the vault, and sends it.
fn sign_up(world: &mut World) -> Server {
    let first = world.open.first_link().unwrap();
    let head = SignedManifest::parse(&first.manifest).unwrap().hash();
    let session = world.session(3, 0, head);
    world.run(|open, env| {
        let device = DeviceKey::make(env.rng).unwrap();
        let account = Account {
            origin: "https://sesame.example".into(),
            email: "ada@example.org".into(),
            cred_id: [5; 32],
            server_key: vec![6; 32],
            ..Account::default()
        };
        let attached = open.attach(account, device, &session, &first, env);
        (attached.unwrap(), ())
    });
    let mut server = Server {
        links: vec![first.manifest],
        rows: BTreeMap::new(),
    };
    // What was given at sign-up is read back before anything is sent (S-11).
    let asked = world.open.pull_body(&bases(&world.disk)).unwrap();
    let mut answer = Pulled::decode(&server.pull(&asked)).unwrap();
    answer.header = Some(first.header);
    let waiting = bases(&world.disk);
    let next = world.open.pulled(&answer.encode(), &waiting).unwrap();
    assert!(matches!(next, PullNext::Apply(_)));
    world.run(|open, env| {
        let applied = open.apply_pulled(&Rows::new(), &waiting, env).unwrap();
        (applied.commit, ())
    });
    send(world, &mut server);
    server
}

fn reopen(maker: &Maker) -> Unlocked {
    let locked = maker.world.disk.load();
    let secret = password_of(&locked, *maker.passwords.last().unwrap());
    let opened = locked.unlock(&secret);
    opened.unwrap_or_else(|refused| panic!("{}", refused.error))
}

pub(super) fn make() {
    let mut maker = Maker::new("account", KdfId::Argon2id64);
    some_items(&mut maker);
    maker.password_secret();
    maker.recovery_secret();
    let mut server = sign_up(&mut maker.world);

    // Another browser goes on by two links: an item that is new, and one that is gone.
    let mut there = Maker {
        world: World {
            rng: Rng::new("account, elsewhere"),
            disk: maker.world.disk.clone(),
            open: reopen(&maker),
            code: maker.world.code.clone(),
            now: maker.world.now,
        },
        text: String::new(),
        passwords: Vec::new(),
    };
    let before = there.world.disk.clone();
    there.item("From elsewhere", |_| {});
    keep_bases(&before, &mut there.world.disk);
    send(&mut there.world, &mut server);
    let before = there.world.disk.clone();
    let id = *maker.world.disk.rows().keys().next().unwrap();
    there.world.run(|open, env| {
        let gone = open.commit_items(vec![Change::Delete { id }], env);
        (gone.unwrap(), ())
    });
    keep_bases(&before, &mut there.world.disk);
    send(&mut there.world, &mut server);

    // Here one waits.
    let before = maker.world.disk.clone();
    maker.item("Not sent yet", |_| {});
    keep_bases(&before, &mut maker.world.disk);

    let mut joined = Joined::default();
    joined.bases = bases(&maker.world.disk);
    let mut open = reopen(&maker);
    let asked = open.pull_body(&joined.bases).unwrap();
    let mut keep = |to: &str, answer: Vec<u8>| drop(joined.answers.insert(to.to_owned(), answer));
    keep("pull", server.pull(&asked));
    let PullNext::Chain(asked) = open
        .pulled(&server.pull(&asked), &bases(&maker.world.disk))
        .unwrap()
    else {
        panic!("two links behind, and no chain is asked for");
    };
    keep("chain", server.chain(&asked));
    let PullNext::Rows(asked) = open.chain(&server.chain(&asked)).unwrap() else {
        panic!("no rows are asked for");
    };
    keep("rows", server.rows(&asked));

    let mut after = reopen(&maker);
    let done = joined.run(&mut after, &maker.world.disk.rows()).unwrap();
    for (id, row) in &joined.bases {
        maker.line(format!("base {id} {}", hex(row)).trim_end());
    }
    for (to, answer) in &joined.answers {
        maker.line(&format!("answer {to} {}", hex(answer)));
    }
    maker.line("expect account https://sesame.example ada@example.org");
    for (what, hash) in &done.requests {
        maker.line(&format!("expect request {what} {}", hex(hash)));
    }
    maker.line(&format!("expect later live {}", after.live()));
    let later = there.text.replace("expect cbor", "expect later");
    maker.text.push_str(&later);
    maker.finish("account");
}
