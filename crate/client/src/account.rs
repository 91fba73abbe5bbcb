//! Signing up and in, changing the password, the reset and its undoing.

use sesame_auth::{Flow, Party};
use sesame_engine::api::{AttachInput, NewGenerationInput, PasswordInput, RegisterInput};
use sesame_engine::recover_body;
use sesame_protocol::account::code::{self, MailCode};
use sesame_protocol::account::{
    Email, Lang, LoginFinish, LoginStart, LoginStarted, Message, PasswordStart, RecoverStart,
    RegisterBegin, RegisterStart, RegisterStarted, ResetRequest, ResetStart, ResetStarted,
};
use sesame_vault::Store;
use zeroize::Zeroizing;

use crate::browser::{KDF, new_keeper, new_secret, open, prove};
use crate::{Browser, ClientError, ClientResult, Transport};

/// How one signs in.
#[derive(Clone, Copy)]
pub enum Proof<'a> {
    /// With the master password.
    Password(&'a str),
    /// With the recovery code.
    Recovery(&'a str),
}

/// What a sign-in gave, before the vault is there.
struct Entered {
    session: Vec<u8>,
    /// Empty after a recovery: nothing of OPAQUE is known then.
    cred_id: Vec<u8>,
    server_key: Vec<u8>,
}

impl<T: Transport> Browser<T> {
    /// Asks for the code that signing up needs, by mail.
    ///
    /// # Errors
    /// Refusals and losses.
    pub fn begin_sign_up(&mut self, email: &str) -> ClientResult<()> {
        let begin = RegisterBegin {
            email: address(email)?,
            lang: Lang::En,
        };
        self.ask("/v1/register/begin", &begin.encode())?;
        Ok(())
    }

    /// Makes an account for the open vault. Nothing is pushed yet.
    ///
    /// # Errors
    /// Refusals and losses, and those of engine and password's room.
    pub fn sign_up(&mut self, email: &str, password: &str, code: &str) -> ClientResult<()> {
        let mut flow = Flow::new(password.as_bytes())?;
        let start = RegisterStart {
            email: address(email)?,
            code: MailCode::parse(code).map_err(|_| ClientError::Invalid)?,
            request: flow.register_start()?,
        };
        let started: RegisterStarted = heard(&self.ask("/v1/register/start", &start.encode())?)?;
        let party = Party {
            origin: &self.origin,
            cred_id: &started.cred_id,
        };
        let registered = flow.register_finish(&started.response, party)?;
        let input = RegisterInput {
            email: email.to_owned(),
            code: code.to_owned(),
            lang: "en".to_owned(),
            hint: String::new(),
        };
        let body = self.keeper.register_body(&input, &registered.upload)?;
        let session = self.ask("/v1/register/finish", &body)?;
        let input = self.attaching(email);
        let commit =
            self.keeper
                .attach(&input, &session, &started.cred_id, &registered.server_key)?;
        self.write(commit);
        self.entered(&session)
    }

    /// Signs in in this empty profile, and takes the account's vault over.
    ///
    /// # Errors
    /// Refusals and losses, and those of engine and password's room. Nothing is stored then.
    pub fn sign_in(&mut self, email: &str, proof: Proof<'_>) -> ClientResult<()> {
        let mut keeper = new_keeper();
        let device = keeper.new_device()?;
        let entered = match proof {
            Proof::Password(password) => self.log_in(email, password, &device)?,
            Proof::Recovery(code) => self.recover(email, code, &device)?,
        };
        let token = session_token(&entered.session)?;
        let body = keeper.join_pull_body(&entered.session)?;
        let answer = self.call_with(&token, "/v1/v/pull", &body)?;
        let mut next = keeper.join_pulled(&answer)?;
        while let Some(body) = next {
            let answer = self.call_with(&token, "/v1/v/rows", &body)?;
            next = keeper.join_rows(&answer)?;
        }
        let by_code = match proof {
            Proof::Password(password) => {
                drop(open(&mut keeper, password)?);
                false
            }
            Proof::Recovery(code) => {
                drop(keeper.unlock_recovery(code)?);
                true
            }
        };
        let adopted = keeper.adopt()?;
        let joined = keeper.attach_joined(
            &self.attaching(email),
            &entered.session,
            &entered.cred_id,
            &entered.server_key,
        )?;
        let renewed = by_code.then(|| keeper.new_recovery_code()).transpose()?;
        self.keeper = keeper;
        self.write(adopted);
        self.write(joined);
        if let Some(renewed) = renewed {
            self.write(renewed.commit);
        }
        self.token = Some(token);
        Ok(())
    }

    /// Proves the password by OPAQUE, only for the pinned server where one was pinned.
    fn log_in(&mut self, email: &str, password: &str, device: &[u8]) -> ClientResult<Entered> {
        let mut flow = Flow::new(password.as_bytes())?;
        let start = LoginStart {
            email: address(email)?,
            ke1: flow.login_start()?,
        };
        let started: LoginStarted = heard(&self.ask("/v1/login/start", &start.encode())?)?;
        let party = Party {
            origin: &self.origin,
            cred_id: &started.cred_id,
        };
        let done = flow.login_finish(&started.ke2, party, None)?;
        let finish = LoginFinish {
            login_id: started.login_id,
            ke3: done.ke3,
            device: heard(device)?,
        };
        Ok(Entered {
            session: self.ask("/v1/login/finish", &finish.encode())?,
            cred_id: started.cred_id.to_vec(),
            server_key: done.server_key.to_vec(),
        })
    }

    fn recover(&mut self, email: &str, code: &str, device: &[u8]) -> ClientResult<Entered> {
        let start = RecoverStart {
            email: address(email)?,
        };
        let started = self.ask("/v1/recover/start", &start.encode())?;
        let body = recover_body(code, &started, self.origin.as_str(), device)?;
        Ok(Entered {
            session: self.ask("/v1/recover/finish", &body)?,
            cred_id: Vec::new(),
            server_key: Vec::new(),
        })
    }

    /// Sets a new master password, here and then at the account.
    ///
    /// # Errors
    /// Refusals and losses: the new one is then set here, and the account takes the old one still.
    pub fn change_password(&mut self, old: &str, new: &str) -> ClientResult<()> {
        self.set_password(old, new)?;
        self.bring_password(new, false)
    }

    /// Sets a new master password here only.
    ///
    /// # Errors
    /// Those of engine and password's room.
    pub fn set_password(&mut self, old: &str, new: &str) -> ClientResult<()> {
        let proved = prove(&mut self.keeper, old)?;
        self.write(proved);
        let (salt, stretched) = new_secret(new)?;
        let input = PasswordInput {
            kdf_id: KDF,
            salt,
            hint: String::new(),
        };
        let commit = self.keeper.set_master_password(input, stretched)?;
        self.write(commit);
        Ok(())
    }

    /// Makes the account take the master password that is set here.
    ///
    /// # Errors
    /// Refusals and losses.
    pub fn bring_password(&mut self, password: &str, sign_out_others: bool) -> ClientResult<()> {
        let mut flow = Flow::new(password.as_bytes())?;
        let start = PasswordStart {
            request: flow.register_start()?,
        };
        self.open_session()?;
        let started: RegisterStarted = heard(&self.call("/v1/password/start", &start.encode())?)?;
        let party = Party {
            origin: &self.origin,
            cred_id: &started.cred_id,
        };
        let registered = flow.register_finish(&started.response, party)?;
        self.pull()?;
        let bases = self.disk.rows(Store::Bases);
        let push = self
            .keeper
            .password_body(&registered.upload, sign_out_others, &bases)?;
        self.write(push.commit);
        let session = match self.call("/v1/password/finish", &push.body) {
            Ok(session) => session,
            Err(error) => {
                self.keeper.push_failed()?;
                return Err(error);
            }
        };
        let commit = self.keeper.password_done(&session)?;
        self.write(commit);
        self.entered(&session)
    }

    /// Asks for the mail with the reset link.
    ///
    /// # Errors
    /// Refusals and losses.
    pub fn request_reset(&mut self, email: &str) -> ClientResult<()> {
        let request = ResetRequest {
            email: address(email)?,
            lang: Lang::En,
        };
        self.ask("/v1/reset/request", &request.encode())?;
        Ok(())
    }

    /// Resets the account, in a profile of its own: a new vault with a new password. `link` is the mail's
    /// link or the code. Answers with the new recovery code.
    ///
    /// # Errors
    /// Refusals and losses, and those of engine and password's room.
    pub fn reset(&mut self, link: &str, password: &str) -> ClientResult<Zeroizing<String>> {
        let token = code::decode(link).map_err(|_| ClientError::Invalid)?;
        let mut flow = Flow::new(password.as_bytes())?;
        let start = ResetStart {
            token,
            request: flow.register_start()?,
        };
        let started: ResetStarted = heard(&self.ask("/v1/reset/start", &start.encode())?)?;
        let party = Party {
            origin: &self.origin,
            cred_id: &started.cred_id,
        };
        let registered = flow.register_finish(&started.response, party)?;
        let (salt, stretched) = new_secret(password)?;
        let mut keeper = new_keeper();
        let input = NewGenerationInput {
            account: started.account.to_string(),
            vault_name: "Tests".to_owned(),
            hint: String::new(),
            kdf_id: KDF,
            salt,
        };
        let made = keeper.new_generation(input, stretched)?;
        let body = keeper.reset_body(&token, &registered.upload, "")?;
        let session = self.ask("/v1/reset/finish", &body)?;
        let attached = keeper.attach(
            &self.attaching(started.email.as_str()),
            &session,
            &started.cred_id,
            &registered.server_key,
        )?;
        self.keeper = keeper;
        self.write(made.commit);
        self.write(attached);
        self.entered(&session)?;
        made.code.ok_or(ClientError::Invalid)
    }

    /// Takes a reset that was made elsewhere back, with the old vault that is open here.
    ///
    /// # Errors
    /// Refusals and losses, and those of the engine.
    pub fn undo_reset(&mut self) -> ClientResult<()> {
        let start = self.keeper.undo_start_body()?;
        let started = self.ask("/v1/undo/start", &start)?;
        let finish = self.keeper.undo_body(&started, None)?;
        let session = self.ask("/v1/undo/finish", &finish)?;
        let commit = self.keeper.undone(&session)?;
        self.write(commit);
        self.entered(&session)
    }

    pub(crate) fn call_with(
        &mut self,
        token: &str,
        path: &str,
        body: &[u8],
    ) -> ClientResult<Vec<u8>> {
        crate::browser::post(&mut self.line, path, Some(token), body)
    }

    pub(crate) fn entered(&mut self, session: &[u8]) -> ClientResult<()> {
        self.token = Some(self.keeper.session_opened(session)?.token);
        Ok(())
    }

    fn attaching(&self, email: &str) -> AttachInput {
        AttachInput {
            origin: self.origin.as_str().to_owned(),
            email: email.to_owned(),
            mode: "auto".to_owned(),
            device_name: "Tests".to_owned(),
        }
    }
}

fn address(email: &str) -> ClientResult<Email> {
    Email::parse(email).map_err(|_| ClientError::Invalid)
}

pub(crate) fn heard<M: Message>(answer: &[u8]) -> ClientResult<M> {
    Ok(M::decode(answer)?)
}

fn session_token(session: &[u8]) -> ClientResult<String> {
    let session: sesame_protocol::account::Session = heard(session)?;
    Ok(session.token.to_text())
}
