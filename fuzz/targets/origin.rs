//! Origins, addresses, match rules, suffix lists.
#![no_main]

use sesame_vault::item::MatchMode;
use sesame_vault::origin::{Origin, SuffixList, compile, matches, normalise_address};
use sesame_vault::summary::SiteRule;

libfuzzer_sys::fuzz_target!(|input: (&str, &str, &str)| {
    let (stored, page, list) = input;
    let normal = normalise_address(stored);
    assert_eq!(normalise_address(&normal), normal);
    let Ok(suffixes) = SuffixList::new(compile(list)) else { return };
    let Ok(origin) = Origin::of_url(page) else { return };
    let _ = suffixes.registrable_domain(origin.host());
    let modes = [MatchMode::Site, MatchMode::Host, MatchMode::Exact, MatchMode::StartsWith];
    for mode in modes {
        let rule = [SiteRule::new(normal.clone(), &mode)];
        if matches(&rule, &origin, page, &suffixes).is_some() {
            // S-60: an https entry never stands for an http page.
            assert!(!(normal.starts_with("https:") && page.starts_with("http:")));
        }
    }
    let _ = matches(&[SiteRule::new(stored.to_owned(), &MatchMode::Regex)], &origin, page, &suffixes);
});
