//! Codes that a person may have to type: the reset code, and the short code of a mail.
//!
//! Alphabet: Crockford's base 32; `I` and `L` are read as 1, `O` as 0, case, spaces and hyphens do
//! not count.

use core::fmt;

use super::Writer;
use crate::{Label, ProtocolError, Reader, ctx, sha256};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Length of a reset token in bytes.
pub const RESET_TOKEN: usize = 32;
/// Symbols of a reset code: 256 bits of token and 4 bits of check.
pub const RESET_SYMBOLS: usize = 52;
/// Symbols of a mail's code: 50 bits.
pub const MAIL_SYMBOLS: usize = 10;
/// Longest text that is looked at, so that a pasted page costs nothing.
const TEXT_MAX: usize = 2048;

fn value_of(symbol: u8) -> Option<u8> {
    let symbol = match symbol.to_ascii_uppercase() {
        b'I' | b'L' => b'1',
        b'O' => b'0',
        other => other,
    };
    let place = ALPHABET.iter().position(|known| *known == symbol)?;
    u8::try_from(place).ok()
}

fn symbol_of(value: u8) -> u8 {
    ALPHABET
        .get(usize::from(value & 31))
        .copied()
        .unwrap_or(b'0')
}

/// The values of exactly `N` symbols, whatever stands between them.
fn values<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() > TEXT_MAX {
        return None;
    }
    let mut out = [0; N];
    let mut symbols = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace() && *byte != b'-');
    for slot in &mut out {
        *slot = value_of(symbols.next()?)?;
    }
    symbols.next().is_none().then_some(out)
}

/// The four bits that tell a mistyped code from a wrong one before anything is sent.
fn check_bits(token: &[u8; RESET_TOKEN]) -> u8 {
    let [first, ..] = sha256(&[&ctx(Label::ResetCode, &[token.into()])]);
    first >> 4
}

/// The 52 symbols of a token, without separators: as in a link.
#[must_use]
pub fn encode(token: &[u8; RESET_TOKEN]) -> String {
    let mut out = String::with_capacity(RESET_SYMBOLS);
    let (mut bits, mut count) = (0u32, 0u32);
    for byte in token {
        bits = (bits << 8) | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            let [.., low] = (bits >> count).to_be_bytes();
            out.push(char::from(symbol_of(low)));
        }
    }
    // One bit of the token is left; the check fills the symbol up.
    let [.., low] = bits.to_be_bytes();
    out.push(char::from(symbol_of(((low & 1) << 4) | check_bits(token))));
    out
}

/// The code in 13 groups of 4, for reading.
#[must_use]
pub fn encode_grouped(token: &[u8; RESET_TOKEN]) -> String {
    let mut out = String::with_capacity(RESET_SYMBOLS + 12);
    for (place, symbol) in encode(token).chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            out.push('-');
        }
        out.push(symbol);
    }
    out
}

/// Reads a code, or a whole link that ends with `#t=` and the code.
///
/// # Errors
/// `Text` when it is not a code or was mistyped.
pub fn decode(text: &str) -> Result<[u8; RESET_TOKEN], ProtocolError> {
    let text = text.rsplit_once("#t=").map_or(text, |(_, code)| code);
    let values: [u8; RESET_SYMBOLS] = values(text).ok_or(ProtocolError::Text)?;
    let mut token = [0; RESET_TOKEN];
    let mut slots = token.iter_mut();
    let (mut bits, mut count) = (0u32, 0u32);
    for value in values {
        bits = (bits << 5) | u32::from(value);
        count += 5;
        if count >= 8
            && let Some(slot) = slots.next()
        {
            count -= 8;
            let [.., low] = (bits >> count).to_be_bytes();
            *slot = low;
        }
    }
    let [.., low] = bits.to_be_bytes();
    if low & 15 == check_bits(&token) {
        Ok(token)
    } else {
        Err(ProtocolError::Text)
    }
}

/// The code that a mail carries: ten symbols in canonical spelling.
#[derive(Clone)]
pub struct MailCode([u8; MAIL_SYMBOLS]);

impl fmt::Debug for MailCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailCode(..)")
    }
}

impl MailCode {
    /// A code from random bytes, five bits of each.
    #[must_use]
    pub fn from_random(random: &[u8; MAIL_SYMBOLS]) -> Self {
        Self(random.map(symbol_of))
    }

    /// Takes what a person typed.
    ///
    /// # Errors
    /// `Text` when it is not a code.
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        values(text)
            .map(|values: [u8; MAIL_SYMBOLS]| Self(values.map(symbol_of)))
            .ok_or(ProtocolError::Text)
    }

    /// The ten symbols.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; MAIL_SYMBOLS] {
        &self.0
    }

    /// The symbols in two groups of five, for reading.
    #[must_use]
    pub fn grouped(&self) -> String {
        let mut out = String::with_capacity(MAIL_SYMBOLS + 1);
        for (place, symbol) in self.0.iter().enumerate() {
            if place == 5 {
                out.push('-');
            }
            out.push(char::from(*symbol));
        }
        out
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.block8(&self.0);
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        if usize::from(reader.u8()?) != MAIL_SYMBOLS {
            return Err(ProtocolError::Length);
        }
        let symbols: [u8; MAIL_SYMBOLS] = reader.array()?;
        if symbols.iter().all(|symbol| ALPHABET.contains(symbol)) {
            Ok(Self(symbols))
        } else {
            Err(ProtocolError::Text)
        }
    }
}
