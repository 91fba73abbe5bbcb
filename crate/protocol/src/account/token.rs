//! Access tokens: the account, so that one look-up finds it, and 32 random bytes.

use core::fmt;

use crate::{AccountId, ProtocolError, Reader, sha256};

/// Length of a token in bytes.
const TOKEN_LEN: usize = 48;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// `account 16 ‖ random 32`. Compared by nobody: the server looks up its hash (S-154).
#[derive(Clone)]
pub struct Token([u8; TOKEN_LEN]);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Token {
    /// A token of `account` with these 32 random bytes.
    #[must_use]
    pub fn new(account: AccountId, random: &[u8; 32]) -> Self {
        let mut bytes = [0; TOKEN_LEN];
        let (head, tail) = bytes.split_at_mut(16);
        head.copy_from_slice(account.as_bytes());
        tail.copy_from_slice(random);
        Self(bytes)
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self(reader.array()?))
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; TOKEN_LEN] {
        &self.0
    }

    /// The account it belongs to.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.0;
        AccountId::from_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }

    /// SHA-256 of the bytes: what the server stores.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        sha256(&[&self.0])
    }

    /// 64 characters of base64url, as in `Authorization: Bearer`.
    #[must_use]
    pub fn to_text(&self) -> String {
        let (triples, _) = self.0.as_chunks::<3>();
        let mut out = String::with_capacity(64);
        for [a, b, c] in triples {
            let word = (u32::from(*a) << 16) | (u32::from(*b) << 8) | u32::from(*c);
            for shift in [18, 12, 6, 0] {
                let digit = usize::try_from((word >> shift) & 63).unwrap_or(0);
                out.push(ALPHABET.get(digit).map_or('A', |byte| char::from(*byte)));
            }
        }
        out
    }

    /// Reads what [`Token::to_text`] wrote; `None` for anything else.
    #[must_use]
    pub fn parse_text(text: &str) -> Option<Self> {
        let digits: &[u8; 64] = text.as_bytes().try_into().ok()?;
        let (quads, _) = digits.as_chunks::<4>();
        let mut bytes = [0; TOKEN_LEN];
        let (triples, _) = bytes.as_chunks_mut::<3>();
        for (out, quad) in triples.iter_mut().zip(quads) {
            let mut word = 0u32;
            for digit in quad {
                let value = ALPHABET.iter().position(|byte| byte == digit)?;
                word = (word << 6) | u32::try_from(value).ok()?;
            }
            let [_, a, b, c] = word.to_be_bytes();
            *out = [a, b, c];
        }
        Some(Self(bytes))
    }
}
