//! Every body that the account server and Sesame take from each other (S-31): no panic, and what
//! is read has one spelling.
#![no_main]

use sesame_protocol::account::{
    Account, AccountDelete, AccountSettings, Chain, ChainLinks, Commit, Committed, DeviceRemove,
    EmailBegin, EmailFinish, EmailUndo, EraseAt, Grant, HintSend, LoginFinish, LoginStart,
    LoginStarted, Message, NewDevice, PasswordFinish, PasswordStart, Pull, Pulled, RecoverFinish,
    RecoverStart, RecoverStarted, Refusal, RegisterBegin, RegisterFinish, RegisterStart,
    RegisterStarted, ResetFinish, ResetRequest, ResetStart, ResetStarted, RowList, Rows, SealedErase,
    SealedKeep, SealedProve, SealedPull, SealedPulled, SealedStart, SealedStarted, Session,
    SessionFinish, SessionStart, SessionStarted, SetHint, UndoFinish, UndoStart,
};

fn read<M: Message>(bytes: &[u8]) {
    if let Ok(message) = M::decode(bytes) {
        assert_eq!(message.encode(), bytes);
    }
}

macro_rules! all {
    ($bytes:ident: $($message:ty),* $(,)?) => { $(read::<$message>($bytes);)* };
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    all!(bytes: Account, AccountDelete, AccountSettings, Chain, ChainLinks, Commit, Committed,
        DeviceRemove, EmailBegin, EmailFinish, EmailUndo, EraseAt, Grant, HintSend, LoginFinish,
        LoginStart, LoginStarted, NewDevice, PasswordFinish, PasswordStart, Pull, Pulled,
        RecoverFinish, RecoverStart, RecoverStarted, Refusal, RegisterBegin, RegisterFinish,
        RegisterStart, RegisterStarted, ResetFinish, ResetRequest, ResetStart, ResetStarted, RowList,
        Rows, SealedErase, SealedKeep, SealedProve, SealedPull, SealedPulled, SealedStart,
        SealedStarted, Session, SessionFinish, SessionStart, SessionStarted, SetHint, UndoFinish,
        UndoStart);
});
