//! Makes the golden files. Run it only to add a new one:
//! `cargo test -p sesame-vault make_golden -- --ignored`. Files that exist are left alone: a
//! golden vault that was committed never changes.

mod account;

use std::fmt::Write as _;
use std::path::Path;

use sesame_protocol::{Header, KdfId, SlotKind, sha256};
use zeroize::Zeroizing;

use crate::item::{CustomField, CustomKind, Item, Kind, MatchMode, OldSecret, Website};
use crate::settings::{LockAfter, Settings};
use crate::testkit::{World, password_of};
use crate::{Change, Env, NewPassword, key};

/// What the golden vaults' master passwords are.
const PHRASE: &[u8] = b"correct horse battery staple";

fn stretch(password: &[u8], kdf: KdfId, salt: &[u8; 32]) -> [u8; 32] {
    let params = argon2::Params::new(kdf.memory_kib(), 3, 4, Some(32)).unwrap();
    let mut out = [0; 32];
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
        .hash_password_into(password, salt, &mut out)
        .unwrap();
    out
}

struct Maker {
    world: World,
    text: String,
    passwords: Vec<[u8; 32]>,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Maker {
    fn new(name: &str, kdf: KdfId) -> Self {
        let salt = sha256(&[name.as_bytes(), b"salt"]);
        let stretched = stretch(PHRASE, kdf, &salt);
        let text = format!("# Golden vault \"{name}\". Password: correct horse battery staple\n");
        Self {
            world: World::with_kdf(name, kdf, stretched),
            text,
            passwords: vec![stretched],
        }
    }

    fn line(&mut self, line: &str) {
        writeln!(self.text, "{line}").unwrap();
    }

    fn item(&mut self, name: &str, change: impl FnOnce(&mut Item)) -> sesame_protocol::ItemId {
        let (device, now) = (self.world.open.device(), self.world.now);
        let id = self.world.open.new_item_id(&mut self.world.rng).unwrap();
        let mut item = Item::new(id, Kind::Login, now, device);
        item.name = name.to_owned();
        item.username = "ada@example.org".into();
        item.password = format!("pw of {name}");
        item.websites = vec![Website {
            url: "https://example.org/".into(),
            mode: MatchMode::Host,
            ..Website::default()
        }];
        change(&mut item);
        self.save(&item);
        id
    }

    fn save(&mut self, item: &Item) {
        let cbor = item.to_cbor();
        self.line(&format!(
            "expect cbor {} {}",
            item.id,
            hex(&sha256(&[&cbor]))
        ));
        let change = Change::Put {
            id: item.id,
            cbor,
            summary: item.name.as_bytes().to_vec(),
        };
        self.world
            .run(|open, env| (open.commit_items(vec![change], env).unwrap(), ()));
    }

    fn password_secret(&mut self) {
        let slot = self
            .world
            .open
            .header()
            .slots_of(SlotKind::Password)
            .next()
            .unwrap()
            .id;
        let stretched = *self.passwords.last().unwrap();
        self.line(&format!("secret password {slot} {}", hex(&stretched)));
    }

    fn recovery_secret(&mut self) {
        let code = self
            .world
            .open
            .pending_recovery()
            .unwrap_or_else(|| self.world.code.clone());
        self.line(&format!("secret recovery {}", *code.display()));
    }

    fn finish(mut self, name: &str) {
        self.line(&format!("expect live {}", self.world.open.live()));
        let disk = self.world.disk.clone();
        for (store, map) in [
            ("vault", &disk.vault),
            ("shard", &disk.shards),
            ("item", &disk.items),
        ] {
            for (key, value) in map {
                self.line(&format!("{store} {key} {}", hex(value)));
            }
        }
        // It opens before it is kept.
        let locked = disk.load();
        let secret = password_of(&locked, *self.passwords.last().unwrap());
        assert!(locked.unlock(&secret).is_ok());
        write(name, &self.text);
    }
}

fn write(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("../../tests/vectors/golden/{name}.txt"));
    if std::fs::metadata(&path).is_ok_and(|file| file.len() > 0) {
        println!("{name}: exists, left alone");
    } else {
        std::fs::write(path, text).unwrap();
    }
}

fn some_items(maker: &mut Maker) {
    maker.item("Example", |_| {});
    maker.item("Diary", |item| {
        item.kind = Kind::Note;
        item.notes = "gr\u{fc}n \u{2013} \u{1f98a}".into();
    });
    maker.item("Everything", |item| {
        item.totp = "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ&digits=8".into();
        item.tags = vec!["work".into(), "caff\u{e8}".into()];
        item.favourite = true;
        item.history.push(OldSecret {
            value: "older".into(),
            replaced: 1,
            ..OldSecret::default()
        });
        let hidden = CustomField {
            name: "PIN".into(),
            kind: CustomKind::Hidden,
            value: "0420".into(),
            ..CustomField::default()
        };
        item.custom.push(hidden);
    });
}

#[test]
#[ignore = "writes the golden files that do not exist yet"]
fn make_golden() {
    for (name, kdf) in [
        ("base", KdfId::Argon2id64),
        ("kdf-2", KdfId::Argon2id128),
        ("kdf-3", KdfId::Argon2id256),
    ] {
        let mut maker = Maker::new(name, kdf);
        some_items(&mut maker);
        maker.password_secret();
        maker.recovery_secret();
        maker.finish(name);
    }

    let mut maker = Maker::new("passkeys", KdfId::Argon2id64);
    maker.recovery_secret();
    maker.world.confirm();
    for (prf, credential, synced) in [
        ([0x51; 32], "bound to this device", false),
        ([0x52; 32], "synced", true),
    ] {
        let slot = maker.world.add_passkey(prf, credential.as_bytes(), synced);
        maker.line(&format!("secret passkey {slot} {}", hex(&prf)));
    }
    some_items(&mut maker);
    maker.password_secret();
    maker.finish("passkeys");

    let mut maker = Maker::new("recovery-successor", KdfId::Argon2id64);
    maker.world.confirm();
    let slot = maker.world.add_passkey([0x53; 32], b"credential", true);
    maker.line(&format!("secret passkey {slot} {}", hex(&[0x53; 32])));
    maker
        .world
        .run(|open, env| (open.replace_recovery(env).unwrap().0, ()));
    maker.recovery_secret();
    maker.password_secret();
    some_items(&mut maker);
    maker.finish("recovery-successor");

    let mut maker = Maker::new("retired-passwords", KdfId::Argon2id64);
    some_items(&mut maker);
    for index in 0..3u8 {
        let old = *maker.passwords.last().unwrap();
        maker.line(&format!("expect retired {index} {}", hex(&old)));
        let salt = sha256(&[b"retired", &[index]]);
        let stretched = stretch(
            &[b"password ", &[b'0' + index][..]].concat(),
            KdfId::Argon2id64,
            &salt,
        );
        let new = NewPassword {
            kdf_id: KdfId::Argon2id64,
            salt,
            stretched: Zeroizing::new(stretched),
            hint: format!("number {index}"),
        };
        maker
            .world
            .run(|open, env| (open.set_password(new, env).unwrap(), ()));
        maker.passwords.push(stretched);
    }
    maker.password_secret();
    maker.recovery_secret();
    maker.finish("retired-passwords");

    let mut maker = Maker::new("tombstones", KdfId::Argon2id64);
    some_items(&mut maker);
    for name in ["gone", "gone too"] {
        let (id, now) = (
            maker.world.open.new_item_id(&mut maker.world.rng).unwrap(),
            maker.world.now,
        );
        let mut item = Item::new(id, Kind::Note, now, maker.world.open.device());
        item.name = name.into();
        let put = Change::Put {
            id,
            cbor: item.to_cbor(),
            summary: vec![],
        };
        maker
            .world
            .run(|open, env| (open.commit_items(vec![put], env).unwrap(), ()));
        maker.world.run(|open, env| {
            (
                open.commit_items(vec![Change::Delete { id }], env).unwrap(),
                (),
            )
        });
    }
    maker.password_secret();
    maker.finish("tombstones");

    let mut maker = Maker::new("large-items", KdfId::Argon2id64);
    for size in [200, 4_000, 5_000, 33_000] {
        maker.item("Long note", |item| item.notes = "long ".repeat(size / 5));
    }
    maker.password_secret();
    maker.finish("large-items");

    let mut maker = Maker::new("many-items", KdfId::Argon2id64);
    for number in 0..150 {
        maker.item(&format!("Site {number}"), |_| {});
    }
    maker.password_secret();
    maker.finish("many-items");

    let mut maker = Maker::new("settings", KdfId::Argon2id64);
    let id = maker.world.open.settings_id();
    let mut settings = Settings {
        lock_after: LockAfter::Fifteen,
        vault_name: "Home".into(),
        ..Settings::default()
    };
    for rev in 1..=2 {
        settings.backup_saved = Some(rev);
        let cbor = settings.to_cbor(&id, rev);
        if rev == 2 {
            maker.line(&format!("expect cbor {id} {}", hex(&sha256(&[&cbor]))));
        }
        let put = Change::Put {
            id,
            cbor,
            summary: vec![],
        };
        maker
            .world
            .run(|open, env| (open.commit_items(vec![put], env).unwrap(), ()));
    }
    maker.password_secret();
    maker.finish("settings");

    let mut maker = Maker::new("newer-reader", KdfId::Argon2id64);
    some_items(&mut maker);
    let mut bytes = maker.world.disk.vault[key::HEADER].clone();
    assert!(Header::parse(&bytes).is_ok());
    bytes[46..48].copy_from_slice(&2u16.to_be_bytes());
    let mut text = "# A header that only reader version 2 may open.\nexpect newer\n".to_owned();
    for name in [key::HEADER, key::HEADER_COPY] {
        writeln!(text, "vault {name} {}", hex(&bytes)).unwrap();
    }
    for name in [key::MANIFEST, key::ANCHOR, key::LOCAL] {
        writeln!(text, "vault {name} {}", hex(&maker.world.disk.vault[name])).unwrap();
    }
    write("newer-reader", &text);

    let mut maker = Maker::new("backup", KdfId::Argon2id64);
    maker.recovery_secret();
    maker.world.confirm();
    let slot = maker.world.add_passkey([0x54; 32], b"credential", true);
    maker.line(&format!("secret passkey {slot} {}", hex(&[0x54; 32])));
    some_items(&mut maker);
    maker.password_secret();
    let rows = maker.world.disk.rows();
    let file = maker
        .world
        .open
        .backup(
            &rows,
            &Env {
                rng: &mut maker.world.rng,
                now: maker.world.now,
            },
        )
        .unwrap();
    maker.line(&format!("expect live {}", maker.world.open.live()));
    maker.line(&format!("backup {}", hex(&file)));
    write("backup", &maker.text);

    account::make();
}

/// The stretched keys in the golden files are really those of the password that they name.
#[test]
fn s24_golden_passwords_are_stretched_as_written() {
    let salt = sha256(&[b"base", b"salt"]);
    let stretched = hex(&stretch(PHRASE, KdfId::Argon2id64, &salt));
    let (_, base) = super::golden::FILES
        .iter()
        .find(|(name, _)| *name == "base")
        .unwrap();
    assert!(base.contains(&stretched));
}
