//! The little of CBOR (RFC 8949) that items need: maps with small integer keys, in the one
//! deterministic form of section 4.2.1, with everything this version doesn't know kept as bytes.

use minicbor::decode::Decoder;
use minicbor::encode::Encoder;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The bytes are not the deterministic CBOR that this reader expects. Says no more than that:
/// what exactly is wrong would be a detail of somebody's item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a deterministic CBOR map of the expected shape")]
pub struct CborError;

impl From<minicbor::decode::Error> for CborError {
    fn from(_: minicbor::decode::Error) -> Self {
        Self
    }
}

/// Pairs of a map that this version doesn't know, as they came: key and value in encoded form.
/// They are written back byte for byte, so that an older version never loses a newer one's data.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Extra(Vec<(Vec<u8>, Vec<u8>)>);

/// A map's next key: one of ours, or anything else in encoded form.
pub(crate) enum Key<'a> {
    Known(u8),
    Other(&'a [u8]),
}

/// Reads one map pair by pair and insists on strictly rising keys (no duplicates, one order).
pub(crate) struct MapReader {
    left: u64,
    last_key: Vec<u8>,
}

impl MapReader {
    pub(crate) fn new(d: &mut Decoder<'_>) -> Result<Self, CborError> {
        // An indefinite length is not deterministic.
        let left = d.map()?.ok_or(CborError)?;
        Ok(Self {
            left,
            last_key: Vec::new(),
        })
    }

    pub(crate) fn next<'b>(&mut self, d: &mut Decoder<'b>) -> Result<Option<Key<'b>>, CborError> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        let key = skip_raw(d)?;
        if !self.last_key.is_empty() && key <= self.last_key.as_slice() {
            return Err(CborError);
        }
        self.last_key = key.to_vec();
        Ok(Some(match key {
            [small] if *small < 24 => Key::Known(*small),
            other => Key::Other(other),
        }))
    }
}

impl Extra {
    /// The pairs, in encoded form.
    pub(crate) fn pairs(&self) -> &[(Vec<u8>, Vec<u8>)] {
        &self.0
    }

    /// These pairs.
    pub(crate) const fn of(pairs: Vec<(Vec<u8>, Vec<u8>)>) -> Self {
        Self(pairs)
    }

    /// Keeps the value that comes next, under `key`.
    pub(crate) fn keep(&mut self, key: &Key<'_>, d: &mut Decoder<'_>) -> Result<(), CborError> {
        let key = match key {
            Key::Known(small) => vec![*small],
            Key::Other(bytes) => bytes.to_vec(),
        };
        self.0.push((key, skip_raw(d)?.to_vec()));
        Ok(())
    }
}

fn skip_raw<'b>(d: &mut Decoder<'b>) -> Result<&'b [u8], CborError> {
    let start = d.position();
    d.skip()?;
    d.input().get(start..d.position()).ok_or(CborError)
}

/// Reads an array of definite length, one element at a time.
pub(crate) fn array<T>(
    d: &mut Decoder<'_>,
    mut read: impl FnMut(&mut Decoder<'_>) -> Result<T, CborError>,
) -> Result<Vec<T>, CborError> {
    let n = d.array()?.ok_or(CborError)?;
    let mut out = Vec::new();
    for _ in 0..n {
        out.push(read(d)?);
    }
    Ok(out)
}

/// Collects a map's pairs and writes them in the deterministic order. Empty texts and arrays,
/// `false` and absent numbers are left out: each map has exactly one encoding.
#[derive(Default)]
pub(crate) struct MapWriter(Vec<(Vec<u8>, Zeroizing<Vec<u8>>)>);

impl MapWriter {
    pub(crate) fn text(&mut self, key: u8, value: &str) {
        if !value.is_empty() {
            self.put(key, |e| drop(e.str(value)));
        }
    }

    pub(crate) fn bytes(&mut self, key: u8, value: &[u8]) {
        if !value.is_empty() {
            self.put(key, |e| drop(e.bytes(value)));
        }
    }

    pub(crate) fn uint(&mut self, key: u8, value: Option<u64>) {
        if let Some(value) = value {
            self.put(key, |e| drop(e.u64(value)));
        }
    }

    pub(crate) fn flag(&mut self, key: u8, value: bool) {
        if value {
            self.put(key, |e| drop(e.bool(true)));
        }
    }

    /// An array of numbers.
    pub(crate) fn uints(&mut self, key: u8, values: &[u64]) {
        if !values.is_empty() {
            self.put(key, |e| {
                drop(e.array(length(values.len())));
                for value in values {
                    drop(e.u64(*value));
                }
            });
        }
    }

    /// An array of texts.
    pub(crate) fn texts(&mut self, key: u8, values: &[String]) {
        if !values.is_empty() {
            self.put(key, |e| {
                drop(e.array(length(values.len())));
                for value in values {
                    drop(e.str(value));
                }
            });
        }
    }

    /// An array of arrays of texts.
    pub(crate) fn text_lists(&mut self, key: u8, lists: &[Vec<String>]) {
        if !lists.is_empty() {
            self.put(key, |e| {
                drop(e.array(length(lists.len())));
                for list in lists {
                    drop(e.array(length(list.len())));
                    for value in list {
                        drop(e.str(value));
                    }
                }
            });
        }
    }

    /// An array of values that are encoded already.
    pub(crate) fn encoded(&mut self, key: u8, values: &[Zeroizing<Vec<u8>>]) {
        if values.is_empty() {
            return;
        }
        let size: usize = values.iter().map(|v| v.len()).sum();
        // With room for all of it from the start, growing leaves no copy behind.
        let mut out = Vec::with_capacity(size.saturating_add(9));
        drop(Encoder::new(&mut out).array(length(values.len())));
        for value in values {
            out.extend_from_slice(value);
        }
        self.add(vec![key], Zeroizing::new(out));
    }

    pub(crate) fn extra(&mut self, extra: &Extra) {
        for (key, value) in &extra.0 {
            self.add(key.clone(), Zeroizing::new(value.clone()));
        }
    }

    pub(crate) fn finish(self) -> Zeroizing<Vec<u8>> {
        let size: usize = self
            .0
            .iter()
            .map(|(k, v)| k.len().saturating_add(v.len()))
            .sum();
        let mut out = Vec::with_capacity(size.saturating_add(9));
        drop(Encoder::new(&mut out).map(length(self.0.len())));
        for (key, value) in &self.0 {
            out.extend_from_slice(key);
            out.extend_from_slice(value);
        }
        Zeroizing::new(out)
    }

    // Writing into a Vec cannot fail (its error type is Infallible): the results are dropped.
    fn put(&mut self, key: u8, write: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) {
        let mut value = Zeroizing::new(Vec::new());
        write(&mut Encoder::new(&mut *value));
        self.add(vec![key], value);
    }

    /// Puts a pair at its place; there are few, and most come in order.
    fn add(&mut self, key: Vec<u8>, value: Zeroizing<Vec<u8>>) {
        let place = self.0.partition_point(|(other, _)| *other < key);
        self.0.insert(place, (key, value));
    }
}

fn length(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
