//! What people wrote, made harmless before it goes into a mail (S-136).

/// `text` on one line, without control or invisible characters, with addresses taken out and nothing
/// left that a mail program would turn into a link.
pub(super) fn plain(text: &str, removed: &str) -> String {
    let visible: String = text
        .chars()
        .map(|c| {
            if c.is_control() || c.is_whitespace() {
                ' '
            } else {
                c
            }
        })
        .filter(|c| !invisible(*c))
        .collect();
    visible
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| {
            if is_address(word) {
                removed.to_owned()
            } else {
                unlinked(word)
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Directions, joiners and the like: they change how a line reads and are not seen themselves.
const fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_address(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.contains("://")
        || lower.contains("www.")
        || ["mailto:", "javascript:", "data:", "tel:", "//"]
            .iter()
            .any(|scheme| lower.contains(scheme))
}

/// `shop.example` becomes `shop . example`: still read, no longer pressed.
fn unlinked(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let after = chars.get(at + 1);
        let inside =
            before.is_some_and(|c| c.is_alphanumeric()) && after.is_some_and(|c| c.is_alphabetic());
        if matches!(c, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}' | '\u{2024}') && inside {
            out.push_str(" . ");
        } else {
            out.push(*c);
        }
    }
    out
}

#[cfg(test)]
mod tests;
