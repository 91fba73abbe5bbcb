//! One typed password on its way through a form: it registers or signs in, and opens the vault, and
//! is wiped with the form.

use crate::{
    AuthError, KdfId, Party, Password, Registered, Registering, SERVER_KEY_LEN, SignedIn,
    SigningIn, StretchedPassword, stretch,
};

/// What the flow waits for.
enum Step {
    Nothing,
    Response(Registering),
    Answer(Box<SigningIn>),
}

/// A password and what has been begun with it. Wiped on drop; has no `Debug` (S-103).
pub struct Flow {
    password: Password,
    step: Step,
}

impl Flow {
    /// Begins with what was typed.
    ///
    /// # Errors
    /// Those of [`Password::new`].
    pub fn new(typed: &[u8]) -> Result<Self, AuthError> {
        Ok(Self {
            password: Password::new(typed)?,
            step: Step::Nothing,
        })
    }

    /// The request of a registration. What was begun before is given up.
    ///
    /// # Errors
    /// [`AuthError::NoRandomness`].
    pub fn register_start(&mut self) -> Result<Vec<u8>, AuthError> {
        let (state, request) = Registering::start(&self.password)?;
        self.step = Step::Response(state);
        Ok(request)
    }

    /// The record of the registration that was begun, which is over with it.
    ///
    /// # Errors
    /// [`AuthError::Order`], or those of [`Registering::finish`].
    pub fn register_finish(
        &mut self,
        response: &[u8],
        party: Party<'_>,
    ) -> Result<Registered, AuthError> {
        match std::mem::replace(&mut self.step, Step::Nothing) {
            Step::Response(state) => state.finish(&self.password, response, party),
            Step::Nothing | Step::Answer(_) => Err(AuthError::Order),
        }
    }

    /// The first message of a sign-in. What was begun before is given up.
    ///
    /// # Errors
    /// [`AuthError::NoRandomness`].
    pub fn login_start(&mut self) -> Result<Vec<u8>, AuthError> {
        let (state, ke1) = SigningIn::start(&self.password)?;
        self.step = Step::Answer(Box::new(state));
        Ok(ke1)
    }

    /// The last message of the sign-in that was begun, which is over with it: another answer to the
    /// same first message is not looked at (S-23).
    ///
    /// # Errors
    /// [`AuthError::Order`], or those of [`SigningIn::finish`].
    pub fn login_finish(
        &mut self,
        ke2: &[u8],
        party: Party<'_>,
        pinned: Option<&[u8; SERVER_KEY_LEN]>,
    ) -> Result<SignedIn, AuthError> {
        match std::mem::replace(&mut self.step, Step::Nothing) {
            Step::Answer(state) => state.finish(&self.password, ke2, party, pinned),
            Step::Nothing | Step::Response(_) => Err(AuthError::Order),
        }
    }

    /// The stretched password, for a slot of the vault.
    ///
    /// # Errors
    /// Those of [`stretch`].
    pub fn stretch(&self, salt: &[u8], kdf: KdfId) -> Result<StretchedPassword, AuthError> {
        stretch(&self.password, salt, kdf)
    }
}

/// A fixed number of bytes from elsewhere.
///
/// # Errors
/// [`AuthError::ServerAnswer`] for another number.
pub(crate) fn exactly<const N: usize>(bytes: &[u8]) -> Result<[u8; N], AuthError> {
    bytes.try_into().map_err(|_| AuthError::ServerAnswer)
}

#[cfg(test)]
mod tests;
