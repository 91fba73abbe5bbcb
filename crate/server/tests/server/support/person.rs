//! Somebody with an account, and what that person's browser does.

use ed25519_dalek::{Signer as _, SigningKey};
use sesame_protocol::DeviceId;
use sesame_protocol::account::code::{MailCode, RESET_TOKEN, decode};
use sesame_protocol::account::{
    Commit, Email, Lang, LoginFinish, LoginStart, LoginStarted, NewDevice, PasswordFinish,
    PasswordStart, RegisterBegin, RegisterFinish, RegisterStart, RegisterStarted, ResetFinish,
    ResetRequest, ResetStart, ResetStarted, Session, SessionFinish, SessionStart, SessionStarted,
    proof,
};
use sesame_protocol::sha256;
use sesame_server::mail::send_due;

use super::TestServer;
use super::http::Reply;
use super::opaque::{Registering, SigningIn};
use super::vault::{TestVault, random};

/// A mail of the outbox.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
}

impl TestServer {
    /// Sends what waits, and takes all mails out of the outbox, oldest first.
    pub async fn mails(&self) -> Vec<Mail> {
        while send_due(&self.state).await.unwrap() > 0 {}
        let mut files = Vec::new();
        if let Ok(folder) = std::fs::read_dir(self.folder.path().join("outbox")) {
            for file in folder {
                let path = file.unwrap().path();
                let when = path.metadata().unwrap().modified().unwrap();
                let text = std::fs::read_to_string(&path).unwrap();
                std::fs::remove_file(&path).unwrap();
                files.push((when, text));
            }
        }
        files.sort();
        files
            .into_iter()
            .map(|(_, text)| {
                let (head, body) = text.split_once("\n\n").unwrap();
                let (to, subject) = head.split_once("\nSubject: ").unwrap();
                Mail {
                    to: to.strip_prefix("To: ").unwrap().to_owned(),
                    subject: subject.to_owned(),
                    text: body.to_owned(),
                }
            })
            .collect()
    }

    /// The only mail there is.
    pub async fn only_mail(&self) -> Mail {
        let mails = self.mails().await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        mails.into_iter().next().unwrap()
    }

    /// The one mail to an address that holds these words; what came before it is thrown away.
    pub async fn newest(&self, to: &str, words: &str) -> Mail {
        let mails = self.mails().await;
        let mut fitting = mails
            .into_iter()
            .filter(|mail| mail.to == to && mail.text.contains(words));
        let mail = fitting.next().unwrap();
        assert!(fitting.next().is_none());
        mail
    }

    /// Lines of a table.
    pub async fn count(&self, sql: &'static str) -> u64 {
        let mut tx = self.state.db.read().await.unwrap();
        tx.first(sql, &[])
            .await
            .unwrap()
            .unwrap()
            .number(0)
            .unwrap()
    }
}

impl Mail {
    /// The ten symbols in it.
    pub fn code(&self) -> MailCode {
        let line = self.text.lines().find(|line| line.starts_with("    "));
        MailCode::parse(line.unwrap()).unwrap()
    }

    /// The token of the link in it.
    pub fn token(&self) -> [u8; RESET_TOKEN] {
        let link = self.text.lines().find(|line| line.contains("#t=")).unwrap();
        decode(link).unwrap()
    }
}

pub fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// A device with its key.
#[derive(Clone)]
pub struct Device {
    pub id: DeviceId,
    pub key: SigningKey,
}

impl Device {
    pub fn new() -> Self {
        Self {
            id: DeviceId::from_bytes(random()),
            key: SigningKey::from_bytes(&random()),
        }
    }

    pub fn public(&self) -> NewDevice {
        NewDevice {
            device: self.id,
            public_key: self.key.verifying_key().to_bytes(),
        }
    }
}

/// An account with its one device.
#[derive(Clone)]
pub struct Person {
    pub email: Email,
    pub password: String,
    pub vault: TestVault,
    pub device: Device,
    pub recovery: SigningKey,
    pub session: Session,
}

impl Person {
    /// Signs up from the first mail to the first session.
    pub async fn new(server: &TestServer, address: &str) -> Self {
        let (email, password) = (email(address), format!("password of {address}"));
        begin(server, &email).await;
        let code = server.newest(address, "    ").await.code();
        let (state, request) = Registering::start(&password);
        let started: RegisterStarted = server
            .post(
                "/v1/register/start",
                &RegisterStart {
                    email: email.clone(),
                    code: code.clone(),
                    request,
                },
            )
            .await
            .message();
        let (mut vault, device) = (TestVault::new(), Device::new());
        vault.device = device.id;
        vault.head = sha256(&[&vault.first_manifest()]);
        let recovery = SigningKey::from_bytes(&random());
        let finish = RegisterFinish {
            email: email.clone(),
            code,
            lang: Lang::En,
            hint: "the usual".to_owned(),
            account: vault.account,
            generation: vault.generation,
            upload: state.finish(&started.response, &started.cred_id, &server.state.origin),
            recovery_key: Some(recovery.verifying_key().to_bytes()),
            device: device.public(),
            header: vault.header_bytes(),
            manifest: vault.first_manifest(),
        };
        let session = server.post("/v1/register/finish", &finish).await.message();
        Self {
            email,
            password,
            vault,
            device,
            recovery,
            session,
        }
    }

    /// Commits `count` new rows.
    pub async fn fill(&mut self, server: &TestServer, count: usize) {
        let rows = (0..count).map(|_| TestVault::new_row(120)).collect();
        let commit = self.vault.commit(rows, self.session.epoch);
        let reply = server
            .ask(&self.session.token, "/v1/v/commit", &commit)
            .await;
        assert_eq!(reply.status, 200);
    }

    /// A new session by the two signatures.
    pub async fn renew(&self, server: &TestServer) -> Reply {
        renew(server, &self.vault, &self.device).await
    }

    /// Signs in with this device and a password.
    pub async fn sign_in(&self, server: &TestServer, password: &str) -> Reply {
        sign_in(server, &self.email, password, &self.device).await
    }

    /// A commit with a changed header.
    pub fn header_commit(&mut self) -> Commit {
        self.vault.header.hdr_seq += 1;
        let header = self.vault.header_bytes();
        let mut commit = self.vault.commit(Vec::new(), self.session.epoch);
        commit.header = Some(header);
        commit
    }

    /// Sets a new master password.
    pub async fn change_password(
        &mut self,
        server: &TestServer,
        password: &str,
        sign_out_others: bool,
    ) -> Reply {
        let (state, request) = Registering::start(password);
        let started: RegisterStarted = server
            .ask(
                &self.session.token,
                "/v1/password/start",
                &PasswordStart { request },
            )
            .await
            .message();
        let upload = state.finish(&started.response, &started.cred_id, &server.state.origin);
        let finish = PasswordFinish {
            upload,
            commit: self.header_commit(),
            sign_out_others,
        };
        server
            .ask(&self.session.token, "/v1/password/finish", &finish)
            .await
    }

    /// Asks for a reset and takes the token out of the mail.
    pub async fn reset_token(&self, server: &TestServer) -> [u8; RESET_TOKEN] {
        request_reset(server, &self.email).await;
        server
            .newest(self.email.as_str(), "/reset#t=")
            .await
            .token()
    }

    /// What a reset with this token sends at the end, and who the person is after it.
    pub async fn reset_form(
        &self,
        server: &TestServer,
        token: [u8; RESET_TOKEN],
        password: &str,
    ) -> (ResetFinish, Self) {
        let (state, request) = Registering::start(password);
        let started: ResetStarted = server
            .post("/v1/reset/start", &ResetStart { token, request })
            .await
            .message();
        let (mut vault, device) = (TestVault::new(), Device::new());
        vault.account = started.account;
        vault.header.account = started.account;
        vault.device = device.id;
        vault.head = sha256(&[&vault.first_manifest()]);
        let recovery = SigningKey::from_bytes(&random());
        let finish = ResetFinish {
            token,
            generation: vault.generation,
            hint: "another".to_owned(),
            upload: state.finish(&started.response, &started.cred_id, &server.state.origin),
            recovery_key: Some(recovery.verifying_key().to_bytes()),
            device: device.public(),
            header: vault.header_bytes(),
            manifest: vault.first_manifest(),
        };
        let after = Self {
            email: started.email,
            password: password.to_owned(),
            vault,
            device,
            recovery,
            session: self.session.clone(),
        };
        (finish, after)
    }

    /// The whole reset: who the person is after it.
    pub async fn reset(&self, server: &TestServer, password: &str) -> Self {
        let token = self.reset_token(server).await;
        let (finish, mut after) = self.reset_form(server, token, password).await;
        after.session = server.post("/v1/reset/finish", &finish).await.message();
        after
    }
}

pub async fn begin(server: &TestServer, email: &Email) {
    let ask = RegisterBegin {
        email: email.clone(),
        lang: Lang::En,
    };
    assert_eq!(server.post("/v1/register/begin", &ask).await.status, 202);
}

pub async fn request_reset(server: &TestServer, email: &Email) {
    let ask = ResetRequest {
        email: email.clone(),
        lang: Lang::En,
    };
    assert_eq!(server.post("/v1/reset/request", &ask).await.status, 202);
}

/// KE1 and the answer to it.
pub async fn login_start(server: &TestServer, email: &Email, password: &str) -> (SigningIn, Reply) {
    let (state, ke1) = SigningIn::start(password);
    let ask = LoginStart {
        email: email.clone(),
        ke1,
    };
    (state, server.post("/v1/login/start", &ask).await)
}

/// A sign-in to its end; a wrong password ends with a last message that fits nothing.
pub async fn sign_in(server: &TestServer, email: &Email, password: &str, device: &Device) -> Reply {
    let (state, reply) = login_start(server, email, password).await;
    if reply.status != 200 {
        return reply;
    }
    let started: LoginStarted = reply.message();
    let ke3 = state
        .finish(&started.ke2, &started.cred_id, &server.state.origin)
        .unwrap_or_else(|| vec![1; 64]);
    let finish = LoginFinish {
        login_id: started.login_id,
        ke3,
        device: device.public(),
    };
    server.post("/v1/login/finish", &finish).await
}

/// A new session for this device with this vault open.
pub async fn renew(server: &TestServer, vault: &TestVault, device: &Device) -> Reply {
    let ask = SessionStart {
        account: vault.account,
        device: device.id,
    };
    let started: SessionStarted = server.post("/v1/session/start", &ask).await.message();
    server
        .post(
            "/v1/session/finish",
            &signed_session(server, vault, device, &started),
        )
        .await
}

pub fn signed_session(
    server: &TestServer,
    vault: &TestVault,
    device: &Device,
    started: &SessionStarted,
) -> SessionFinish {
    let message = proof::session(
        &server.state.origin,
        &vault.account,
        &vault.generation,
        &device.id,
        &started.nonce,
        started.exp,
    )
    .unwrap();
    SessionFinish {
        account: vault.account,
        generation: vault.generation,
        device: device.id,
        nonce: started.nonce,
        device_signature: device.key.sign(&message).to_bytes(),
        vault_signature: vault.key.sign(&message).to_bytes(),
    }
}
