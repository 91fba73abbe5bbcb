//! What a person types or a browser sends as text: addresses, origins, codes, tokens (S-127).
#![no_main]

use sesame_protocol::account::code::{self, MailCode};
use sesame_protocol::account::{Email, Origin, Token};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(email) = Email::parse(text) {
        let kept = email.as_str();
        assert!(Email::parse(kept).is_ok_and(|again| again == email));
        assert_eq!(kept.matches('@').count(), 1);
        let plain = |byte: u8| byte.is_ascii_graphic() && !b",;:<>()[]\\\" ".contains(&byte);
        assert!(kept.bytes().all(plain));
    }
    if let Ok(origin) = Origin::parse(text) {
        assert_eq!(origin.as_str(), text);
        assert!(text.starts_with("https://") || origin.is_loopback());
    }
    if let Ok(token) = code::decode(text) {
        assert!(code::decode(&code::encode(&token)) == Ok(token));
        assert!(code::decode(&code::encode_grouped(&token)) == Ok(token));
    }
    if let Ok(code) = MailCode::parse(text) {
        assert!(MailCode::parse(&code.grouped()).is_ok_and(|again| again.as_bytes() == code.as_bytes()));
    }
    if let Some(token) = Token::parse_text(text) {
        assert_eq!(token.to_text(), text);
    }
});
