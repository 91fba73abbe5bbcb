use super::*;
use proptest::prelude::*;

/// RFC 6238, appendix B: three algorithms at six moments, 8 digits (S-184).
#[test]
fn s184_all_18_rfc_vectors() {
    let seed = |len: usize| "1234567890".bytes().cycle().take(len).collect::<Vec<u8>>();
    let times = [
        59,
        1_111_111_109,
        1_111_111_111,
        1_234_567_890,
        2_000_000_000,
        20_000_000_000,
    ];
    let table = [
        (
            Algorithm::Sha1,
            20,
            [
                "94287082", "07081804", "14050471", "89005924", "69279037", "65353130",
            ],
        ),
        (
            Algorithm::Sha256,
            32,
            [
                "46119246", "68084774", "67062674", "91819424", "90698825", "77737706",
            ],
        ),
        (
            Algorithm::Sha512,
            64,
            [
                "90693936", "25091201", "99943326", "93441116", "38618901", "47863826",
            ],
        ),
    ];
    for (algorithm, len, codes) in table {
        let totp = Totp::new(seed(len), algorithm, 8, 30).unwrap();
        for (time, code) in times.into_iter().zip(codes) {
            assert_eq!(totp.code(time), code, "{algorithm:?} at {time}");
        }
    }
}

#[test]
fn a_code_is_current_until_the_period_ends() {
    let totp = Totp::parse("GEZDGNBVGY3TQOJQ").unwrap();
    assert_eq!((totp.digits(), totp.period()), (6, 30));
    assert_eq!(totp.expires(59), 60);
    assert_eq!(totp.expires(60), 90);
    assert_eq!(totp.code(30), totp.code(59));
    assert_ne!(totp.code(59), totp.code(60));
}

#[test]
fn bare_secrets_as_sites_print_them() {
    let plain = Totp::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
    for text in [
        " gezd gnbv gy3t qojq gezd gnbv gy3t qojq ",
        "GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ",
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ======",
        "otpauth://totp/Site:me?secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
        "OTPAUTH://TOTP/x?Secret=GEZD%20GNBV+GY3TQOJQGEZDGNBVGY3TQOJQ%3D&issuer=A%26B&image=x",
        "otpauth://totp/?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=HmacSHA1&digits=6&period=30#f",
    ] {
        assert_eq!(
            Totp::parse(text).unwrap().code(59),
            plain.code(59),
            "{text}"
        );
    }
    assert_eq!(plain.code(59), "287082");
}

#[test]
fn parameters_of_the_address_count() {
    let secret = base32_of("12345678901234567890123456789012");
    let totp = Totp::parse(&format!(
        "otpauth://totp/a?secret={secret}&algorithm=SHA-256&digits=8&period=60"
    ))
    .unwrap();
    assert_eq!((totp.digits(), totp.period()), (8, 60));
    assert_eq!(totp.code(118), "46119246");
}

#[test]
fn what_would_give_wrong_codes_is_refused() {
    for (text, error) in [
        ("", TotpError::Secret),
        ("GEZDGNBV1", TotpError::Secret),
        ("GEZDGNBVG", TotpError::Secret),
        ("GEZD=GNB", TotpError::Secret),
        ("otpauth://totp/a", TotpError::Uri),
        ("otpauth:totp?secret=GEZDGNBV", TotpError::Uri),
        ("otpauth://totp/a?issuer=x", TotpError::Secret),
        ("otpauth://totp/a?secret=", TotpError::Secret),
        (
            "otpauth://totp/a?secret=GEZDGNBV&secret=GEZDGNBV",
            TotpError::Uri,
        ),
        ("otpauth://totp/a?secret=GEZDGNBV%2", TotpError::Uri),
        (
            "otpauth://hotp/a?secret=GEZDGNBV&counter=1",
            TotpError::Kind,
        ),
        (
            "otpauth://totp/a?secret=GEZDGNBV&encoder=steam",
            TotpError::Kind,
        ),
        ("otpauth://yaotp/a?secret=GEZDGNBV", TotpError::Uri),
        (
            "otpauth://totp/a?secret=GEZDGNBV&algorithm=MD5",
            TotpError::Algorithm,
        ),
        (
            "otpauth://totp/a?secret=GEZDGNBV&digits=5",
            TotpError::Digits,
        ),
        (
            "otpauth://totp/a?secret=GEZDGNBV&digits=9",
            TotpError::Digits,
        ),
        (
            "otpauth://totp/a?secret=GEZDGNBV&period=0",
            TotpError::Period,
        ),
        (
            "otpauth://totp/a?secret=GEZDGNBV&period=-1",
            TotpError::Period,
        ),
    ] {
        assert_eq!(Totp::parse(text).unwrap_err(), error, "{text}");
    }
}

#[test]
fn debug_names_no_secret() {
    let shown = format!("{:?}", Totp::parse("GEZDGNBVGY3TQOJQ").unwrap());
    assert!(
        !shown.contains("49") && !shown.to_lowercase().contains("secret"),
        "{shown}"
    );
}

fn base32_of(text: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: String = text.bytes().map(|b| format!("{b:08b}")).collect();
    bits.as_bytes()
        .chunks(5)
        .map(|five| {
            let five = format!("{:0<5}", std::str::from_utf8(five).unwrap());
            char::from(ALPHABET[usize::from_str_radix(&five, 2).unwrap()])
        })
        .collect()
}

proptest! {
    #[test]
    fn base32_round_trip(text in "[ -~]{1,80}") {
        prop_assert_eq!(base32::decode(&base32_of(&text)).unwrap(), text.as_bytes());
    }

    #[test]
    fn parsing_never_panics(text in ".{0,200}") {
        drop(Totp::parse(&text));
        drop(Totp::parse(&format!("otpauth://{text}")));
        drop(Totp::parse(&format!("otpauth://totp/a?{text}")));
    }
}
