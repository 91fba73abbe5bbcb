//! Putting a backup into an empty database.

use std::fs::File;
use std::io::{BufReader, Read, Seek as _, SeekFrom};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::tables::{Kind, TABLES, Table};
use super::{BackupError, MAGIC, Value};
use crate::db::{Arg, Db, Tx};
use crate::failure::Failure;
use crate::marker;

/// Largest value: a blob of 256 KiB and its envelope, with room.
const VALUE_MAX: u32 = 1024 * 1024;

/// Restores a backup into an empty database of this program's version, all or nothing; how many
/// accounts came back. Every session is void.
///
/// # Errors
/// `Damaged`, `NotEmpty`, `File`, `Database`.
pub async fn restore(db: &Db, path: &Path) -> Result<u64, BackupError> {
    let file = File::open(path).map_err(|error| BackupError::File(path.to_owned(), error))?;
    let mut source = Source {
        input: BufReader::new(file),
        path,
    };
    let end = source.checked()?;
    let mut tx = db.write().await?;
    let anyone = tx.first("SELECT account FROM account LIMIT 1", &[]).await?;
    if anyone.is_some() {
        return Err(BackupError::NotEmpty);
    }
    source.seek(u64::try_from(MAGIC.len()).unwrap_or_default() + 8)?;
    let secrets: [u8; 32] = source.array()?;
    tx.run("DELETE FROM server", &[]).await?;
    if secrets != [0; 32] {
        tx.run(
            "INSERT INTO server (name, value) VALUES ('secrets', $1)",
            &[(&secrets).into()],
        )
        .await?;
    }
    let mut count = 0;
    loop {
        let [number] = source.array()?;
        let Some(place) = number.checked_sub(1) else {
            break;
        };
        let table = TABLES
            .get(usize::from(place))
            .ok_or_else(|| source.damaged())?;
        count += u64::from(place == 0);
        row(&mut tx, &mut source, table).await?;
    }
    if source.position()? != end {
        return Err(source.damaged());
    }
    marker::void(&mut tx).await?;
    tx.commit().await?;
    Ok(count)
}

async fn row(tx: &mut Tx, source: &mut Source<'_>, table: &Table) -> Result<(), BackupError> {
    let mut values = Vec::with_capacity(table.columns.len());
    for (_, kind) in table.columns {
        let value = source.value()?;
        let fits = matches!(
            (&value, kind),
            (Value::Null, _)
                | (Value::Number(_), Kind::Number)
                | (Value::Bytes(_), Kind::Bytes)
                | (Value::Text(_), Kind::Text)
        );
        if !fits {
            return Err(source.damaged());
        }
        values.push((value, kind));
    }
    let args: Vec<Arg<'_>> = values
        .iter()
        .map(|(value, kind)| match (value, kind) {
            (Value::Number(number), _) => Arg::from(*number),
            (Value::Bytes(bytes), _) => Arg::from(bytes.as_slice()),
            (Value::Text(text), _) => Arg::from(text.as_str()),
            (Value::Null, Kind::Number) => Arg::MaybeInt(None),
            (Value::Null, Kind::Bytes) => Arg::MaybeBytes(None),
            (Value::Null, Kind::Text) => Arg::MaybeText(None),
        })
        .collect();
    match tx.run(table.insert, &args).await {
        Ok(_) => Ok(()),
        // What the schema refuses did not come out of it.
        Err(Failure::Again | Failure::Database(_)) => Err(source.damaged()),
        Err(other) => Err(other.into()),
    }
}

struct Source<'p> {
    input: BufReader<File>,
    path: &'p Path,
}

impl Source<'_> {
    fn damaged(&self) -> BackupError {
        BackupError::Damaged(self.path.to_owned())
    }

    fn seek(&mut self, to: u64) -> Result<(), BackupError> {
        self.input
            .seek(SeekFrom::Start(to))
            .map_err(|error| BackupError::File(self.path.to_owned(), error))?;
        Ok(())
    }

    fn position(&mut self) -> Result<u64, BackupError> {
        self.input
            .stream_position()
            .map_err(|error| BackupError::File(self.path.to_owned(), error))
    }

    /// Reads the whole file once and compares its hash, before anything is believed; where its rows
    /// end.
    fn checked(&mut self) -> Result<u64, BackupError> {
        let failed = |error| BackupError::File(self.path.to_owned(), error);
        let len = self.input.get_ref().metadata().map_err(failed)?.len();
        let end = len.checked_sub(32).ok_or_else(|| self.damaged())?;
        let mut magic = vec![0; MAGIC.len()];
        self.input
            .read_exact(&mut magic)
            .map_err(|_| self.damaged())?;
        if magic != MAGIC {
            return Err(self.damaged());
        }
        self.seek(0)?;
        let mut hash = Sha256::new();
        let mut rest = end;
        let mut chunk = vec![0; 64 * 1024];
        while rest > 0 {
            let take = usize::try_from(rest).map_or(chunk.len(), |rest| rest.min(chunk.len()));
            let part = chunk.get_mut(..take).ok_or_else(|| self.damaged())?;
            self.input.read_exact(part).map_err(|_| self.damaged())?;
            hash.update(&*part);
            rest -= u64::try_from(take).map_err(|_| self.damaged())?;
        }
        let stored: [u8; 32] = self.array()?;
        if hash.finalize().as_slice() == stored {
            Ok(end)
        } else {
            Err(self.damaged())
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BackupError> {
        let mut bytes = [0; N];
        self.input
            .read_exact(&mut bytes)
            .map_err(|_| self.damaged())?;
        Ok(bytes)
    }

    fn bytes(&mut self) -> Result<Vec<u8>, BackupError> {
        let len = u32::from_be_bytes(self.array()?);
        if len > VALUE_MAX {
            return Err(self.damaged());
        }
        let mut bytes = vec![0; usize::try_from(len).map_err(|_| self.damaged())?];
        self.input
            .read_exact(&mut bytes)
            .map_err(|_| self.damaged())?;
        Ok(bytes)
    }

    fn value(&mut self) -> Result<Value, BackupError> {
        let [tag] = self.array()?;
        Ok(match tag {
            0 => Value::Null,
            1 => Value::Number(u64::from_be_bytes(self.array()?)),
            2 => Value::Bytes(self.bytes()?),
            3 => Value::Text(String::from_utf8(self.bytes()?).map_err(|_| self.damaged())?),
            _ => return Err(self.damaged()),
        })
    }
}
