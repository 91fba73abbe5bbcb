//! One valid body of every message.

mod rest;

use super::super::code::MailCode;
use super::super::*;
use crate::{
    AccountId, BUCKETS, DeviceId, ENVELOPE_OVERHEAD, Entry, GenId, ItemId, MANIFEST_LEN, Op,
};

fn email() -> Email {
    Email::parse("ada@example.org").unwrap()
}

fn account() -> AccountId {
    AccountId::from_bytes([1; 16])
}

fn generation() -> GenId {
    GenId::from_bytes([2; 16])
}

fn device() -> NewDevice {
    NewDevice {
        device: DeviceId::from_bytes([3; 16]),
        public_key: [4; 32],
    }
}

fn code() -> MailCode {
    MailCode::parse("AB1011X9ZY").unwrap()
}

fn row(first: u8) -> ItemRow {
    ItemRow {
        id: ItemId::from_bytes([first; 16]),
        rev: 9,
        op: Op::Put,
        blob: vec![5; ENVELOPE_OVERHEAD],
    }
}

fn commit() -> Commit {
    Commit {
        generation: generation(),
        epoch: 3,
        manifest: vec![6; MANIFEST_LEN],
        header: Some(vec![7; 40]),
        recovery_key: Some([8; 32]),
        rows: vec![row(1), row(2)],
    }
}

fn signing_up() -> Vec<(&'static str, Vec<u8>)> {
    let lang = Lang::It;
    vec![
        ("new-device", device().encode()),
        (
            "register-begin",
            RegisterBegin {
                email: email(),
                lang,
            }
            .encode(),
        ),
        (
            "register-start",
            RegisterStart {
                email: email(),
                code: code(),
                request: vec![1; 32],
            }
            .encode(),
        ),
        (
            "register-started",
            RegisterStarted {
                cred_id: [1; 32],
                response: vec![2; 64],
            }
            .encode(),
        ),
        (
            "register-finish",
            RegisterFinish {
                email: email(),
                code: code(),
                lang,
                hint: "\u{e8} la solita".to_owned(),
                account: account(),
                generation: generation(),
                upload: vec![3; 192],
                recovery_key: None,
                device: device(),
                header: vec![7; 50],
                manifest: vec![6; MANIFEST_LEN],
            }
            .encode(),
        ),
    ]
}

fn signing_in() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        (
            "login-start",
            LoginStart {
                email: email(),
                ke1: vec![1; 96],
            }
            .encode(),
        ),
        (
            "login-started",
            LoginStarted {
                login_id: [1; 16],
                cred_id: [2; 32],
                ke2: vec![3; 320],
            }
            .encode(),
        ),
        (
            "login-finish",
            LoginFinish {
                login_id: [1; 16],
                ke3: vec![2; 64],
                device: device(),
            }
            .encode(),
        ),
        ("recover-start", RecoverStart { email: email() }.encode()),
        (
            "recover-started",
            RecoverStarted {
                account: account(),
                nonce: [1; 32],
                exp: 2,
            }
            .encode(),
        ),
        (
            "recover-finish",
            RecoverFinish {
                account: account(),
                nonce: [1; 32],
                exp: 2,
                signature: [3; 64],
                device: device(),
            }
            .encode(),
        ),
        (
            "session-start",
            SessionStart {
                account: account(),
                device: device().device,
            }
            .encode(),
        ),
        (
            "session-started",
            SessionStarted {
                nonce: [1; 32],
                exp: 2,
            }
            .encode(),
        ),
        (
            "session-finish",
            SessionFinish {
                account: account(),
                generation: generation(),
                device: device().device,
                nonce: [1; 32],
                device_signature: [2; 64],
                vault_signature: [3; 64],
            }
            .encode(),
        ),
        (
            "session",
            Session {
                token: Token::new(account(), &[9; 32]),
                ttl: 900,
                account: account(),
                generation: generation(),
                epoch: 4,
                head_seq: 5,
                head_hash: [6; 32],
                flags: SESSION_UNDO,
                server_time: 7,
            }
            .encode(),
        ),
    ]
}

fn syncing() -> Vec<(&'static str, Vec<u8>)> {
    let entry = Entry {
        id: ItemId::from_bytes([4; 16]),
        rev: 1,
        op: Op::Delete,
        blob_hash: [1; 32],
    };
    vec![
        (
            "pull",
            Pull {
                generation: generation(),
                epoch: 1,
                header_hash: [2; 32],
                buckets: [[3; 32]; BUCKETS],
            }
            .encode(),
        ),
        (
            "pulled",
            Pulled {
                manifest: vec![6; MANIFEST_LEN],
                header: None,
                buckets: vec![
                    PulledBucket {
                        index: 0,
                        entries: Vec::new(),
                    },
                    PulledBucket {
                        index: 1,
                        entries: vec![entry],
                    },
                ],
            }
            .encode(),
        ),
        (
            "chain",
            Chain {
                generation: generation(),
                after: 1,
                limit: 512,
            }
            .encode(),
        ),
        (
            "chain-links",
            ChainLinks {
                manifests: vec![vec![6; MANIFEST_LEN]; 2],
            }
            .encode(),
        ),
        (
            "rows",
            Rows {
                generation: generation(),
                ids: vec![row(1).id, row(2).id],
            }
            .encode(),
        ),
        (
            "row-list",
            RowList {
                rows: vec![row(1), row(2)],
                more: true,
            }
            .encode(),
        ),
        ("commit", commit().encode()),
        ("committed", Committed { seq: 7 }.encode()),
        (
            "password-start",
            PasswordStart {
                request: vec![1; 32],
            }
            .encode(),
        ),
        (
            "password-finish",
            PasswordFinish {
                upload: vec![1; 192],
                commit: commit(),
                sign_out_others: true,
            }
            .encode(),
        ),
    ]
}

/// Every message with its name.
pub(super) fn all() -> Vec<(&'static str, Vec<u8>)> {
    [
        signing_up(),
        signing_in(),
        syncing(),
        rest::administering(),
        rest::resetting(),
    ]
    .concat()
}
