//! Bytes as text: UTF-8, or UTF-16 with its mark, as some Windows programs write.

use std::borrow::Cow;

use crate::ImportError;

/// Other encodings are refused: a guess would silently change passwords.
pub(super) fn decode(file: &[u8]) -> Result<Cow<'_, str>, ImportError> {
    match file {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        _ => utf8(file),
    }
}

fn utf8(file: &[u8]) -> Result<Cow<'_, str>, ImportError> {
    let text = str::from_utf8(file).map_err(|_| ImportError::NotText)?;
    // A table or document has no NUL; a binary file that happens to be valid UTF-8 does.
    if text.contains('\0') {
        Err(ImportError::NotText)
    } else {
        Ok(Cow::Borrowed(text))
    }
}

fn utf16(file: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, ImportError> {
    let (pairs, rest) = file.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(ImportError::NotText);
    }
    char::decode_utf16(pairs.iter().copied().map(unit))
        .collect::<Result<String, _>>()
        .map(Cow::Owned)
        .map_err(|_| ImportError::NotText)
}
