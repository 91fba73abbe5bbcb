//! Against extension/background/account: every key that TypeScript reads is written.

use super::*;
use serde_json::{Value, json};

const ENGINE_API: &str = include_str!("../../../../../extension/background/account/engine-api.ts");
const SESSION: &str = include_str!("../../../../../extension/background/account/session.ts");

/// Names of an interface's own fields.
fn keys<'a>(source: &'a str, interface: &str) -> Vec<&'a str> {
    let head = format!("export interface {interface} {{\n");
    let start = source
        .find(&head)
        .unwrap_or_else(|| panic!("no interface {interface}"))
        + head.len();
    let body = &source[start..start + source[start..].find("\n}").unwrap()];
    let keys: Vec<&str> = body
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| line.starts_with(char::is_alphabetic))
        .filter_map(|line| line.split([':', '?']).next())
        .collect();
    assert!(keys.len() > 2, "{interface}");
    keys
}

fn writes(source: &str, interface: &str, value: &impl Serialize) {
    let Value::Object(written) = serde_json::to_value(value).unwrap() else {
        panic!("{interface} is no object")
    };
    for key in keys(source, interface) {
        assert!(
            written.contains_key(key),
            "{interface}.{key} is not written"
        );
    }
}

#[test]
fn the_keys_are_those_that_the_background_reads() {
    let view = AccountView {
        server: String::new(),
        email: String::new(),
        mode: "auto",
        state: "reset-elsewhere",
        reason: None,
        last_sync_at: None,
        password_behind: false,
        reset: Some(ResetView {
            at: 1,
            undo_until: 2,
            erase_at: 3,
        }),
        account: String::new(),
        generation: String::new(),
        device: String::new(),
        fingerprint: String::new(),
        cred_id: String::new(),
        server_key: String::new(),
    };
    writes(ENGINE_API, "AccountView", &view);
    let reset = serde_json::to_value(&view).unwrap()["reset"].clone();
    assert_eq!(reset, json!({ "at": 1, "undoUntil": 2, "eraseAt": 3 }));
    let preview = AccountPreview {
        items: 0,
        seq: 0,
        fingerprint: String::new(),
        password_slots: Vec::new(),
        recovery: false,
        passkeys: Vec::new(),
        vault_name: String::new(),
        changed_at: None,
        devices: None,
    };
    writes(ENGINE_API, "AccountPreview", &preview);
    writes(ENGINE_API, "SyncReport", &SyncReport::default());
    let ids = VaultIds {
        account: String::new(),
        generation: String::new(),
        fingerprint: String::new(),
    };
    writes(ENGINE_API, "VaultIds", &ids);
    let session = SessionView {
        token: String::new(),
        ttl: 900,
        head_seq: 0,
        flags: 0,
        server_time: 0,
    };
    writes(SESSION, "SessionView", &session);
}

#[test]
fn inputs_are_read_by_their_keys_and_nothing_may_be_missing() {
    let attach = json!({
        "origin": "https://sesame.example", "email": "a@b.c", "mode": "ask", "deviceName": "Here",
    });
    let read: AttachInput = serde_json::from_value(attach.clone()).unwrap();
    assert_eq!((&*read.mode, &*read.device_name), ("ask", "Here"));
    for key in ["origin", "email", "mode", "deviceName"] {
        let mut less = attach.clone();
        less.as_object_mut().unwrap().remove(key);
        assert!(
            serde_json::from_value::<AttachInput>(less).is_err(),
            "{key}"
        );
    }
    let register = json!({ "email": "a@b.c", "code": "0123456789", "lang": "it", "hint": "" });
    assert!(serde_json::from_value::<RegisterInput>(register).is_ok());
    let generation = json!({
        "account": "00", "vaultName": "", "hint": "", "kdfId": 1, "salt": "",
    });
    assert!(serde_json::from_value::<NewGenerationInput>(generation).is_ok());
}
