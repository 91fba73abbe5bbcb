//! The EFF large list: 7776 words (licence beside it).

/// The list without what each word shares with the one before it, which is half of it: for each
/// word a byte (high half: how many letters are shared, low half: how many follow), then those
/// letters. Made from `eff_large.txt`; a test unpacks it and compares.
const PACKED: &[u8] = include_bytes!("eff_large.packed");

/// The words, sorted.
pub(super) fn list() -> Vec<String> {
    let mut words: Vec<String> = Vec::with_capacity(7776);
    let mut rest = PACKED;
    while let Some((lengths, after)) = rest.split_first() {
        let (shared, own) = (usize::from(lengths >> 4), usize::from(lengths & 0x0f));
        let Some((letters, after)) = after.split_at_checked(own) else {
            break;
        };
        let before = words
            .last()
            .and_then(|word| word.get(..shared))
            .unwrap_or("");
        let mut word = String::with_capacity(shared.saturating_add(own));
        word.push_str(before);
        word.extend(letters.iter().copied().map(char::from));
        words.push(word);
        rest = after;
    }
    words
}
