//! Base32 (RFC 4648, section 6) as sites print it.

/// Decodes base32. Spaces and hyphens are skipped, case doesn't matter, padding may be missing.
/// A length that no number of bytes has, or padding before the end, is a typing error: `None`.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut buffer: u32 = 0;
    let mut bits: u32 = 0;
    let mut symbols: usize = 0;
    let mut padded = false;
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        if c == '=' {
            padded = true;
            continue;
        }
        if padded {
            return None;
        }
        buffer = (buffer << 5 | value(c)?) & 0xfff;
        bits = bits.saturating_add(5);
        symbols = symbols.saturating_add(1);
        if let Some(rest) = bits.checked_sub(8) {
            bytes.push(u8::try_from(buffer >> rest & 0xff).ok()?);
            bits = rest;
        }
    }
    // 1, 3 or 6 symbols in the last group can't come from whole bytes: something was left out.
    if matches!(symbols % 8, 1 | 3 | 6) {
        None
    } else {
        Some(bytes)
    }
}

fn value(c: char) -> Option<u32> {
    let c = c.to_ascii_uppercase();
    match c {
        'A'..='Z' => u32::from(c).checked_sub(u32::from('A')),
        '2'..='7' => u32::from(c).checked_sub(u32::from('2'))?.checked_add(26),
        _ => None,
    }
}
