//! The recovery code: 130 random bits as 26 symbols, with 6 checksum symbols, in 8 groups of 4.
//!
//! Alphabet: Crockford's base 32. Checksum: the BCH code of bech32m (BIP 350) over the prefix
//! "sesamerc"; it finds any 4 wrong symbols for certain. Nothing is corrected silently: a code is
//! right or it is typed again, with a word on which group to look at (S-166).

use sesame_protocol::{AccountId, Label};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::crypto::{self, Random, RandomError, SigningPair};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PREFIX: &[u8; 8] = b"sesamerc";
const BECH32M: u32 = 0x2bc8_30a3;
const DATA: usize = 26;
const SYMBOLS: usize = 32;
const GROUP: usize = 4;
/// Groups of a recovery code, numbered from 1.
pub const RECOVERY_GROUPS: u8 = 8;

/// A whole and well-formed recovery code. Wiped when dropped; has no `Debug`.
#[derive(Clone)]
pub struct RecoveryCode {
    /// Values 0..=31.
    symbols: Zeroizing<[u8; SYMBOLS]>,
}

/// One step of the checksum; branch-free, so that time says nothing about the code (S-177).
const fn step(state: u32, value: u32) -> u32 {
    let top = state >> 25;
    let mut next = ((state & 0x01ff_ffff) << 5) ^ value;
    next ^= 0x3b6a_57b2 & 0u32.wrapping_sub(top & 1);
    next ^= 0x2650_8e6d & 0u32.wrapping_sub((top >> 1) & 1);
    next ^= 0x1ea1_19fa & 0u32.wrapping_sub((top >> 2) & 1);
    next ^= 0x3d42_33dd & 0u32.wrapping_sub((top >> 3) & 1);
    next ^ (0x2a14_62b3 & 0u32.wrapping_sub((top >> 4) & 1))
}

fn polymod(start: u32, values: impl IntoIterator<Item = u8>) -> u32 {
    values
        .into_iter()
        .fold(start, |state, value| step(state, u32::from(value)))
}

/// The state after the expanded prefix.
fn after_prefix() -> u32 {
    let high = PREFIX.iter().map(|byte| byte >> 5);
    let low = PREFIX.iter().map(|byte| byte & 31);
    polymod(1, high.chain([0]).chain(low))
}

/// Zero for a right code; otherwise a linear function of the error alone.
fn syndrome(symbols: &[u8; SYMBOLS]) -> u32 {
    polymod(after_prefix(), symbols.iter().copied()) ^ BECH32M
}

impl RecoveryCode {
    /// A new code.
    ///
    /// # Errors
    /// [`RandomError`].
    pub(crate) fn make(rng: &mut dyn Random) -> Result<Self, RandomError> {
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        let (data, check) = symbols.split_at_mut(DATA);
        rng.fill(data)?;
        // 256 is a multiple of 32: masking is unbiased.
        data.iter_mut().for_each(|symbol| *symbol &= 31);
        let sum = polymod(
            after_prefix(),
            data.iter().copied().chain([0; SYMBOLS - DATA]),
        ) ^ BECH32M;
        for (symbol, shift) in check.iter_mut().zip([25u32, 20, 15, 10, 5, 0]) {
            *symbol = low5(sum >> shift);
        }
        Ok(Self { symbols })
    }

    /// Reads what a person typed: any case, spaces and hyphens anywhere, O for 0, I and L for 1.
    ///
    /// # Errors
    /// `CodeTypo`, with the group where exactly one group can explain the mistake.
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        let mut count = 0;
        for typed in text.chars().filter(|typed| !is_separator(*typed)) {
            let value = value_of(typed).ok_or_else(|| typo(group_of(count)))?;
            let symbol = symbols
                .get_mut(count)
                .ok_or(VaultError::CodeTypo { group: None })?;
            *symbol = value;
            count += 1;
        }
        if count != SYMBOLS {
            return Err(VaultError::CodeTypo {
                group: odd_group(text),
            });
        }
        match syndrome(&symbols) {
            0 => Ok(Self { symbols }),
            error => Err(VaultError::CodeTypo {
                group: locate(error),
            }),
        }
    }

    /// The code as it is shown and printed: `XXXX-XXXX-…`, 8 groups.
    #[must_use]
    pub fn display(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(SYMBOLS + 7));
        for (i, value) in self.symbols.iter().enumerate() {
            if i > 0 && i % GROUP == 0 {
                text.push('-');
            }
            text.push(char::from(letter(*value)));
        }
        text
    }

    /// Whether `text` is group `number` (from 1) of this code; case, spaces and the like as in
    /// [`RecoveryCode::parse`].
    #[must_use]
    pub fn has_group(&self, number: u8, text: &str) -> bool {
        let Some(group) = usize::from(number)
            .checked_sub(1)
            .and_then(|i| self.symbols.as_chunks::<GROUP>().0.get(i))
        else {
            return false;
        };
        let mut typed = Zeroizing::new([0xff; GROUP]);
        for (at, symbol) in text
            .chars()
            .filter(|typed| !is_separator(*typed))
            .enumerate()
        {
            let (Some(slot), Some(value)) = (typed.get_mut(at), value_of(symbol)) else {
                return false;
            };
            *slot = value;
        }
        crypto::same(&typed, group)
    }

    /// The key material: the 26 data symbols in upper-case ASCII, without the checksum.
    pub(crate) fn ikm(&self) -> Zeroizing<[u8; DATA]> {
        let mut ikm = Zeroizing::new([0; DATA]);
        for (byte, value) in ikm.iter_mut().zip(self.symbols.iter()) {
            *byte = letter(*value);
        }
        ikm
    }

    /// Seed of the Ed25519 key that signs in to an account server with this code.
    #[must_use]
    pub fn auth_seed(&self, account: &AccountId) -> Zeroizing<[u8; 32]> {
        crypto::kx(
            &*self.ikm(),
            Label::AuthRecovery,
            &[account.as_bytes().into()],
        )
    }

    /// What the account server knows this code by.
    #[must_use]
    pub fn auth_public(&self, account: &AccountId) -> [u8; 32] {
        SigningPair::new(&self.auth_seed(account)).public()
    }

    /// Signs a proof of having this code (`sesame_protocol::account::proof`).
    #[must_use]
    pub fn auth_sign(&self, account: &AccountId, context: &[u8]) -> [u8; 64] {
        SigningPair::new(&self.auth_seed(account)).sign(context)
    }
}

const fn typo(group: Option<u8>) -> VaultError {
    VaultError::CodeTypo { group }
}

const fn is_separator(typed: char) -> bool {
    typed.is_whitespace()
        || matches!(
            typed,
            '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}'
        )
}

/// The low five bits.
fn low5(value: u32) -> u8 {
    let [.., low] = value.to_be_bytes();
    low & 31
}

/// The symbol of a value, looking at the whole alphabet so that no address depends on a secret.
fn letter(value: u8) -> u8 {
    (0u8..).zip(ALPHABET).fold(0, |found, (i, symbol)| {
        found | (symbol & 0u8.wrapping_sub(u8::from(i == value)))
    })
}

/// The value of a typed symbol; the whole alphabet is looked at.
fn value_of(typed: char) -> Option<u8> {
    let typed = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let typed = u8::try_from(typed).ok()?;
    (0u8..).zip(ALPHABET).fold(
        None,
        |found, (i, symbol)| if *symbol == typed { Some(i) } else { found },
    )
}

fn group_of(position: usize) -> Option<u8> {
    u8::try_from(position / GROUP + 1)
        .ok()
        .filter(|group| *group <= RECOVERY_GROUPS)
}

/// When the number of symbols is wrong but the groups are written apart: the first odd one.
fn odd_group(text: &str) -> Option<u8> {
    let sizes: Vec<usize> = text
        .split(is_separator)
        .map(|group| group.chars().count())
        .filter(|size| *size > 0)
        .collect();
    if sizes.len() != usize::from(RECOVERY_GROUPS) {
        return None;
    }
    let mut odd = (1u8..)
        .zip(sizes)
        .filter(|(_, size)| *size != GROUP)
        .map(|(number, _)| number);
    match (odd.next(), odd.next()) {
        (only, None) => only,
        _ => None,
    }
}

/// The one group whose symbols alone can cause this syndrome. The checksum is linear over GF(2),
/// so a group explains a syndrome exactly if it lies in the span of the group's 20 bits.
fn locate(error: u32) -> Option<u8> {
    let mut suspects = (0..usize::from(RECOVERY_GROUPS)).filter(|group| in_span(error, *group));
    match (suspects.next(), suspects.next()) {
        (Some(group), None) => group_of(group * GROUP),
        _ => None,
    }
}

fn in_span(error: u32, group: usize) -> bool {
    let mut basis: Vec<u32> = Vec::with_capacity(GROUP * 5);
    let reduce = |basis: &[u32], vector: u32| basis.iter().fold(vector, |v, b| v.min(v ^ b));
    for position in group * GROUP..(group + 1) * GROUP {
        for bit in 0..5 {
            let mut symbols = [0; SYMBOLS];
            if let Some(symbol) = symbols.get_mut(position) {
                *symbol = 1 << bit;
            }
            let vector = reduce(&basis, polymod(0, symbols));
            if vector != 0 {
                let place = basis.partition_point(|known| *known > vector);
                basis.insert(place, vector);
            }
        }
    }
    reduce(&basis, error) == 0
}

#[cfg(test)]
mod tests;
