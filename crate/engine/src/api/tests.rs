//! The boundary types against extension/shared/api.ts: what Rust writes has the keys that
//! TypeScript reads, all of them and no others.

use super::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const API: &str = include_str!("../../../../extension/shared/api.ts");

/// Keys of an interface by whether they may be missing. Nested object types count as one key.
fn keys(interface: &str) -> BTreeMap<String, bool> {
    let head = format!("export interface {interface} {{\n");
    let start = API
        .find(&head)
        .unwrap_or_else(|| panic!("no interface {interface}"))
        + head.len();
    let body = &API[start..start + API[start..].find("\n}").unwrap()];
    let mut keys = BTreeMap::new();
    for line in body.lines() {
        let Some(line) = line
            .strip_prefix("  ")
            .filter(|line| line.starts_with(char::is_alphabetic))
        else {
            continue;
        };
        let name = line.split([':', '?']).next().unwrap();
        keys.insert(name.to_owned(), line[name.len()..].starts_with('?'));
    }
    assert!(!keys.is_empty(), "{interface}");
    keys
}

/// Everything TypeScript expects is there, and nothing else.
fn agrees(interface: &str, value: &impl Serialize) {
    agrees_without(interface, &[], value);
}

/// The same, less keys that the background adds.
fn agrees_without(interface: &str, added: &[&str], value: &impl Serialize) {
    let Value::Object(object) = serde_json::to_value(value).unwrap() else {
        panic!("{interface} is no object")
    };
    let written: BTreeSet<&str> = object.keys().map(String::as_str).collect();
    let expected = keys(interface);
    for (key, optional) in &expected {
        let there = written.contains(key.as_str());
        assert!(
            there || *optional || added.contains(&key.as_str()),
            "{interface}.{key} is not written"
        );
    }
    for key in written {
        assert!(expected.contains_key(key), "{interface} has no key {key}");
    }
}

fn item_view() -> ItemView<'static> {
    ItemView {
        id: String::new(),
        kind: "login",
        name: "",
        username: "",
        has_password: false,
        password_changed_at: None,
        websites: vec![WebsiteView {
            url: "",
            mode: "host",
        }],
        totp: None,
        notes: "",
        custom: vec![CustomView {
            name: "",
            kind: "text",
            value: "",
        }],
        fields: BTreeMap::new(),
        secret_keys: Vec::new(),
        tags: &[],
        favourite: false,
        created_at: 0,
        modified_at: 0,
        deleted_at: None,
        history: Vec::new(),
        others: Vec::new(),
    }
}

fn passkey() -> LockedPasskey {
    LockedPasskey {
        slot_id: String::new(),
        credential_id: String::new(),
        salt: String::new(),
        synced: false,
        backup_eligible: false,
        used_here: false,
        last_used_at: None,
        last_problem: None,
    }
}

fn filling() -> FillingView<'static> {
    FillingView {
        icon: true,
        copy_code: false,
        equivalents: &[],
        built_in_off: &[],
        never: &[],
    }
}

fn slot() -> PasswordSlot {
    PasswordSlot {
        slot_id: String::new(),
        kdf_id: 1,
        salt: String::new(),
    }
}

#[test]
fn items_and_lists() {
    let summary = ItemSummary {
        id: String::new(),
        kind: "login",
        name: "",
        detail: "",
        host: "",
        favourite: false,
        tags: &[],
        has_password: false,
        has_totp: false,
        modified_at: 0,
        deleted_at: None,
        expires: None,
    };
    agrees("ItemSummary", &summary);
    agrees(
        "ListPage",
        &ListPage {
            total: 1,
            offset: 0,
            rows: vec![summary],
        },
    );
    let view = item_view();
    agrees("Website", &view.websites[0]);
    agrees("CustomField", &view.custom[0]);
    agrees("ItemView", &view);
    agrees("ItemEdit", &sesame_vault::item::ItemEdit::default());
    agrees(
        "TotpCode",
        &TotpCode {
            code: String::new(),
            period_seconds: 30,
            expires_at: 0,
            next: String::new(),
        },
    );
    agrees("AuditReport", &sesame_vault::audit::Report::default());
    agrees("ImportReport", &ImportReport::default());
    assert_eq!(
        json!(ImportProblem {
            line: 1,
            reason: "invalid"
        }),
        json!({ "line": 1, "reason": "invalid" })
    );
    assert_eq!(
        json!(GeneratedView {
            value: "x",
            entropy_bits: 1.5
        }),
        json!({ "value": "x", "entropyBits": 1.5 })
    );
    assert_eq!(
        json!(TotpShape {
            digits: 6,
            period_seconds: 30
        }),
        json!({ "digits": 6, "periodSeconds": 30 })
    );
    assert_eq!(
        json!(HistoryView {
            index: 0,
            replaced_at: 1
        }),
        json!({ "index": 0, "replacedAt": 1 })
    );
    // What TypeScript sends is read with the same keys.
    let query =
        r#"{"text":"","in":"bin","kind":"card","tag":"t","favourites":true,"offset":0,"limit":1}"#;
    let query: ListQuery = serde_json::from_str(query).unwrap();
    assert_eq!((query.place, query.favourites), (Place::Bin, Some(true)));
    let known: BTreeSet<String> = keys("ListQuery").into_keys().collect();
    assert_eq!(
        known,
        ["text", "in", "kind", "tag", "favourites", "offset", "limit"]
            .map(String::from)
            .into()
    );
}

#[test]
fn the_vault_as_a_whole() {
    let locked = LockedView {
        password_slots: vec![slot()],
        passkeys: vec![passkey()],
        ..LockedView::default()
    };
    agrees("LockedView", &locked);
    agrees("PasswordSlot", &locked.password_slots[0]);
    agrees("LockedPasskey", &locked.passkeys[0]);
    agrees(
        "RetiredPassword",
        &RetiredPassword {
            index: 0,
            kdf_id: 1,
            salt: String::new(),
            replaced_at: 0,
        },
    );
    let damage = Damage {
        part: "item",
        item_id: Some(String::new()),
        title: Some(String::new()),
        repair: "none",
    };
    agrees("Damage", &damage);
    let key = PasskeyView {
        slot_id: String::new(),
        name: String::new(),
        added_at: 0,
        last_used_at: None,
        backup_eligible: false,
        synced: false,
        used_here: false,
    };
    agrees("PasskeyView", &key);
    let ways = WaysBack {
        password: PasswordWay {
            set_at: 0,
            last_proved_at: None,
        },
        recovery: RecoveryWay {
            exists: true,
            confirmed: false,
            last_proved_at: None,
        },
        passkeys: vec![key],
        backup: BackupWay {
            last_saved_at: None,
        },
        proved_count: 1,
    };
    agrees("WaysBack", &ways);
    assert_eq!(
        json!(ways.password),
        json!({ "setAt": 0, "lastProvedAt": null })
    );
    assert_eq!(json!(ways.backup), json!({ "lastSavedAt": null }));
    let open = OpenView {
        item_count: 0,
        bin_count: 0,
        lock_after: 5,
        ways_back: ways,
        practice_due: false,
        opened_by: Factor::Passkey,
        fresh_until: 0,
        damage: Vec::new(),
    };
    agrees("OpenView", &open);
    agrees(
        "SettingsView",
        &SettingsView {
            lock_after: 5,
            vault_name: "",
            hint: "",
            filling: filling(),
        },
    );
    agrees("FillingSettings", &filling());
    let backup = BackupView {
        vault_name: String::new(),
        saved_at: 0,
        item_count: 0,
        password_set_at: 0,
        hint: String::new(),
        password_slots: vec![slot()],
        recovery: true,
        recovery_created_at: None,
        passkeys: vec![passkey()],
    };
    agrees_without("BackupInfo", &["handle", "sameVault"], &backup);
    assert_eq!(json!(Factor::Recovery), json!("recovery"));
}

/// Every code that can be thrown has its text on the other side (shared/errors.ts).
#[test]
fn every_error_code_is_known() {
    use crate::EngineError;
    use sesame_vault::VaultError;
    let errors = include_str!("../../../../extension/shared/errors.ts");
    let vault = [
        VaultError::Absent,
        VaultError::Damaged,
        VaultError::NewerFormat,
        VaultError::WrongSecret,
        VaultError::NotFound,
        VaultError::Invalid,
        VaultError::TooLarge,
        VaultError::CodeTypo { group: None },
        VaultError::NoRecovery,
        VaultError::SlotsFull,
        VaultError::SlotInUse,
        VaultError::NotBackup,
        VaultError::ReadOnly,
        VaultError::Counter,
        VaultError::KdfTooWeak,
        VaultError::Random,
        VaultError::Internal,
    ];
    let own = [
        EngineError::Locked,
        EngineError::Exists,
        EngineError::NotFresh,
        EngineError::NotFound,
        EngineError::Invalid,
        EngineError::TooLarge,
    ];
    for error in own.into_iter().chain(vault.map(EngineError::Vault)) {
        assert!(errors.contains(&format!("'{}'", error.code())), "{error:?}");
    }
}

#[test]
fn captures() {
    let view = CaptureView {
        verdict: CaptureVerdict::New,
        origin: String::new(),
        host: String::new(),
        name: String::new(),
        username: String::new(),
        generated: false,
        candidates: Vec::new(),
        item_id: None,
    };
    agrees("CaptureView", &view);
    assert_eq!(json!(view.verdict), json!("new"));
}
