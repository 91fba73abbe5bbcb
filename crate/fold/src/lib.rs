//! Texts folded for comparison, so that a word is found however it is written: lower case, without
//! accents, one width.
//!
//! This covers Latin, Greek and Cyrillic letters and the width variants of East Asia with a table
//! of 4 kB. The whole of Unicode's normalisation is 150 kB, which the service worker would have to
//! read each time that it wakes; scripts that the table leaves out are compared as they are written.

mod table;

use table::{FROM, TO};

/// Folds a text.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for sign in text.chars() {
        push(&mut folded, sign);
    }
    folded
}

fn push(folded: &mut String, sign: char) {
    if is_mark(sign) {
        return;
    }
    if let Some(several) = several(sign) {
        folded.push_str(several);
    } else if let Some(one) = one(sign) {
        push_one(folded, one);
    } else if is_voicing(sign) {
        push_one(folded, sign);
    } else {
        folded.extend(sign.to_lowercase().filter(|sign| !is_mark(*sign)));
    }
}

/// A combining accent of the scripts above. Other scripts' marks tell words apart, and stay.
#[must_use]
pub fn is_mark(sign: char) -> bool {
    ('\u{0300}'..='\u{036F}').contains(&sign)
}

/// Pushes a folded character; a sound mark joins the kana before it, as in full-width writing.
fn push_one(folded: &mut String, sign: char) {
    let joined = if is_voicing(sign) {
        folded
            .chars()
            .next_back()
            .and_then(|kana| voiced(kana, sign))
    } else {
        None
    };
    if joined.is_some() {
        folded.pop();
    }
    folded.push(joined.unwrap_or(sign));
}

fn is_voicing(sign: char) -> bool {
    matches!(sign, '\u{3099}' | '\u{309A}')
}

/// In both kana blocks the voiced sound follows its plain one, and the p-sounds follow that.
fn voiced(kana: char, mark: char) -> Option<char> {
    const VOICED: &str =
        "かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホ";
    const P_SOUND: &str = "はひふへほハヒフヘホ";
    let step = match mark {
        '\u{3099}' if kana == 'ウ' => return Some('ヴ'),
        '\u{3099}' if VOICED.contains(kana) => 1,
        '\u{309A}' if P_SOUND.contains(kana) => 2,
        _ => return None,
    };
    char::from_u32(u32::from(kana).saturating_add(step))
}

fn one(sign: char) -> Option<char> {
    let code = u16::try_from(u32::from(sign)).ok()?;
    let place = FROM.binary_search(&code).ok()?;
    char::from_u32(u32::from(*TO.get(place)?))
}

fn several(sign: char) -> Option<&'static str> {
    Some(match sign {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' | 'ǽ' | 'Ǽ' | 'ǣ' | 'Ǣ' => "ae",
        'œ' | 'Œ' => "oe",
        'ĳ' | 'Ĳ' => "ij",
        'ŉ' => "ʼn",
        'ǆ' | 'ǅ' | 'Ǆ' => "dz",
        'ǳ' | 'ǲ' | 'Ǳ' => "dz",
        'ǉ' | 'ǈ' | 'Ǉ' => "lj",
        'ǌ' | 'ǋ' | 'Ǌ' => "nj",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
