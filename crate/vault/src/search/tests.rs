use super::*;
use crate::item::{Item, Kind, Website};
use sesame_protocol::{DeviceId, ItemId};

fn summary(name: &str, user: &str, url: &str, tag: &str) -> Summary {
    let mut item = Item::new(
        ItemId::from_bytes([1; 16]),
        Kind::Login,
        1,
        DeviceId::from_bytes([2; 16]),
    );
    item.name = name.into();
    item.username = user.into();
    item.websites.push(Website {
        url: url.into(),
        ..Website::default()
    });
    item.tags.push(tag.into());
    Summary::of(&item)
}

fn rank(query: &str, item: &Summary) -> Option<u32> {
    Needle::new(query).rank(&Haystack::of(item))
}

#[test]
fn everything_listed_is_searched_and_nothing_else() {
    let item = summary(
        "Banca Etica",
        "ada@mail.example",
        "https://www.bancaetica.it/login",
        "Soldi",
    );
    for query in [
        "ban",
        "ETICA",
        "ada@",
        "mail.ex",
        "bancaetica.it",
        "soldi",
        "etica ada",
        "  soldi  login ",
    ] {
        assert!(rank(query, &item).is_some(), "{query}");
    }
    for query in ["https", "xyz", "banca xyz"] {
        assert!(rank(query, &item).is_none(), "{query}");
    }
    assert_eq!(rank("", &item), Some(0));
}

#[test]
fn diacritics_and_case_are_folded_on_both_sides() {
    let item = summary("Caffè Łódź – Straße", "Jürgen", "https://x.example", "Ærø");
    for query in [
        "caffe",
        "CAFFÈ",
        "caffe\u{300}",
        "lodz",
        "strasse",
        "jurgen",
        "jürgen",
        "aero",
    ] {
        assert!(rank(query, &item).is_some(), "{query}");
    }
    assert!(rank("cafe", &item).is_none());
    assert_eq!(fold("İstanbul"), "istanbul");
}

#[test]
fn the_start_of_the_name_comes_first() {
    let query = "git";
    let ranked = [
        summary("GitHub", "", "https://github.com", ""),
        summary("My git server", "", "https://example.com", ""),
        summary("Code", "", "https://git.example", ""),
        summary("Legit", "", "https://example.com", ""),
        summary("Code", "", "https://legit.example", ""),
    ]
    .map(|item| rank(query, &item).unwrap());
    assert_eq!(ranked, [0, 1, 2, 3, 4]);
}

/// How fast it is: `./build.sh bench`.
#[test]
fn ten_thousand_items_are_all_searched() {
    let hays: Vec<Haystack> = (0..10_000)
        .map(|n| {
            summary(
                &format!("Site number {n}"),
                &format!("user{n}@mail.example"),
                &format!("https://www.site{n}.example/login"),
                "home",
            )
        })
        .map(|s| Haystack::of(&s))
        .collect();
    let needle = Needle::new("site99 user");
    let found = hays.iter().filter(|hay| needle.rank(hay).is_some()).count();
    assert_eq!(found, 111);
}
