//! TLS by the server itself, for those without a proxy. Only rustls (S-147).

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;

/// Why TLS can't begin.
#[derive(Debug, Error)]
pub enum TlsError {
    /// A file can't be read as PEM.
    #[error("{0}: {1}")]
    Pem(PathBuf, pem::Error),
    /// The key is another certificate's.
    #[error("tls_certificate and tls_key don't belong together")]
    Mismatch,
    /// They are of an unknown kind.
    #[error("certificate and key: {0}")]
    Kind(rustls::Error),
}

impl From<rustls::Error> for TlsError {
    fn from(error: rustls::Error) -> Self {
        match error {
            rustls::Error::InconsistentKeys(_) => Self::Mismatch,
            other => Self::Kind(other),
        }
    }
}

/// The certificate in use; can be read again while the server runs.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<ServerConfig>>,
}

impl Tls {
    /// Reads certificate chain and key.
    ///
    /// # Errors
    /// Every one of [`TlsError`].
    pub fn open(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        Ok(Self {
            current: RwLock::new(load(certificate, key)?),
            certificate: certificate.to_owned(),
            key: key.to_owned(),
        })
    }

    /// Reads them again; what is in use stays when that fails.
    ///
    /// # Errors
    /// Every one of [`TlsError`].
    pub fn reload(&self) -> Result<(), TlsError> {
        let fresh = load(&self.certificate, &self.key)?;
        if let Ok(mut current) = self.current.write() {
            *current = fresh;
        }
        Ok(())
    }

    /// For one connection.
    #[must_use]
    pub fn acceptor(&self) -> TlsAcceptor {
        let current = match self.current.read() {
            Ok(current) => Arc::clone(&current),
            Err(poisoned) => Arc::clone(&poisoned.into_inner()),
        };
        TlsAcceptor::from(current)
    }
}

fn load(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .and_then(|chain| {
            if chain.is_empty() {
                Err(pem::Error::NoItemsFound)
            } else {
                Ok(chain)
            }
        })
        .map_err(|error| TlsError::Pem(certificate.to_owned(), error))?;
    let secret =
        PrivateKeyDer::from_pem_file(key).map_err(|error| TlsError::Pem(key.to_owned(), error))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, secret)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
