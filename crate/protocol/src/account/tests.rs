mod samples;

use super::code::{self, MailCode};
use super::*;
use crate::{AccountId, GenId};
use proptest::prelude::*;

fn reencodes<M: Message>(bytes: &[u8]) -> Result<Vec<u8>, ProtocolError> {
    M::decode(bytes).map(|message| message.encode())
}

type Reencode = fn(&[u8]) -> Result<Vec<u8>, ProtocolError>;

/// One reader for each message.
const READERS: [(&str, Reencode); 50] = [
    ("register-begin", reencodes::<RegisterBegin>),
    ("register-start", reencodes::<RegisterStart>),
    ("register-started", reencodes::<RegisterStarted>),
    ("register-finish", reencodes::<RegisterFinish>),
    ("new-device", reencodes::<NewDevice>),
    ("login-start", reencodes::<LoginStart>),
    ("login-started", reencodes::<LoginStarted>),
    ("login-finish", reencodes::<LoginFinish>),
    ("recover-start", reencodes::<RecoverStart>),
    ("recover-started", reencodes::<RecoverStarted>),
    ("recover-finish", reencodes::<RecoverFinish>),
    ("session-start", reencodes::<SessionStart>),
    ("session-started", reencodes::<SessionStarted>),
    ("session-finish", reencodes::<SessionFinish>),
    ("session", reencodes::<Session>),
    ("pull", reencodes::<Pull>),
    ("pulled", reencodes::<Pulled>),
    ("chain", reencodes::<Chain>),
    ("chain-links", reencodes::<ChainLinks>),
    ("rows", reencodes::<Rows>),
    ("row-list", reencodes::<RowList>),
    ("commit", reencodes::<Commit>),
    ("committed", reencodes::<Committed>),
    ("password-start", reencodes::<PasswordStart>),
    ("password-finish", reencodes::<PasswordFinish>),
    ("account", reencodes::<Account>),
    ("set-hint", reencodes::<SetHint>),
    ("hint-send", reencodes::<HintSend>),
    ("settings", reencodes::<AccountSettings>),
    ("device-remove", reencodes::<DeviceRemove>),
    ("email-begin", reencodes::<EmailBegin>),
    ("email-finish", reencodes::<EmailFinish>),
    ("email-undo", reencodes::<EmailUndo>),
    ("account-delete", reencodes::<AccountDelete>),
    ("erase-at", reencodes::<EraseAt>),
    ("reset-request", reencodes::<ResetRequest>),
    ("reset-start", reencodes::<ResetStart>),
    ("reset-started", reencodes::<ResetStarted>),
    ("reset-finish", reencodes::<ResetFinish>),
    ("undo-start", reencodes::<UndoStart>),
    ("undo-finish", reencodes::<UndoFinish>),
    ("sealed-start", reencodes::<SealedStart>),
    ("sealed-started", reencodes::<SealedStarted>),
    ("sealed-prove", reencodes::<SealedProve>),
    ("grant", reencodes::<Grant>),
    ("sealed-pull", reencodes::<SealedPull>),
    ("sealed-erase", reencodes::<SealedErase>),
    ("sealed-keep", reencodes::<SealedKeep>),
    ("sealed-pulled", reencodes::<SealedPulled>),
    ("refusal", reencodes::<Refusal>),
];

/// S-31: every message reads back to the same bytes; one byte fewer or more is refused.
#[test]
fn s31_every_message_is_exactly_its_length() {
    let samples = samples::all();
    for (name, bytes) in &samples {
        let Some((_, reencode)) = READERS.iter().find(|(known, _)| known == name) else {
            panic!("no reader for {name}");
        };
        assert_eq!(reencode(bytes).as_ref(), Ok(bytes), "{name}");
        for cut in 0..bytes.len() {
            // Long tails of opaque bytes need not be cut at every place.
            if cut < 600 || cut + 8 > bytes.len() {
                assert!(reencode(&bytes[..cut]).is_err(), "{name} cut at {cut}");
            }
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(reencode(&longer).is_err(), "{name} with a byte more");
    }
    for (name, _) in READERS {
        assert!(
            samples.iter().any(|(known, _)| *known == name),
            "no sample of {name}"
        );
    }
}

proptest! {
    /// S-31, S-178: any bytes are read or refused, and what is read has one spelling.
    #[test]
    fn s31_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for (name, reencode) in READERS {
            if let Ok(again) = reencode(&bytes) {
                prop_assert_eq!(&again, &bytes, "{}", name);
            }
        }
    }

    /// S-31: a flipped byte in a real message is read or refused, never misread.
    #[test]
    fn s31_flipped_bytes(place in any::<prop::sample::Index>(), flip in 1u8..) {
        for (name, mut bytes) in samples::all() {
            if bytes.is_empty() {
                continue;
            }
            let at = place.index(bytes.len().min(700));
            bytes[at] ^= flip;
            for (known, reencode) in READERS {
                if known == name && let Ok(again) = reencode(&bytes) {
                    prop_assert_eq!(&again, &bytes, "{}", name);
                }
            }
        }
    }

    #[test]
    fn reset_codes_read_back(token in any::<[u8; 32]>()) {
        let code = code::encode(&token);
        prop_assert_eq!(code.len(), code::RESET_SYMBOLS);
        prop_assert_eq!(code::decode(&code), Ok(token));
        let grouped = code::encode_grouped(&token);
        prop_assert_eq!(code::decode(&grouped.to_lowercase()), Ok(token));
        let link = format!("https://sesame.example/reset#t={code}");
        prop_assert_eq!(code::decode(&link), Ok(token));
    }

    #[test]
    fn tokens_read_back(account in any::<[u8; 16]>(), random in any::<[u8; 32]>()) {
        let token = Token::new(AccountId::from_bytes(account), &random);
        let text = token.to_text();
        prop_assert_eq!(text.len(), 64);
        let again = Token::parse_text(&text).unwrap();
        prop_assert_eq!(again.as_bytes(), token.as_bytes());
        prop_assert_eq!(*again.account().as_bytes(), account);
        prop_assert!(Token::parse_text(&text[1..]).is_none());
        let other = format!("{}+", &text[1..]);
        prop_assert!(Token::parse_text(&other).is_none());
    }
}

/// A known code, so that other clients can be checked.
#[test]
fn reset_code_known_answer() {
    let token: [u8; 32] = core::array::from_fn(|i| u8::try_from(i).unwrap());
    let code = code::encode(&token);
    assert!(code.starts_with("000G40R40M30E209185GR38E1W8124GK2GAHC5RR34D1P70X3RF"));
    assert_eq!(code::decode(&code), Ok(token));
}

/// A wrong symbol is noticed in most cases, a missing or an extra one always.
#[test]
fn mistyped_reset_codes() {
    let code = code::encode(&[7; 32]);
    let mut noticed = 0;
    for place in 0..code.len() {
        let mut typed = code.clone().into_bytes();
        typed[place] = if typed[place] == b'7' { b'8' } else { b'7' };
        noticed += usize::from(code::decode(&String::from_utf8(typed).unwrap()).is_err());
    }
    assert!(noticed > 40, "{noticed}");
    assert!(code::decode(&code[1..]).is_err());
    assert!(code::decode(&format!("{code}0")).is_err());
    assert!(code::decode("").is_err());
    assert!(code::decode(&"0".repeat(5000)).is_err());
    assert!(code::decode(&code.replace('7', "U")).is_err());
}

#[test]
fn mail_codes_forgive_spelling_only() {
    let code = MailCode::parse(" ab1o-i lx9z-y").unwrap();
    assert_eq!(code.as_bytes(), b"AB1011X9ZY");
    assert_eq!(code.grouped(), "AB101-1X9ZY");
    for bad in ["", "ABCDE", "AB1011X9ZYZ", "AB1011X9ZU", "AB1011X9Z\u{e9}"] {
        assert!(MailCode::parse(bad).is_err(), "{bad}");
    }
    // On the wire there is one spelling.
    let mut body = EmailFinish { code }.encode();
    assert!(EmailFinish::decode(&body).is_ok());
    body[1] = b'a';
    assert!(EmailFinish::decode(&body).is_err());
}

/// S-127: one plain address, in one spelling.
#[test]
fn s127_email_grammar() {
    for (typed, canonical) in [
        ("Ada@Example.ORG ", "ada@example.org"),
        ("a.b+c_d@x-y.example", "a.b+c_d@x-y.example"),
        ("me@localhost", "me@localhost"),
    ] {
        assert_eq!(Email::parse(typed).unwrap().as_str(), canonical);
    }
    let long = format!("{}@example.org", "a".repeat(65));
    let longer = format!("a@{}example.org", "abcdefghi.".repeat(25));
    for bad in [
        "",
        "a",
        "@b.c",
        "a@",
        "a@b",
        "a@@b.c",
        "a@b@c.d",
        "a b@c.d",
        "a@b c.d",
        "a@b.c,d@e.f",
        "a@b.c\r\ncc: d@e.f",
        "a@b.c\n",
        "a@b.c\0",
        "\"a\"@b.c",
        "a@[127.0.0.1]",
        "<a@b.c>",
        "a..b@c.d",
        ".a@c.d",
        "a.@c.d",
        "a@.c.d",
        "a@c..d",
        "a@c.d.",
        "a@-c.d",
        "a@c-.d",
        "\u{e0}@b.c",
        "a@\u{131}.com",
        "a@b.c\u{212a}",
        "a;b@c.d",
        "a:b@c.d",
        "a\\b@c.d",
        "a(b)@c.d",
        "a@b.c\t",
        &long,
        &longer,
    ] {
        assert!(Email::parse(bad).is_err(), "{bad:?}");
    }
    // On the wire it must be canonical already.
    let mut body = RecoverStart {
        email: Email::parse("ada@example.org").unwrap(),
    }
    .encode();
    body[1] = b'A';
    assert!(RecoverStart::decode(&body).is_err());
    assert_eq!(
        format!("{:?}", Email::parse("ada@example.org").unwrap()),
        "Email(..)"
    );
}

#[test]
fn origins_as_browsers_write_them() {
    for good in [
        "https://sesame.example",
        "https://sesame.example:8443",
        "http://localhost:8080",
        "http://127.0.0.1:1",
        "http://[::1]:8080",
        "https://[2001:db8::1]",
        "http://a.localhost",
    ] {
        assert_eq!(Origin::parse(good).unwrap().as_str(), good);
    }
    for bad in [
        "",
        "sesame.example",
        "https://",
        "https://Sesame.example",
        "https://sesame.example/",
        "https://sesame.example:443",
        "http://localhost:80",
        "http://sesame.example",
        "ftp://localhost",
        "https://a@b.example",
        "https://a.example:0",
        "https://a.example:08",
        "https://a.example:65536",
        "https://a.example:",
        "https://[2001:DB8::1]",
        "https://[2001:db8:0::1]",
        "https://a..example",
        "http://10.0.0.1",
        "https://a.example?x",
        "http://localhost.example",
    ] {
        assert!(Origin::parse(bad).is_err(), "{bad}");
    }
    let local = Origin::parse("http://127.0.0.1:8080").unwrap();
    assert!(local.is_loopback());
    assert_eq!(local.authority(), "127.0.0.1:8080");
    assert!(
        !Origin::parse("https://sesame.example")
            .unwrap()
            .is_loopback()
    );
}

/// Every code reads back, with the detail that belongs to it and with no other.
#[test]
fn refusals() {
    let change = GenChanged {
        reset_at: 1,
        undo_until: 2,
        erase_at: 3,
        generation: GenId::from_bytes([4; 16]),
    };
    for (place, code) in (1u16..).zip(RefusalCode::ALL) {
        assert_eq!(code.number(), place);
        assert!((400..600).contains(&code.status()));
        let refusal = match code {
            RefusalCode::SlowDown => Refusal::slow_down(60),
            RefusalCode::GenChanged => Refusal::gen_changed(&change),
            RefusalCode::Deleted => Refusal::deleted(9),
            other => other.into(),
        };
        let again = Refusal::decode(&refusal.encode()).unwrap();
        assert_eq!(again, refusal);
        assert_eq!(again.retry_after().is_some(), code == RefusalCode::SlowDown);
        assert_eq!(again.erase_at().is_some(), code == RefusalCode::Deleted);
        assert_eq!(
            again.generation_change(),
            (code == RefusalCode::GenChanged).then(|| change.clone())
        );
    }
    assert!(Refusal::decode(&[0, 0, 0, 0, 0, 0]).is_err());
    assert!(Refusal::decode(&[0, 17, 0, 0, 0, 0]).is_err());
    assert!(Refusal::decode(&[0, 5, 0, 0, 0, 1, 7]).is_err());
    assert!(Refusal::decode(&[0, 10, 0, 0, 0, 0]).is_err());
}

/// Two proofs over the same values are two different things to sign.
#[test]
fn proofs_are_apart() {
    let origin = Origin::parse("https://sesame.example").unwrap();
    let (account, generation) = (AccountId::from_bytes([1; 16]), GenId::from_bytes([2; 16]));
    let device = NewDevice {
        device: crate::DeviceId::from_bytes([3; 16]),
        public_key: [4; 32],
    };
    let inputs = [
        proof::recovery_login(&origin, &account, &[5; 32], 6).unwrap(),
        proof::session(&origin, &account, &generation, &device.device, &[5; 32], 6).unwrap(),
        proof::undo(&origin, &account, &generation, &[5; 32], 6, &device).unwrap(),
        proof::sealed(&origin, &account, &generation, &[5; 32], 6, How::Vault).unwrap(),
        proof::sealed(&origin, &account, &generation, &[5; 32], 6, How::Recovery).unwrap(),
        opaque::context(&origin).unwrap(),
    ];
    for (i, a) in inputs.iter().enumerate() {
        for b in &inputs[i + 1..] {
            assert_ne!(a, b);
        }
    }
    let other = Origin::parse("https://sesame.example:444").unwrap();
    assert_ne!(inputs[5], opaque::context(&other).unwrap());
}
