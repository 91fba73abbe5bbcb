use super::{Flow, exactly};
use crate::opaque::tests::{Server, party};
use crate::{AuthError, KdfId, Password, stretch};

const TYPED: &[u8] = b"correct horse battery staple";

#[test]
fn one_password_registers_signs_in_and_opens_the_vault() {
    let server = Server::new();
    let mut flow = Flow::new(TYPED).unwrap();
    let request = flow.register_start().unwrap();
    let registered = flow
        .register_finish(&server.response(&request), party())
        .unwrap();
    let ke1 = flow.login_start().unwrap();
    let (ke2, waiting) = server.answer(&ke1, Some(&registered.upload));
    let signed_in = flow
        .login_finish(&ke2, party(), Some(&registered.server_key))
        .unwrap();
    assert_eq!(signed_in.server_key, registered.server_key);
    assert!(waiting.accepts(&signed_in.ke3));
    let alone = stretch(&Password::new(TYPED).unwrap(), &[7; 32], KdfId::Mib64).unwrap();
    assert_eq!(flow.stretch(&[7; 32], KdfId::Mib64), Ok(alone));
}

#[test]
fn s23_each_start_is_finished_once_and_by_its_own_finish() {
    let server = Server::new();
    let mut flow = Flow::new(TYPED).unwrap();
    let order = Some(AuthError::Order);
    assert_eq!(flow.register_finish(&[0; 64], party()).err(), order);
    assert_eq!(flow.login_finish(&[0; 320], party(), None).err(), order);

    let request = flow.register_start().unwrap();
    let response = server.response(&request);
    assert_eq!(flow.login_finish(&[0; 320], party(), None).err(), order);
    assert_eq!(flow.register_finish(&response, party()).err(), order);

    let ke1 = flow.login_start().unwrap();
    let (ke2, _) = server.answer(&ke1, None);
    let none = Some(AuthError::ServerAnswer);
    assert_eq!(flow.login_finish(&ke2[1..], party(), None).err(), none);
    // The right answer comes too late: the first try is over.
    assert_eq!(flow.login_finish(&ke2, party(), None).err(), order);
}

#[test]
fn a_wrong_length_is_no_answer() {
    assert_eq!(exactly::<2>(&[1, 2]), Ok([1, 2]));
    for wrong in [&[][..], &[1], &[1, 2, 3]] {
        assert_eq!(exactly::<2>(wrong), Err(AuthError::ServerAnswer));
    }
}

#[test]
fn what_can_be_no_password_begins_nothing() {
    assert_eq!(Flow::new(b"").err(), Some(AuthError::Empty));
    assert_eq!(Flow::new(b"a\tb").err(), Some(AuthError::Forbidden));
}
