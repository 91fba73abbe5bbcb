//! Signing up and in, by each way.

use ed25519_dalek::Signer as _;
use sesame_protocol::account::{
    LoginFinish, LoginStarted, RecoverFinish, RecoverStart, RecoverStarted, RefusalCode,
    RegisterStart, Session, SessionStart, SessionStarted, proof,
};
use sesame_server::account::CODE_MS;

use crate::both;
use crate::support::TestServer;
use crate::support::http::Reply;
use crate::support::opaque::Registering;
use crate::support::person::{
    Device, Person, begin, email, login_start, renew, sign_in, signed_session,
};
use crate::support::vault::TestVault;

const PULL: &str = "/v1/v/pull";

async fn works(server: &TestServer, vault: &TestVault, session: &Session) -> bool {
    server
        .ask(&session.token, PULL, &vault.pull(session.epoch))
        .await
        .status
        == 200
}

async fn recover_start(server: &TestServer, person: &Person) -> RecoverStarted {
    let ask = RecoverStart {
        email: person.email.clone(),
    };
    server.post("/v1/recover/start", &ask).await.message()
}

fn recover_finish(
    server: &TestServer,
    person: &Person,
    started: &RecoverStarted,
    device: &Device,
) -> RecoverFinish {
    let message = proof::recovery_login(
        &server.state.origin,
        &started.account,
        &started.nonce,
        started.exp,
    )
    .unwrap();
    RecoverFinish {
        account: started.account,
        nonce: started.nonce,
        exp: started.exp,
        signature: person.recovery.sign(&message).to_bytes(),
        device: device.public(),
    }
}

both! {
    /// From the first mail to a session, and in again with the password, the code and the keys.
    async fn every_way_in(server) {
        let mut person = Person::new(&server, "person@example.org").await;
        assert!(works(&server, &person.vault, &person.session).await);
        person.fill(&server, 3).await;

        let elsewhere = Device::new();
        let reply = sign_in(&server, &person.email, &person.password, &elsewhere).await;
        assert!(works(&server, &person.vault, &reply.message()).await);
        let mail = server.only_mail().await;
        assert_eq!((mail.to.as_str(), mail.subject.as_str()),
            ("person@example.org", "Your Sesame account was opened in another browser"));
        // The same browser again is not a new one.
        person.sign_in(&server, &person.password).await.message::<Session>();
        assert!(server.mails().await.is_empty());

        let started = recover_start(&server, &person).await;
        assert_eq!(started.account, person.vault.account);
        let finish = recover_finish(&server, &person, &started, &Device::new());
        let session = server.post("/v1/recover/finish", &finish).await.message();
        assert!(works(&server, &person.vault, &session).await);
        assert_eq!(server.mails().await.len(), 1);

        let session: Session = person.renew(&server).await.message();
        assert!(works(&server, &person.vault, &session).await);
        assert_eq!(session.head_hash, person.vault.head);
    }

    /// S-23: a wrong password is not told from anything else that does not hold.
    async fn s23_a_wrong_password(server) {
        let person = Person::new(&server, "person@example.org").await;
        assert_eq!(person.sign_in(&server, "wrong").await.code(), RefusalCode::Denied);
        let nobody = sign_in(&server, &email("nobody@example.org"), "wrong", &Device::new()).await;
        assert_eq!((nobody.status, nobody.code()), (403, RefusalCode::Denied));
        person.sign_in(&server, &person.password).await.message::<Session>();
    }

    /// S-23: the last message is good once, for its own sign-in, for two minutes, and not after the
    /// password was changed in between.
    async fn s23_replayed_and_late_messages(server) {
        let mut person = Person::new(&server, "person@example.org").await;
        let origin = server.state.origin.clone();
        let begun = || async {
            let (state, reply) = login_start(&server, &person.email, &person.password).await;
            let started: LoginStarted = reply.message();
            let ke3 = state.finish(&started.ke2, &started.cred_id, &origin).unwrap();
            LoginFinish { login_id: started.login_id, ke3, device: person.device.public() }
        };
        let finish = |ask: LoginFinish| {
            let server = &server;
            async move { server.post("/v1/login/finish", &ask).await }
        };
        let (first, second) = (begun().await, begun().await);
        let swapped = LoginFinish { login_id: second.login_id, ..first.clone() };
        assert_eq!(finish(swapped).await.code(), RefusalCode::Denied);
        // The try used the second sign-in up.
        assert_eq!(finish(second).await.code(), RefusalCode::Denied);
        finish(first.clone()).await.message::<Session>();
        assert_eq!(finish(first).await.code(), RefusalCode::Denied);

        let late = begun().await;
        server.clock.advance(120_000);
        let later = begun().await;
        finish(late).await.message::<Session>();
        server.clock.advance(120_001);
        assert_eq!(finish(later).await.code(), RefusalCode::Denied);

        let before = begun().await;
        person.session = person.renew(&server).await.message();
        person.change_password(&server, "another", false).await.message::<Session>();
        assert_eq!(finish(before).await.code(), RefusalCode::Denied);
    }

    /// S-158: a signature counts once, for its nonce, its account and its two minutes.
    async fn s158_replayed_signatures(server) {
        let person = Person::new(&server, "person@example.org").await;
        let other = Person::new(&server, "other@example.org").await;
        let send = |ask: RecoverFinish| {
            let server = &server;
            async move { server.post("/v1/recover/finish", &ask).await }
        };
        let denied = |reply: Reply| assert_eq!(reply.code(), RefusalCode::Denied);
        let started = recover_start(&server, &person).await;
        let good = recover_finish(&server, &person, &started, &Device::new());
        denied(send(RecoverFinish { exp: good.exp + 1, ..good.clone() }).await);
        denied(send(RecoverFinish { account: other.vault.account, ..good.clone() }).await);
        let mut nonce = good.nonce;
        nonce[31] ^= 1;
        denied(send(RecoverFinish { nonce, ..good.clone() }).await);
        send(good.clone()).await.message::<Session>();
        denied(send(good).await);

        // A wrong signature uses its challenge up, too.
        let started = recover_start(&server, &person).await;
        let good = recover_finish(&server, &person, &started, &Device::new());
        denied(send(RecoverFinish { signature: [0; 64], ..good.clone() }).await);
        denied(send(good).await);

        let started = recover_start(&server, &person).await;
        let late = recover_finish(&server, &person, &started, &Device::new());
        server.clock.advance(120_001);
        denied(send(late).await);
    }

    /// Decision 0012: both signatures, once, and a device that is signed in.
    async fn s131_renewing_needs_both_keys(server) {
        let person = Person::new(&server, "person@example.org").await;
        let stranger = Device::new();
        let code = |reply: Reply| reply.code();
        // The vault's key, and a device's that nobody registered.
        assert_eq!(code(renew(&server, &person.vault, &stranger).await), RefusalCode::DeviceUnknown);
        // The device's key, and another vault's: no more is said than to a stranger.
        let mut vault = TestVault::new();
        (vault.account, vault.generation) = (person.vault.account, person.vault.generation);
        assert_eq!(code(renew(&server, &vault, &person.device).await), RefusalCode::Denied);
        assert_eq!(code(renew(&server, &vault, &stranger).await), RefusalCode::Denied);
        assert_eq!(code(renew(&server, &TestVault::new(), &stranger).await), RefusalCode::Denied);

        let ask = SessionStart { account: person.vault.account, device: person.device.id };
        let started: SessionStarted = server.post("/v1/session/start", &ask).await.message();
        let finish = signed_session(&server, &person.vault, &person.device, &started);
        let mut wrong = finish.clone();
        wrong.device_signature = wrong.vault_signature;
        assert_eq!(code(server.post("/v1/session/finish", &wrong).await), RefusalCode::Denied);
        // That try used the challenge up.
        assert_eq!(code(server.post("/v1/session/finish", &finish).await), RefusalCode::Denied);
        person.renew(&server).await.message::<Session>();
    }

    /// S-123: a mailed code is good for half an hour to the millisecond, for five tries, for its
    /// address, and until the next one.
    async fn s123_mailed_codes(server) {
        let (here, there) = (email("person@example.org"), email("other@example.org"));
        let start = |email: &sesame_protocol::account::Email, code: &sesame_protocol::account::code::MailCode| {
            let (_, request) = Registering::start("x");
            let ask = RegisterStart { email: email.clone(), code: code.clone(), request };
            let server = &server;
            async move { server.post("/v1/register/start", &ask).await }
        };
        begin(&server, &here).await;
        let code = server.only_mail().await.code();
        assert_eq!(start(&here, &code).await.status, 200);
        assert_eq!(start(&there, &code).await.code(), RefusalCode::Expired);
        server.clock.advance(CODE_MS);
        assert_eq!(start(&here, &code).await.status, 200);
        server.clock.advance(1);
        assert_eq!(start(&here, &code).await.code(), RefusalCode::Expired);

        begin(&server, &here).await;
        let old = server.only_mail().await.code();
        begin(&server, &here).await;
        let new = server.only_mail().await.code();
        for _ in 0..4 {
            assert_eq!(start(&here, &old).await.code(), RefusalCode::Denied);
        }
        assert_eq!(start(&here, &new).await.status, 200);
        assert_eq!(start(&here, &old).await.code(), RefusalCode::Denied);
        assert_eq!(start(&here, &new).await.code(), RefusalCode::Expired);
    }

    /// S-26, S-119: an id or an address that is there is not taken over.
    async fn s26_what_is_there_stays(server) {
        let person = Person::new(&server, "person@example.org").await;
        begin(&server, &person.email).await;
        let mail = server.only_mail().await;
        assert_eq!(mail.subject, "You already have a Sesame account");
        assert!(!mail.text.lines().any(|line| line.starts_with("    ")), "no code in it");
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM account").await, 1);
    }
}
