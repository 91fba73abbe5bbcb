//! Bodies about the account itself, resets and sealed generations.

use super::*;

pub(super) fn administering() -> Vec<(&'static str, Vec<u8>)> {
    let lang = Lang::En;
    let line = DeviceLine {
        device: device().device,
        created: 1,
        last_used: 2,
        current: true,
    };
    let sealed = SealedLine {
        generation: generation(),
        sealed_at: 1,
        erase_at: 2,
        undo_until: 0,
        live: 3,
        fingerprint: [4; 8],
    };
    let account = Account {
        email: email(),
        created: 1,
        hint: "the usual".to_owned(),
        lang,
        sealed_days: 90,
        devices: vec![line],
        sealed: vec![sealed],
        pending_email: Some(email()),
        delete_at: 0,
    };
    vec![
        ("account", account.encode()),
        (
            "set-hint",
            SetHint {
                hint: String::new(),
            }
            .encode(),
        ),
        (
            "hint-send",
            HintSend {
                email: email(),
                lang,
            }
            .encode(),
        ),
        (
            "settings",
            AccountSettings {
                lang,
                sealed_days: 30,
            }
            .encode(),
        ),
        (
            "device-remove",
            DeviceRemove {
                device: device().device,
            }
            .encode(),
        ),
        ("email-begin", EmailBegin { email: email() }.encode()),
        ("email-finish", EmailFinish { code: code() }.encode()),
        ("email-undo", EmailUndo { token: [1; 32] }.encode()),
        ("account-delete", AccountDelete { email: email() }.encode()),
        ("erase-at", EraseAt { erase_at: 1 }.encode()),
        ("refusal", Refusal::slow_down(5).encode()),
    ]
}

pub(super) fn resetting() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        (
            "reset-request",
            ResetRequest {
                email: email(),
                lang: Lang::En,
            }
            .encode(),
        ),
        (
            "reset-start",
            ResetStart {
                token: [1; 32],
                request: vec![2; 32],
            }
            .encode(),
        ),
        (
            "reset-started",
            ResetStarted {
                account: account(),
                cred_id: [1; 32],
                response: vec![2; 64],
                email: email(),
                undo_days: 14,
                sealed_days: 90,
            }
            .encode(),
        ),
        (
            "reset-finish",
            ResetFinish {
                token: [1; 32],
                generation: generation(),
                hint: "new".to_owned(),
                upload: vec![2; 192],
                recovery_key: Some([3; 32]),
                device: device(),
                header: vec![4; 60],
                manifest: vec![6; MANIFEST_LEN],
            }
            .encode(),
        ),
        (
            "undo-start",
            UndoStart {
                account: account(),
                generation: generation(),
            }
            .encode(),
        ),
        (
            "undo-finish",
            UndoFinish {
                account: account(),
                generation: generation(),
                nonce: [1; 32],
                vault_signature: [2; 64],
                device: device(),
            }
            .encode(),
        ),
        (
            "sealed-start",
            SealedStart {
                generation: generation(),
                how: How::Opaque,
                ke1: Some(vec![1; 96]),
            }
            .encode(),
        ),
        (
            "sealed-started",
            SealedStarted {
                nonce: [1; 32],
                exp: 2,
                login_id: [3; 16],
                cred_id: [4; 32],
                ke2: Vec::new(),
            }
            .encode(),
        ),
        (
            "grant",
            Grant {
                grant: [1; 32],
                until: 2,
            }
            .encode(),
        ),
        (
            "sealed-pull",
            SealedPull {
                generation: generation(),
                grant: [1; 32],
                after: Some(row(1).id),
            }
            .encode(),
        ),
        (
            "sealed-erase",
            SealedErase {
                generation: generation(),
            }
            .encode(),
        ),
        (
            "sealed-keep",
            SealedKeep {
                generation: generation(),
            }
            .encode(),
        ),
        (
            "sealed-prove",
            SealedProve {
                generation: generation(),
                how: How::Vault,
                login_id: [1; 16],
                nonce: [2; 32],
                proof: vec![3; 64],
            }
            .encode(),
        ),
        (
            "sealed-pulled",
            SealedPulled {
                header: vec![4; 60],
                manifest: vec![6; MANIFEST_LEN],
                rows: vec![row(1)],
                more: false,
            }
            .encode(),
        ),
    ]
}
