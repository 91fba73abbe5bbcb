use super::{MessageError, hear, reset_token, say};
use serde_json::{Value, json};
use sesame_protocol::account::{
    Account, Email, How, Lang, Message, SealedLine, SealedPull, SealedStart, code, opaque,
};
use sesame_protocol::{GenId, ItemId};

fn email() -> Email {
    Email::parse("ada@example.org").expect("an address")
}

#[test]
fn an_address_or_a_code_that_is_none_is_named() {
    let begin = |email: &str| say("registerBegin", &json!({ "email": email, "lang": "it" }));
    assert!(begin(" Ada@Example.ORG ").is_ok());
    for wrong in [
        "",
        "ada",
        "a,b@example.org",
        "ada@example.org\nBcc: x@y.zz",
        "àda@example.org",
    ] {
        assert_eq!(begin(wrong), Err(MessageError::Email), "{wrong:?}");
    }
    let finish = |code: &str| say("emailFinish", &json!({ "code": code }));
    assert!(finish("7kq2m 9dx4t").is_ok());
    assert_eq!(finish("7kq2m"), Err(MessageError::Code));
    let unknown = [
        ("registerBegin", json!([])),
        ("dropAll", json!({})),
        ("setHint", json!({ "hint": 1 })),
    ];
    for (name, fields) in unknown {
        assert_eq!(say(name, &fields), Err(MessageError::Input), "{name}");
    }
}

#[test]
fn sealed_vaults_are_asked_for_as_the_protocol_has_it() {
    let generation = GenId::from_bytes([7; 16]);
    let hex = generation.to_string();
    let start = |how: u8, ke1: Value| {
        say(
            "sealedStart",
            &json!({ "gen": hex, "how": how, "ke1": ke1 }),
        )
    };
    let with = start(1, json!("A".repeat(opaque::KE1 * 4 / 3))).expect("said");
    let read = SealedStart::decode(&with).expect("read");
    assert!(read.how == How::Opaque && read.ke1 == Some(vec![0; opaque::KE1]));
    assert!(
        SealedStart::decode(&start(2, Value::Null).expect("said"))
            .expect("read")
            .ke1
            .is_none()
    );
    assert_eq!(start(1, Value::Null), Err(MessageError::Input));
    assert_eq!(start(9, Value::Null), Err(MessageError::Input));

    let item = ItemId::from_bytes([3; 16]);
    let grant = "A".repeat(43);
    for (after, wanted) in [(Value::Null, None), (json!(item.to_string()), Some(item))] {
        let said = say(
            "sealedPull",
            &json!({ "gen": hex, "grant": grant, "after": after }),
        );
        let read = SealedPull::decode(&said.expect("said")).expect("read");
        assert!(read.after == wanted && read.generation == generation);
    }
}

#[test]
fn a_reset_token_is_taken_from_the_code_and_from_the_link() {
    let token = [0x5a; 32];
    let link = format!("https://sesame.example/reset#t={}", code::encode(&token));
    for text in [code::encode_grouped(&token), link] {
        assert_eq!(reset_token(&text), Ok(token), "{text}");
    }
    assert_eq!(reset_token("1234"), Err(MessageError::Code));
}

#[test]
fn s19_nothing_that_the_server_may_choose_freely_becomes_text() {
    let line = SealedLine {
        generation: GenId::from_bytes([1; 16]),
        sealed_at: u64::MAX,
        erase_at: 0,
        undo_until: 5,
        live: 12,
        fingerprint: [0xab; 8],
    };
    let answer = Account {
        email: email(),
        created: 1,
        hint: "call +1 555 0100 to keep your vault".to_owned(),
        lang: Lang::It,
        sealed_days: 90,
        devices: Vec::new(),
        sealed: vec![line],
        pending_email: None,
        delete_at: 0,
    };
    let heard = hear("account", &answer.encode()).expect("heard");
    assert!(!heard.to_string().contains("555"), "{heard}");
    let sealed = &heard["sealed"][0];
    // A time far out would be an invalid date, and throw where it is shown.
    assert_eq!(sealed["at"], json!(8_640_000_000_000_000_u64));
    assert_eq!(sealed["items"], json!(11), "the settings are no item");
    assert_eq!(sealed["eraseAt"], Value::Null);
    assert_eq!(sealed["fingerprint"], json!("NENT-QAXB"));
    assert_eq!(heard["lang"], json!("it"));
}

#[test]
fn an_answer_that_is_not_this_message_is_the_servers_failure() {
    for name in [
        "registerStarted",
        "loginStarted",
        "session",
        "account",
        "resetStarted",
        "sealedStarted",
        "grant",
        "eraseAt",
    ] {
        for bytes in [&[][..], &[0; 7], &[0xff; 300]] {
            assert_eq!(
                hear(name, bytes).err(),
                Some(MessageError::Answer),
                "{name}"
            );
        }
    }
    assert_eq!(hear("chat", &[]).err(), Some(MessageError::Input));
}
