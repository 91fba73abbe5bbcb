//! Writing fixed layouts.

/// Appends fields to a buffer; the counterpart of [`crate::Reader`].
#[derive(Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// An empty buffer.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.0
    }

    /// The bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// One byte.
    pub fn u8(&mut self, value: u8) -> &mut Self {
        self.raw(&[value])
    }

    /// A byte 0 or 1.
    pub fn flag(&mut self, value: bool) -> &mut Self {
        self.u8(u8::from(value))
    }

    /// Two bytes.
    pub fn u16(&mut self, value: u16) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    /// Four bytes.
    pub fn u32(&mut self, value: u32) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    /// Eight bytes.
    pub fn u64(&mut self, value: u64) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    /// A `u16` number of things that follow. What does not fit becomes 65,535, which no reader's
    /// limit allows.
    pub fn count(&mut self, len: usize) -> &mut Self {
        self.u16(u16::try_from(len).unwrap_or(u16::MAX))
    }

    /// `u8` length and bytes.
    pub fn block8(&mut self, bytes: &[u8]) -> &mut Self {
        self.u8(u8::try_from(bytes.len()).unwrap_or(u8::MAX))
            .raw(bytes)
    }

    /// `u16` length and bytes.
    pub fn block16(&mut self, bytes: &[u8]) -> &mut Self {
        self.count(bytes.len()).raw(bytes)
    }

    /// `u32` length and bytes.
    pub fn block32(&mut self, bytes: &[u8]) -> &mut Self {
        self.u32(u32::try_from(bytes.len()).unwrap_or(u32::MAX))
            .raw(bytes)
    }

    /// 0, or 1 and a `u16` length and bytes.
    pub fn option16(&mut self, bytes: Option<&[u8]>) -> &mut Self {
        self.flag(bytes.is_some());
        if let Some(bytes) = bytes {
            self.block16(bytes);
        }
        self
    }

    /// 0, or 1 and 32 bytes.
    pub fn option_key(&mut self, key: Option<&[u8; 32]>) -> &mut Self {
        self.flag(key.is_some());
        if let Some(key) = key {
            self.raw(key);
        }
        self
    }
}
