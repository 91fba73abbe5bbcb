//! Identifiers: 16 random bytes each, made by the client, one type per meaning (S-26).

use core::fmt;

/// Length of every identifier in bytes.
pub const ID_LEN: usize = 16;

macro_rules! id {
  ($(#[$doc:meta])* $name:ident) => {
    $(#[$doc])*
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct $name([u8; ID_LEN]);

    impl $name {
      /// The identifier with these bytes.
      #[must_use]
      pub const fn from_bytes(bytes: [u8; ID_LEN]) -> Self {
        Self(bytes)
      }

      /// Its bytes.
      #[must_use]
      pub const fn as_bytes(&self) -> &[u8; ID_LEN] {
        &self.0
      }

      /// Parses exactly 32 lower-case hexadecimal digits; one identifier has one spelling.
      #[must_use]
      pub fn parse_hex(text: &str) -> Option<Self> {
        parse_hex(text).map(Self)
      }
    }

    impl fmt::Display for $name {
      fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
      }
    }

    impl fmt::Debug for $name {
      fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, concat!(stringify!($name), "({})"), self)
      }
    }
  };
}

id!(
  /// An account: stays the same over all its generations.
  AccountId
);
id!(
  /// A generation of a vault: one vault key. A reset or a key change begins a new one.
  GenId
);
id!(
  /// A key slot of a header.
  SlotId
);
id!(
  /// An item of a vault.
  ItemId
);
id!(
  /// One browser profile that holds a copy of a vault.
  DeviceId
);

id!(
  /// What a person typed into a page, waiting to be saved or dropped.
  CaptureId
);

fn parse_hex(text: &str) -> Option<[u8; ID_LEN]> {
    let digits: &[u8; 32] = text.as_bytes().try_into().ok()?;
    let (pairs, _) = digits.as_chunks::<2>();
    let mut out = [0; ID_LEN];
    for (byte, [high, low]) in out.iter_mut().zip(pairs) {
        *byte = (nibble(*high)? << 4) | nibble(*low)?;
    }
    Some(out)
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
