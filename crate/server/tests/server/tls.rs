//! TLS by the server itself (S-147): the program with a certificate, and who gets through to it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring::default_provider;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use sesame_protocol::account::{Lang, Message as _, RegisterBegin};
use sesame_server::tls::{Tls, TlsError};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::support::Folder;
use crate::support::certificate::Certificate;
use crate::support::http::{Reply, exchange, parse, request};
use crate::support::person::email;
use crate::support::process::{Process, free_address, program};

/// A request of a client that trusts this certificate and expects this name; what TLS says otherwise.
async fn ask(
    process: &Process,
    trusted: &Certificate,
    name: &'static str,
    bytes: &[u8],
) -> Result<Reply, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from(trusted.der.clone()))
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(process.address).await.unwrap();
    let connector = TlsConnector::from(Arc::new(config));
    let name = ServerName::try_from(name).unwrap();
    match connector.connect(name, stream).await {
        Ok(stream) => Ok(parse(&exchange(stream, bytes).await)),
        Err(error) => Err(error
            .into_inner()
            .unwrap()
            .downcast_ref::<rustls::Error>()
            .unwrap()
            .clone()),
    }
}

fn with_tls(
    folder: &Folder,
    (certificate, key): &(PathBuf, PathBuf),
) -> (std::process::Command, std::net::SocketAddr) {
    let address = free_address();
    let mut program = program(folder, "https", address);
    program
        .env("SESAME_TLS_CERTIFICATE", certificate)
        .env("SESAME_TLS_KEY", key);
    (program, address)
}

#[tokio::test]
async fn s147_tls_by_the_server_itself() {
    let (folder, certificate) = (Folder::new(), Certificate::new());
    let files = certificate.write(folder.path(), "first");
    let (program, address) = with_tls(&folder, &files);
    let process = Process::serve(program, address).await;
    let authority = format!("localhost:{}", address.port());
    let health = request("GET", "/healthz", &authority, &[], b"");

    let reply = ask(&process, &certificate, "localhost", &health)
        .await
        .unwrap();
    assert_eq!(reply.status, 200);
    assert!(reply.header("strict-transport-security").is_some());
    let (email, lang) = (email("person@example.org"), Lang::En);
    let body = RegisterBegin { email, lang }.encode();
    let begin = request("POST", "/v1/register/begin", &authority, &[], &body);
    let reply = ask(&process, &certificate, "localhost", &begin)
        .await
        .unwrap();
    assert_eq!(reply.status, 202);

    // Who does not know the certificate, or looks for somebody else, sends nothing.
    let other = Certificate::new();
    for (trusted, name) in [(&other, "localhost"), (&certificate, "sesame.example")] {
        let refused = ask(&process, trusted, name, &health).await.unwrap_err();
        assert!(
            matches!(refused, rustls::Error::InvalidCertificate(_)),
            "{name}: {refused:?}"
        );
    }
    // Without TLS there is no service, and nothing that looks like one.
    for plain in [&health, &begin] {
        let stream = TcpStream::connect(address).await.unwrap();
        let answer = exchange(stream, plain).await;
        assert!(
            !answer.windows(4).any(|window| window == b"HTTP"),
            "{answer:?}"
        );
    }

    // SIGHUP: another certificate in the same files.
    other.write(folder.path(), "first");
    process.signal("-HUP");
    while ask(&process, &other, "localhost", &health).await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(
        ask(&process, &certificate, "localhost", &health)
            .await
            .is_err()
    );
    assert!(process.stop().contains("certificate read again"));
}

/// What can't be used when it is read again changes nothing.
#[test]
fn s147_a_certificate_that_is_exchanged_by_halves() {
    let folder = Folder::new();
    let (certificate, key) = Certificate::new().write(folder.path(), "first");
    let tls = Tls::open(&certificate, &key).unwrap();
    let used = tls.acceptor();
    let (_, other) = Certificate::new().write(folder.path(), "second");
    std::fs::copy(other, &key).unwrap();
    assert!(matches!(tls.reload(), Err(TlsError::Mismatch)));
    assert!(Arc::ptr_eq(used.config(), tls.acceptor().config()));
    Certificate::new().write(folder.path(), "first");
    assert!(tls.reload().is_ok());
    assert!(!Arc::ptr_eq(used.config(), tls.acceptor().config()));
}

/// Certificate and key that don't belong together: `serve` does not start, `check` says why, both in words.
#[tokio::test]
async fn s147_a_key_of_another_certificate() {
    let folder = Folder::new();
    let (certificate, _) = Certificate::new().write(folder.path(), "one");
    let (_, key) = Certificate::new().write(folder.path(), "two");
    let none = folder.path().join("none");
    let empty = folder.path().join("empty");
    std::fs::write(&empty, "").unwrap();
    for (files, words) in [
        (
            (certificate.clone(), key.clone()),
            "tls_certificate and tls_key don't belong together",
        ),
        ((certificate.clone(), none.clone()), "none: "),
        ((none, key.clone()), "none: "),
        ((certificate, empty.clone()), "empty: "),
        ((empty, key), "empty: "),
    ] {
        for command in ["serve", "check"] {
            let (mut program, _) = with_tls(&folder, &files);
            let ended = program.arg(command).output().unwrap();
            let said = String::from_utf8_lossy(&ended.stderr);
            assert!(
                !ended.status.success() && said.contains(words),
                "{command} {files:?}: {said}"
            );
        }
    }
    assert!(
        !folder.path().join("sesame.db").exists(),
        "nothing was begun"
    );
}
