use super::*;

fn parts() -> BackupParts<'static> {
    BackupParts {
        header: b"header",
        manifest: b"manifest",
        local: b"local",
    }
}

fn rows(count: u8) -> BTreeMap<ItemId, Vec<u8>> {
    (0..count)
        .map(|n| (ItemId::from_bytes([n; 16]), vec![n; usize::from(n)]))
        .collect()
}

fn summed(content: &[u8]) -> Vec<u8> {
    [content, &sha256(&[content])].concat()
}

#[test]
fn layout() {
    let file = write_backup(&parts(), rows(2).iter(), 0x0102).unwrap();
    let expected = [
        b"SBK1\0\x01".as_slice(),
        &0x0102u64.to_be_bytes(),
        b"\0\0\0\x06header\0\0\0\x08manifest\0\0\0\x05local",
        b"\0\0\0\x02",
        &[0; 16],
        b"\0\0\0\0",
        &[1; 16],
        b"\0\0\0\x01\x01",
    ]
    .concat();
    assert_eq!(file, summed(&expected));
    let backup = Backup::read(&file).ok().unwrap();
    assert!(
        backup.saved_at == 0x0102
            && backup.rows == rows(2)
            && backup.parts[key::MANIFEST] == b"manifest"
    );
}

/// S-31: caps, order and counts, with a checksum that fits.
#[test]
fn s31_structure() {
    let file = write_backup(&parts(), rows(3).iter(), 1).unwrap();
    let content = &file[..file.len() - 32];
    let count_at = content.len() - 3 * 20 - 3 - 4;
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = content.to_vec();
        change(&mut bytes);
        Backup::read(&summed(&bytes)).err()
    };
    assert_eq!(with(&|_| {}), None);
    assert_eq!(with(&|b| b[5] = 2), Some(VaultError::NewerFormat));
    assert_eq!(with(&|b| b[5] = 0), Some(VaultError::Damaged));
    assert_eq!(with(&|b| b.push(0)), Some(VaultError::Damaged));
    assert_eq!(
        with(&|b| b.truncate(b.len() - 1)),
        Some(VaultError::Damaged)
    );
    assert_eq!(with(&|b| b[count_at + 3] = 2), Some(VaultError::Damaged));
    assert_eq!(with(&|b| b[count_at + 3] = 4), Some(VaultError::Damaged));
    assert_eq!(
        with(&|b| b[count_at..count_at + 4].fill(255)),
        Some(VaultError::Damaged)
    );
    assert_eq!(with(&|b| b[14..18].fill(255)), Some(VaultError::Damaged));
    // One id twice.
    assert_eq!(
        with(&|b| b[count_at + 24..count_at + 40].fill(0)),
        Some(VaultError::Damaged)
    );
    // A flipped version is damage, not a newer format.
    let mut flipped = file.clone();
    flipped[5] = 3;
    assert_eq!(Backup::read(&flipped).err(), Some(VaultError::Damaged));
}

#[test]
fn too_large_parts_are_not_written() {
    let long = vec![0; PART_MAX + 1];
    let parts = BackupParts {
        header: &long,
        ..parts()
    };
    assert_eq!(
        write_backup(&parts, rows(0).iter(), 1).err(),
        Some(VaultError::TooLarge)
    );
    let one = BTreeMap::from([(ItemId::from_bytes([0; 16]), vec![0; ROW_MAX + 1])]);
    assert_eq!(
        write_backup(&self::parts(), one.iter(), 1).err(),
        Some(VaultError::TooLarge)
    );
}
