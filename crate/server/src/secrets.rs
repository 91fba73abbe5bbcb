//! The server's secrets: a file of its own, because with the database alone nobody can guess at
//! passwords, and without this file nobody can sign in (S-146).

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sesame_protocol::sha256;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::challenge::ChallengeKey;
use crate::db::Tx;
use crate::failure::Failure;
use crate::opaque::Setup;

const FIRST_LINE: &str = "sesame-server secrets 1";
const NAME: &str = "secrets";

/// Why the secrets can't be used.
#[derive(Debug, Error)]
pub enum SecretsError {
    /// The file is missing, and the database was used with one.
    #[error(
        "the secrets file {0} is missing, and the database has accounts made with it: restore it from the backup. \
         No new one is made: with new secrets nobody could sign in"
    )]
    Missing(PathBuf),
    /// The file is another one than the database was used with.
    #[error(
        "the secrets file {0} does not belong to this database: restore the one that was backed up together with it"
    )]
    Other(PathBuf),
    /// The file is not one of ours.
    #[error("{0} is not a secrets file, or it is damaged: restore it from the backup")]
    Damaged(PathBuf),
    /// Others may read the file.
    #[error("the secrets file {0} can be read by others: chmod 600 {0}")]
    Open(PathBuf),
    /// The file can't be read or written.
    #[error("secrets file {0}: {1}")]
    File(PathBuf, #[source] io::Error),
    /// The database can't be asked.
    #[error("the database can't be asked which secrets belong to it: {0}")]
    Database(#[source] Failure),
    /// The system has no randomness.
    #[error("the system gives no random bytes")]
    Random,
}

/// What the server must know and nobody else may. Has no `Debug`.
#[derive(Clone)]
pub struct Secrets {
    /// OPAQUE's.
    pub opaque: Setup,
    /// Makes stable stand-ins for accounts that do not exist, and names inside OPAQUE.
    pub enumeration: Zeroizing<[u8; 32]>,
    /// Seals what is put into the database between two messages; names limits' rows.
    pub sealing: Zeroizing<[u8; 32]>,
    /// Makes challenges.
    pub challenges: ChallengeKey,
    challenge_seed: Zeroizing<[u8; 32]>,
}

impl Secrets {
    /// New secrets.
    ///
    /// # Errors
    /// `Random`.
    pub fn generate() -> Result<Self, SecretsError> {
        let random = || {
            let mut bytes = Zeroizing::new([0; 32]);
            getrandom::fill(bytes.as_mut_slice())
                .map(|()| bytes)
                .map_err(|_| SecretsError::Random)
        };
        let seed = random()?;
        Ok(Self {
            opaque: Setup::generate(),
            enumeration: random()?,
            sealing: random()?,
            challenges: ChallengeKey::new(*seed),
            challenge_seed: seed,
        })
    }

    fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::from(FIRST_LINE));
        let setup = self.opaque.to_bytes();
        let parts: [(&str, &[u8]); 4] = [
            ("opaque", &setup),
            ("enumeration", self.enumeration.as_slice()),
            ("sealing", self.sealing.as_slice()),
            ("challenge", self.challenge_seed.as_slice()),
        ];
        for (name, bytes) in parts {
            text.push('\n');
            text.push_str(name);
            text.push(' ');
            text.push_str(&hex(bytes));
        }
        text.push('\n');
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let mut part = |name: &str| {
            let (found, digits) = lines.next()?.split_once(' ')?;
            (found == name).then(|| unhex(digits))?
        };
        let opaque = Setup::from_bytes(&part("opaque")?).ok()?;
        let mut key = |name: &str| -> Option<Zeroizing<[u8; 32]>> {
            Some(Zeroizing::new(part(name)?.as_slice().try_into().ok()?))
        };
        let (enumeration, sealing) = (key("enumeration")?, key("sealing")?);
        let seed = key("challenge")?;
        lines.next().is_none().then(|| Self {
            opaque,
            enumeration,
            sealing,
            challenges: ChallengeKey::new(*seed),
            challenge_seed: seed,
        })
    }

    /// What the database remembers of the secrets: a hash of all of them.
    fn fingerprint(&self) -> [u8; 32] {
        sha256(&[b"fingerprint", self.to_text().as_bytes()])
    }

    /// Reads the file, which must be readable by its owner only.
    ///
    /// # Errors
    /// `Damaged`, `Open`, `File`.
    pub fn read(path: &Path) -> Result<Option<Self>, SecretsError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(SecretsError::Damaged(path.to_owned()));
            }
            Err(error) => return Err(SecretsError::File(path.to_owned(), error)),
        };
        private(path)?;
        Self::from_text(&text)
            .map(Some)
            .ok_or_else(|| SecretsError::Damaged(path.to_owned()))
    }

    /// Writes a new file; never over another one.
    ///
    /// # Errors
    /// `File`.
    pub fn write_new(&self, path: &Path) -> Result<(), SecretsError> {
        let failed = |error| SecretsError::File(path.to_owned(), error);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failed)?;
        file.write_all(self.to_text().as_bytes()).map_err(failed)?;
        file.sync_all().map_err(failed)
    }

    /// The secrets of this database: read from the file, compared with what the database remembers;
    /// made new only for a database without accounts that remembers none.
    ///
    /// # Errors
    /// Every one of [`SecretsError`].
    pub async fn open(path: &Path, tx: &mut Tx) -> Result<Self, SecretsError> {
        let known = remembered(tx).await.map_err(SecretsError::Database)?;
        let secrets = match (Self::read(path)?, &known) {
            (Some(secrets), _) => secrets,
            (None, Known::Nothing) => {
                let secrets = Self::generate()?;
                secrets.write_new(path)?;
                secrets
            }
            (None, _) => return Err(SecretsError::Missing(path.to_owned())),
        };
        let fingerprint = secrets.fingerprint();
        match known {
            Known::Fingerprint(known) if known == fingerprint => {}
            Known::Nothing => remember(tx, &fingerprint)
                .await
                .map_err(SecretsError::Database)?,
            // Accounts without a fingerprint: nothing says that the file is theirs.
            Known::Fingerprint(_) | Known::Accounts => {
                return Err(SecretsError::Other(path.to_owned()));
            }
        }
        Ok(secrets)
    }
}

impl Secrets {
    /// Whether there are secrets and they belong to the database; changes nothing.
    ///
    /// # Errors
    /// Every one of [`SecretsError`] but `Random`.
    pub async fn compare(path: &Path, tx: &mut Tx) -> Result<bool, SecretsError> {
        let known = remembered(tx).await.map_err(SecretsError::Database)?;
        match (Self::read(path)?, known) {
            (None, Known::Nothing) => Ok(false),
            (None, _) => Err(SecretsError::Missing(path.to_owned())),
            (Some(secrets), Known::Fingerprint(known)) if secrets.fingerprint() == known => {
                Ok(true)
            }
            (Some(_), Known::Nothing) => Ok(false),
            (Some(_), _) => Err(SecretsError::Other(path.to_owned())),
        }
    }
}

enum Known {
    Nothing,
    Accounts,
    Fingerprint([u8; 32]),
}

async fn remembered(tx: &mut Tx) -> Result<Known, Failure> {
    let line = tx
        .first("SELECT value FROM server WHERE name = $1", &[NAME.into()])
        .await?;
    if let Some(line) = line {
        return Ok(Known::Fingerprint(line.array(0)?));
    }
    let anyone = tx.first("SELECT account FROM account LIMIT 1", &[]).await?;
    Ok(anyone.map_or(Known::Nothing, |_| Known::Accounts))
}

async fn remember(tx: &mut Tx, fingerprint: &[u8; 32]) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO server (name, value) VALUES ($1, $2)",
        &[NAME.into(), fingerprint.into()],
    )
    .await?;
    Ok(())
}

#[cfg(unix)]
fn private(path: &Path) -> Result<(), SecretsError> {
    use std::os::unix::fs::MetadataExt as _;
    let mode = fs::metadata(path)
        .map_err(|error| SecretsError::File(path.to_owned(), error))?
        .mode();
    if mode & 0o077 == 0 {
        Ok(())
    } else {
        Err(SecretsError::Open(path.to_owned()))
    }
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), SecretsError> {
    Ok(())
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(2 * bytes.len()));
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}

fn unhex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let mut bytes = Zeroizing::new(Vec::with_capacity(pairs.len()));
    for [high, low] in pairs {
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let value = (digit(*high)? << 4) | digit(*low)?;
        bytes.push(u8::try_from(value).ok()?);
    }
    rest.is_empty().then_some(bytes)
}

#[cfg(test)]
mod tests;
