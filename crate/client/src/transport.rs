//! The line to the server.

use std::time::Duration;

use sesame_protocol::account::{BODY_MAX, CONTENT_TYPE, Origin};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back, whatever it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// Nothing came back: whether the server did what it was asked is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost;

/// A line to a server, or something that stands for one.
pub trait Transport {
    /// One request; `token` goes into `Authorization`.
    ///
    /// # Errors
    /// [`Lost`].
    fn post(&mut self, path: &str, token: Option<&str>, body: &[u8]) -> Result<Answer, Lost>;
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn post(&mut self, path: &str, token: Option<&str>, body: &[u8]) -> Result<Answer, Lost> {
        (**self).post(path, token, body)
    }
}

/// HTTP, without TLS: to a server on this machine.
#[derive(Clone)]
pub struct Http {
    agent: ureq::Agent,
    base: String,
}

impl Http {
    /// A line to the server at `origin`.
    #[must_use]
    pub fn new(origin: &Origin) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .into();
        let base = origin.as_str().to_owned();
        Self { agent, base }
    }
}

impl Transport for Http {
    fn post(&mut self, path: &str, token: Option<&str>, body: &[u8]) -> Result<Answer, Lost> {
        let mut request = self
            .agent
            .post(format!("{}{path}", self.base))
            .header("Content-Type", CONTENT_TYPE);
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let mut response = request.send(body).map_err(|_| Lost)?;
        let limit = u64::try_from(BODY_MAX).map_err(|_| Lost)?;
        let body = response
            .body_mut()
            .with_config()
            .limit(limit)
            .read_to_vec()
            .map_err(|_| Lost)?;
        Ok(Answer {
            status: response.status().as_u16(),
            body,
        })
    }
}
