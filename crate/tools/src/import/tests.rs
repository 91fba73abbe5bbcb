use std::fmt::Write as _;
use std::io::Write as _;

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{
    Format, Import, Item, Kind, MAX_FILE_BYTES, MAX_ITEMS, MatchMode, Reason, read_import,
};
use crate::ImportError;

mod programs;

/// A file of tests/imports. All that is in them is made up.
fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/../../tests/imports/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

fn read(name: &str) -> Import {
    read_import(&fixture(name)).unwrap()
}

fn pux(data: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in [
        ("export.attributes", b"{}".as_slice()),
        ("export.data", data),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn urls(item: &Item) -> Vec<&str> {
    item.websites.iter().map(|site| site.url.as_str()).collect()
}

fn refusal(file: &[u8]) -> Option<ImportError> {
    read_import(file).err()
}

#[test]
fn what_is_no_import_is_refused() {
    assert_eq!(refusal(b""), Some(ImportError::Empty));
    assert_eq!(refusal(b" \n "), Some(ImportError::Empty));
    assert_eq!(refusal(b"a,b\n1,2\n"), Some(ImportError::NotRecognised));
    assert_eq!(refusal(b"{\"a\": 1}"), Some(ImportError::NotRecognised));
    assert_eq!(refusal(b"{\"items\": [{"), Some(ImportError::Damaged));
    assert_eq!(refusal(b"[1, 2]"), Some(ImportError::NotRecognised));
    assert_eq!(refusal(b"<html></html>"), Some(ImportError::NotRecognised));
    assert_eq!(refusal(b"<KeePassFile><Root>"), Some(ImportError::Damaged));
    assert_eq!(
        refusal(b"url,password\n\xE9,x\n"),
        Some(ImportError::NotText)
    );
    assert_eq!(
        refusal(b"PK\x03\x04 and no more"),
        Some(ImportError::Damaged)
    );
    assert_eq!(
        refusal(&fixture("bitwarden-encrypted.json")),
        Some(ImportError::Encrypted)
    );
    let protected = "<KeePassFile><Root><Group><Entry><String><Key>Password</Key>\
        <Value Protected=\"True\">b3dl</Value></String></Entry></Group></Root></KeePassFile>";
    assert_eq!(refusal(protected.as_bytes()), Some(ImportError::Encrypted));
}

#[test]
fn utf16_with_its_mark_is_read() {
    let text = "title,url,username,password\nBänk,https://bank.example/,ada,pässwörd\n";
    let little = text.encode_utf16().flat_map(u16::to_le_bytes);
    let big = text.encode_utf16().flat_map(u16::to_be_bytes);
    let files: [Vec<u8>; 2] = [
        [0xFF, 0xFE].into_iter().chain(little).collect(),
        [0xFE, 0xFF].into_iter().chain(big).collect(),
    ];
    for file in files {
        assert_eq!(read_import(&file).unwrap().items[0].password, "pässwörd");
    }
    let mut marked = vec![0xEF, 0xBB, 0xBF];
    marked.extend_from_slice(text.as_bytes());
    assert_eq!(read_import(&marked).unwrap().items[0].name, "Bänk");
}

#[test]
fn s109_caps_hold() {
    assert_eq!(
        refusal(&vec![b'a'; MAX_FILE_BYTES + 1]),
        Some(ImportError::TooLarge)
    );

    let mut many = String::from("url,username,password\n");
    for number in 0..=MAX_ITEMS {
        writeln!(many, "https://{number}.example/,ada,p").unwrap();
    }
    let import = read_import(many.as_bytes()).unwrap();
    assert_eq!(import.items.len(), MAX_ITEMS);
    assert_eq!(
        import.problems.last().map(|problem| problem.reason),
        Some(Reason::TooMany)
    );

    let large = format!(
        "url,username,password\nhttps://a.example,ada,{}\n",
        "x".repeat(300_000)
    );
    let import = read_import(large.as_bytes()).unwrap();
    assert!(import.items.is_empty());
    assert_eq!(import.problems[0].reason, Reason::TooLarge);
}

#[test]
fn s109_a_zip_bomb_stops_at_the_cap() {
    let bomb = pux(&vec![b' '; MAX_FILE_BYTES + 1]);
    assert!(bomb.len() < MAX_FILE_BYTES / 100);
    assert_eq!(refusal(&bomb), Some(ImportError::TooLarge));
}

#[test]
fn s109_nesting_and_entities_are_refused() {
    let deep = format!(
        "{{\"items\": {}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(refusal(deep.as_bytes()), Some(ImportError::Damaged));
    let deep = format!("<KeePassFile>{}", "<Group>".repeat(100_000));
    assert_eq!(refusal(deep.as_bytes()), Some(ImportError::Damaged));
    let lol = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><KeePassFile><Root><Group><Name>&b;</Name></Group></Root></KeePassFile>";
    assert_eq!(refusal(lol.as_bytes()), Some(ImportError::Damaged));
}

#[test]
fn columns_too_many_are_said_not_guessed() {
    let import =
        read_import(b"url,username,password\nhttps://a.example,ada,p,q\nhttps://b.example,ada,p\n")
            .unwrap();
    assert_eq!(import.items.len(), 1);
    assert_eq!(
        (import.problems[0].line, import.problems[0].reason),
        (2, Reason::Unreadable)
    );
}

/// The names in extension/ui/tools.ts.
#[test]
fn the_boundary_has_the_agreed_names() {
    let mut import = read("bitwarden.json");
    import.items.truncate(1);
    let json = serde_json::to_value(&import).unwrap();
    assert_eq!(json["format"], "bitwarden-json");
    assert_eq!(json["items"][0]["kind"], "login");
    assert_eq!(json["items"][0]["id"], "");
    assert_eq!(json["items"][0]["websites"][1]["match"], "site");
    assert_eq!(json["items"][0]["custom"][1]["kind"], "hidden");
    assert_eq!(json["items"][0]["favourite"], true);
    assert_eq!(json["problems"][0]["reason"], "passkey");
    assert_eq!(
        serde_json::to_value(Format::OnePassword1pux).unwrap(),
        "1password-1pux"
    );
    assert_eq!(
        serde_json::to_value(Format::LastpassCsv).unwrap(),
        "lastpass-csv"
    );
    assert_eq!(
        serde_json::to_value(MatchMode::StartsWith).unwrap(),
        "starts-with"
    );
    assert_eq!(serde_json::to_value(Kind::Identity).unwrap(), "identity");
    assert_eq!(serde_json::to_value(Reason::TooMany).unwrap(), "too-many");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn s109_arbitrary_bytes_never_panic(file in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _answer = read_import(&file);
    }

    #[test]
    fn s109_arbitrary_text_never_panics(start in "(\\{|\\[|<|PK|url,password\n|title;passwort;fields\n|)", text in "\\PC{0,400}") {
        let _answer = read_import(format!("{start}{text}").as_bytes());
    }

    /// Every fixture with a piece cut out, doubled or overwritten.
    #[test]
    fn s109_damaged_files_never_panic(
        which in 0_usize..16, at in any::<prop::sample::Index>(), len in 0_usize..40, new in ".{0,12}", doubled in any::<bool>(),
    ) {
        let name = programs::FILES[which % programs::FILES.len()];
        let mut file = fixture(name);
        let at = at.index(file.len());
        let end = (at + len).min(file.len());
        if doubled {
            let piece = file[at..end].to_vec();
            file.splice(at..at, piece);
        } else {
            file.splice(at..end, new.into_bytes());
        }
        let file = if name.starts_with("1password-export") { pux(&file) } else { file };
        if let Ok(import) = read_import(&file) {
            prop_assert!(import.items.iter().all(|item| !item.name.is_empty()));
        }
    }
}
