//! One file of each program, in tests/imports.

use super::*;
use crate::{CustomField, FieldKind};

pub(super) const FILES: [&str; 18] = [
    "sesame.json",
    "sesame.csv",
    "chrome.csv",
    "firefox.csv",
    "safari.csv",
    "bitwarden.csv",
    "1password.csv",
    "lastpass.csv",
    "keepassxc.csv",
    "keepass1.csv",
    "proton.csv",
    "dashlane.csv",
    "nordpass.csv",
    "german.csv",
    "bitwarden.json",
    "bitwarden-encrypted.json",
    "keepass.xml",
    "1password-export.data.json",
];

const CODE: &str = "otpauth://totp/bank:ada?secret=JBSWY3DPEHPK3PXP";

fn field(name: &str, kind: FieldKind, value: &str) -> CustomField {
    CustomField {
        name: name.to_owned(),
        kind,
        value: value.to_owned(),
    }
}

fn reasons(import: &Import) -> Vec<(u64, Reason)> {
    import
        .problems
        .iter()
        .map(|problem| (problem.line, problem.reason))
        .collect()
}

/// The login that nearly every fixture begins with.
#[track_caller]
fn is_bank(item: &Item) {
    assert_eq!(item.kind, Kind::Login);
    assert_eq!(item.username, "ada@example.com");
    assert_eq!(item.password, "s3cret");
    assert!(item.websites[0].url.starts_with("https://bank.example"));
    assert_eq!(item.websites[0].mode, MatchMode::Host);
}

#[test]
fn chrome() {
    let import = read("chrome.csv");
    assert_eq!(import.format, Format::ChromeCsv);
    let [bank, forum, shop, router, app] = import.items.as_slice() else {
        panic!()
    };
    assert_eq!(bank.password, "s3cret,with \"quotes\"");
    assert_eq!(forum.notes, "asked for\nmy first pet");
    assert_eq!(shop.name, "shop.example");
    assert_eq!(router.password, " spaces kept ");
    assert_eq!(urls(router), ["http://192.168.1.1/"]);
    assert_eq!(
        app.custom,
        [field(
            "Address",
            FieldKind::Text,
            "android://hash@com.example.app/"
        )]
    );
    assert_eq!(
        reasons(&import),
        [(7, Reason::OddAddress), (8, Reason::Empty)]
    );
}

#[test]
fn firefox() {
    let import = read("firefox.csv");
    assert_eq!(import.format, Format::FirefoxCsv);
    is_bank(&import.items[0]);
    assert_eq!(import.items[0].name, "bank.example");
    assert_eq!(urls(&import.items[1]), ["http://intranet.example"]);
    assert!(import.items[1].custom.is_empty());
    assert!(import.problems.is_empty());
}

#[test]
fn safari() {
    let import = read("safari.csv");
    assert_eq!(import.format, Format::SafariCsv);
    is_bank(&import.items[0]);
    assert_eq!(import.items[0].totp, format!("{CODE}&issuer=bank"));
    assert_eq!(import.items[0].notes, "first line");
}

#[test]
fn bitwarden_csv() {
    let import = read("bitwarden.csv");
    assert_eq!(import.format, Format::BitwardenCsv);
    let [bank, note, app] = import.items.as_slice() else {
        panic!()
    };
    is_bank(bank);
    assert_eq!(
        urls(bank),
        ["https://bank.example", "https://www.bank.example/login"]
    );
    assert_eq!(bank.totp, "JBSWY3DPEHPK3PXP");
    assert_eq!(bank.tags, ["Money/Banks"]);
    assert!(bank.favourite);
    assert_eq!(bank.custom[1], field("PIN", FieldKind::Text, "0000"));
    assert_eq!(
        (note.kind, note.notes.as_str()),
        (Kind::Note, "The key is under the mat.")
    );
    assert_eq!(
        app.custom[1],
        field("One-time code", FieldKind::Hidden, "steam://JBSWY3DP")
    );
    assert_eq!(
        reasons(&import),
        [(5, Reason::OddAddress), (5, Reason::OddCode)]
    );
}

#[test]
fn one_password_csv() {
    let import = read("1password.csv");
    assert_eq!(import.format, Format::OnePasswordCsv);
    is_bank(&import.items[0]);
    assert_eq!(import.items[0].tags, ["money", "home"]);
    assert_eq!(import.items[0].totp, CODE);
    assert!(import.items[0].favourite);
}

#[test]
fn lastpass() {
    let import = read("lastpass.csv");
    assert_eq!(import.format, Format::LastpassCsv);
    let [bank, card, note, nowhere] = import.items.as_slice() else {
        panic!()
    };
    is_bank(bank);
    assert_eq!(bank.tags, ["Money/Banks"]);
    assert_eq!(card.kind, Kind::Card);
    assert_eq!(card.fields["cardNumber"], "4111111111111111");
    assert_eq!(
        (
            card.fields["expiryMonth"].as_str(),
            card.fields["expiryYear"].as_str()
        ),
        ("05", "2029")
    );
    assert_eq!(card.notes, "for travel\nonly");
    assert_eq!(card.custom, [field("Type", FieldKind::Text, "Visa")]);
    assert_eq!((note.kind, note.notes.as_str()), (Kind::Note, "Just text."));
    assert!(nowhere.websites.is_empty() && nowhere.password == "no-address");
    assert!(import.problems.is_empty());
}

#[test]
fn keepass_csv() {
    for name in ["keepassxc.csv", "keepass1.csv"] {
        let import = read(name);
        assert_eq!(import.format, Format::KeepassCsv);
        is_bank(&import.items[0]);
        assert_eq!(import.items[0].name, "Bank");
        assert_eq!(import.items[0].notes, "a note");
        assert!(import.items[0].custom.is_empty(), "{name}");
    }
}

#[test]
fn proton() {
    let import = read("proton.csv");
    assert_eq!(import.format, Format::ProtonCsv);
    let [bank, note, alias] = import.items.as_slice() else {
        panic!()
    };
    assert_eq!((bank.username.as_str(), bank.totp.as_str()), ("ada", CODE));
    assert_eq!(
        bank.custom,
        [field("email", FieldKind::Text, "ada@example.com")]
    );
    assert_eq!(note.kind, Kind::Note);
    assert_eq!(alias.username, "shop.alias@example.com");
}

#[test]
fn dashlane() {
    let import = read("dashlane.csv");
    assert_eq!(import.format, Format::DashlaneCsv);
    is_bank(&import.items[0]);
    assert_eq!(
        import.items[0].custom,
        [field("username2", FieldKind::Text, "ada")]
    );
    assert_eq!(import.items[0].totp, CODE);
}

#[test]
fn nordpass() {
    let import = read("nordpass.csv");
    assert_eq!(import.format, Format::NordpassCsv);
    let [bank, card, me, note] = import.items.as_slice() else {
        panic!()
    };
    is_bank(bank);
    assert_eq!(
        urls(bank),
        ["https://bank.example/", "https://www.bank.example/"]
    );
    assert_eq!(bank.custom[1], field("Word", FieldKind::Hidden, "sesame"));
    assert_eq!(card.kind, Kind::Card);
    assert_eq!(card.fields["pin"], "0000");
    assert_eq!(card.fields["expiryYear"], "2029");
    assert_eq!(me.kind, Kind::Identity);
    assert_eq!(
        (
            me.fields["givenName"].as_str(),
            me.fields["familyName"].as_str()
        ),
        ("Ada King", "Lovelace")
    );
    assert_eq!(me.fields["email"], "ada@example.com");
    assert_eq!(note.kind, Kind::Note);
    assert!(import.problems.is_empty());
}

#[test]
fn any_table_with_semicolons_and_other_headings() {
    let import = read("german.csv");
    assert_eq!(import.format, Format::Csv);
    assert_eq!(urls(&import.items[0]), ["https://bank.example"]);
    assert_eq!(urls(&import.items[1]), ["http://localhost:8080/x"]);
    assert_eq!(
        import.items[0].custom[1],
        field("Kundennummer", FieldKind::Text, "12345")
    );
}

#[test]
fn bitwarden_json() {
    let import = read("bitwarden.json");
    assert_eq!(import.format, Format::BitwardenJson);
    let [bank, note, card, me, server] = import.items.as_slice() else {
        panic!()
    };
    is_bank(bank);
    let modes: Vec<MatchMode> = bank.websites.iter().map(|site| site.mode).collect();
    assert_eq!(
        modes,
        [
            MatchMode::Host,
            MatchMode::Site,
            MatchMode::Regex,
            MatchMode::Never
        ]
    );
    assert_eq!(bank.totp, CODE);
    assert_eq!(bank.tags, ["Money/Banks"]);
    assert_eq!(
        bank.custom,
        [
            field("Customer number", FieldKind::Text, "12345"),
            field("Word", FieldKind::Hidden, "sesame"),
            field("Joint", FieldKind::Boolean, "true"),
        ]
    );
    assert_eq!(note.notes, "The key is under the mat.");
    assert_eq!(
        (
            card.fields["expiryMonth"].as_str(),
            card.fields["securityCode"].as_str()
        ),
        ("05", "123")
    );
    assert_eq!(
        (me.fields["givenName"].as_str(), me.username.as_str()),
        ("Ada", "ada")
    );
    assert_eq!(server.kind, Kind::Note);
    assert!(
        server
            .custom
            .contains(&field("privateKey", FieldKind::Hidden, "made-up"))
    );
    assert_eq!(
        reasons(&import),
        [
            (1, Reason::Passkey),
            (5, Reason::OtherKind),
            (6, Reason::Deleted),
            (7, Reason::Unreadable)
        ]
    );
}

#[test]
fn keepass_xml() {
    let import = read("keepass.xml");
    assert_eq!(import.format, Format::KeepassXml);
    let [bank, top] = import.items.as_slice() else {
        panic!()
    };
    assert_eq!(
        (bank.name.as_str(), bank.username.as_str()),
        ("Bank", "ada@example.com")
    );
    assert_eq!(bank.password, "s3cret & <more>!");
    assert_eq!(bank.notes, "a note\non two lines");
    assert_eq!(
        bank.totp,
        "otpauth://totp/?secret=JBSWY3DPEHPK3PXP&period=60&digits=8"
    );
    assert_eq!(bank.tags, ["home", "money", "Money"]);
    assert_eq!(
        bank.custom,
        [
            field("Customer number", FieldKind::Text, "12345"),
            field("Word", FieldKind::Hidden, "sesame")
        ]
    );
    assert_eq!((top.name.as_str(), top.password.as_str()), ("Top", "<raw>"));
    assert!(top.tags.is_empty());
    assert_eq!(
        reasons(&import),
        [(1, Reason::Attachment), (2, Reason::Deleted)]
    );
}

#[test]
fn one_password_archive() {
    let import = read_import(&pux(&fixture("1password-export.data.json"))).unwrap();
    assert_eq!(import.format, Format::OnePassword1pux);
    let [bank, card, me, account] = import.items.as_slice() else {
        panic!()
    };
    is_bank(bank);
    assert!(bank.favourite);
    assert_eq!(
        urls(bank),
        ["https://bank.example/", "https://www.bank.example/"]
    );
    assert_eq!(bank.totp, CODE);
    assert_eq!(bank.tags, ["money", "Private"]);
    assert_eq!(
        bank.custom,
        [
            field("remember", FieldKind::Text, "yes"),
            field("Word", FieldKind::Hidden, "sesame"),
            field("Customer number", FieldKind::Text, "12345"),
        ]
    );
    assert_eq!(card.fields["cardNumber"], "4111111111111111");
    assert_eq!(
        (
            card.fields["expiryMonth"].as_str(),
            card.fields["expiryYear"].as_str()
        ),
        ("05", "2029")
    );
    assert_eq!(
        (me.kind, me.fields["street"].as_str()),
        (Kind::Identity, "1 Square")
    );
    assert_eq!(me.fields["email"], "ada@example.com");
    assert_eq!(me.tags, ["Archived", "Shared"]);
    assert_eq!(account.custom, [field("IBAN", FieldKind::Text, "XX00")]);
    assert_eq!(
        reasons(&import),
        [
            (4, Reason::OtherKind),
            (4, Reason::Attachment),
            (5, Reason::Deleted)
        ]
    );
}

#[test]
fn our_own_export_comes_back() {
    let import = read("sesame.json");
    assert_eq!(import.format, Format::SesameJson);
    let [bank, card] = import.items.as_slice() else {
        panic!()
    };
    is_bank(bank);
    assert_eq!(
        (bank.id, bank.websites[1].mode),
        ("", MatchMode::StartsWith)
    );
    assert_eq!(bank.custom, [field("Word", FieldKind::Hidden, "sesame")]);
    assert_eq!(card.fields["aFieldOfTheFuture"], "kept");
    assert_eq!(reasons(&import), [(3, Reason::Unreadable)]);

    let import = read("sesame.csv");
    assert_eq!(import.format, Format::SesameCsv);
    let [bank, card, note, sum] = import.items.as_slice() else {
        panic!()
    };
    // S-109: the guard against formulas comes off again, and nothing else.
    assert_eq!(
        [&sum.name, &sum.username, &sum.password, &sum.notes].map(String::as_str),
        ["=Sum", "@ada", "-minus", "'quoted"]
    );
    is_bank(bank);
    assert_eq!(
        urls(bank),
        ["https://bank.example/", "https://www.bank.example/"]
    );
    assert_eq!(bank.tags, ["money", "home"]);
    assert!(bank.favourite);
    assert_eq!(
        (card.kind, card.fields["cardNumber"].as_str()),
        (Kind::Card, "4111111111111111")
    );
    assert_eq!(card.custom, [field("Limit", FieldKind::Text, "500")]);
    assert_eq!((note.kind, note.notes.as_str()), (Kind::Note, "two\nlines"));
    assert!(import.problems.is_empty());
}
