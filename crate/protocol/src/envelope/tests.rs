use super::*;
use crate::Reader;

fn envelope(plain: usize) -> Vec<u8> {
    let mut bytes = envelope_prefix(Kind::Item).to_vec();
    bytes.extend([1; 24]);
    bytes.extend([2; 32]);
    bytes.extend(vec![3; plain]);
    bytes.extend([4; 16]);
    bytes
}

const KINDS: [Kind; 9] = [
    Kind::SlotWrap,
    Kind::Item,
    Kind::Tombstone,
    Kind::AttachmentChunk,
    Kind::LocalCache,
    Kind::LocalAnchor,
    Kind::DeviceSecrets,
    Kind::Export,
    Kind::Capture,
];

#[test]
fn layout() {
    let bytes = envelope(5);
    let parsed = Envelope::parse(&bytes, Kind::Item).unwrap();
    assert_eq!((parsed.nonce, parsed.commitment), ([1; 24], [2; 32]));
    assert_eq!(
        (parsed.ciphertext, parsed.tag),
        ([3; 5].as_slice(), [4; 16])
    );
    assert_eq!(bytes.len(), ENVELOPE_OVERHEAD + 5);
    assert!(
        Envelope::parse(&envelope(0), Kind::Item)
            .unwrap()
            .ciphertext
            .is_empty()
    );
    assert_eq!(KINDS.map(Kind::byte), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

/// S-178: nothing under 80 bytes is an envelope.
#[test]
fn s178_short() {
    for len in 0..ENVELOPE_OVERHEAD {
        assert_eq!(
            Envelope::parse(&envelope(0)[..len], Kind::Item).err(),
            Some(ProtocolError::Length)
        );
    }
}

/// S-15: every other value of each of the first eight bytes is a hard error.
#[test]
fn s15_prefix() {
    for at in 0..8 {
        for value in 0..=u8::MAX {
            let mut bytes = envelope(1);
            let right = bytes[at] == value;
            bytes[at] = value;
            let expected = match at {
                0..=3 => ProtocolError::Magic,
                4 => ProtocolError::Version,
                5 => ProtocolError::Kind,
                _ => ProtocolError::Reserved,
            };
            assert_eq!(
                Envelope::parse(&bytes, Kind::Item).err(),
                (!right).then_some(expected),
                "{at} {value}"
            );
        }
    }
}

/// S-04: an envelope of one kind is not one of another.
#[test]
fn s04_kinds_are_not_exchanged() {
    for made in KINDS {
        for read in KINDS {
            let mut bytes = envelope(1);
            bytes[..8].copy_from_slice(&envelope_prefix(made));
            assert_eq!(Envelope::parse(&bytes, read).is_ok(), made == read);
        }
    }
}

/// S-31: the reader never gives more than there is.
#[test]
fn s31_reader() {
    let mut reader = Reader::new(&[0, 0, 0, 3, 1, 2]);
    assert_eq!(reader.clone().block(2).err(), Some(ProtocolError::Length));
    assert_eq!(reader.clone().block(9).err(), Some(ProtocolError::Length));
    assert_eq!(reader.u32(), Ok(3));
    assert_eq!(reader.u16(), Ok(0x0102));
    assert_eq!(reader.end(), Ok(()));
    assert_eq!(reader.u8().err(), Some(ProtocolError::Length));
    assert_eq!(
        Reader::new(&[255; 8]).block(usize::MAX).err(),
        Some(ProtocolError::Length)
    );
}
