//! Looking after an account: password, hint, devices, address, deletion.

use sesame_protocol::account::{
    Account, AccountDelete, AccountSettings, DeviceRemove, EmailBegin, EmailFinish, EmailUndo,
    EraseAt, Lang, PasswordStart, RefusalCode, ResetStart, SESSION_DELETION, SESSION_EMAIL_PENDING,
    SealedErase, Session, SetHint,
};
use sesame_server::account::{DELETE_MS, EMAIL_UNDO_MS};
use sesame_server::purge::purge;
use sesame_server::session::FRESH_MS;

use crate::both;
use crate::support::TestServer;
use crate::support::http::Reply;
use crate::support::opaque::Registering;
use crate::support::person::{Device, Person, begin, email, sign_in};
use crate::support::vault::TestVault;

async fn account(server: &TestServer, session: &Session) -> Account {
    server
        .ask(&session.token, "/v1/account", &())
        .await
        .message()
}

/// Each request that changes something for good, sent with this token.
async fn destructive(server: &TestServer, person: &mut Person) -> Vec<(&'static str, Reply)> {
    let token = person.session.token.clone();
    let (_, request) = Registering::start("x");
    let finish = sesame_protocol::account::PasswordFinish {
        upload: vec![0; 192],
        commit: person.header_commit(),
        sign_out_others: false,
    };
    let generation = person.vault.generation;
    vec![
        (
            "/v1/password/start",
            server
                .ask(&token, "/v1/password/start", &PasswordStart { request })
                .await,
        ),
        (
            "/v1/password/finish",
            server.ask(&token, "/v1/password/finish", &finish).await,
        ),
        (
            "/v1/hint",
            server
                .ask(
                    &token,
                    "/v1/hint",
                    &SetHint {
                        hint: "other".to_owned(),
                    },
                )
                .await,
        ),
        (
            "/v1/settings",
            server
                .ask(
                    &token,
                    "/v1/settings",
                    &AccountSettings {
                        lang: Lang::It,
                        sealed_days: 30,
                    },
                )
                .await,
        ),
        (
            "/v1/device/remove",
            server
                .ask(
                    &token,
                    "/v1/device/remove",
                    &DeviceRemove {
                        device: Device::new().id,
                    },
                )
                .await,
        ),
        (
            "/v1/email/begin",
            server
                .ask(
                    &token,
                    "/v1/email/begin",
                    &EmailBegin {
                        email: email("new@example.org"),
                    },
                )
                .await,
        ),
        (
            "/v1/account/delete",
            server
                .ask(
                    &token,
                    "/v1/account/delete",
                    &AccountDelete {
                        email: person.email.clone(),
                    },
                )
                .await,
        ),
        (
            "/v1/sealed/erase",
            server
                .ask(&token, "/v1/sealed/erase", &SealedErase { generation })
                .await,
        ),
    ]
}

both! {
    /// S-142: nothing that lasts is done with a session that was proved longer than five minutes
    /// ago, and nothing at all without one.
    async fn s142_fresh_or_not_at_all(server) {
        let mut person = Person::new(&server, "person@example.org").await;
        server.clock.advance(FRESH_MS + 1);
        let before = account(&server, &person.session).await;
        for (path, reply) in destructive(&server, &mut person.clone()).await {
            // A body that is no message is refused before anybody is looked up.
            let code = reply.code();
            let malformed = path == "/v1/password/finish" && code == RefusalCode::Malformed;
            assert!(code == RefusalCode::NotFresh || malformed, "{path} {code:?}");
        }
        let after = account(&server, &person.session).await;
        assert_eq!((before.hint, before.delete_at, before.devices.len()), (after.hint, after.delete_at, after.devices.len()));
        assert!(server.mails().await.is_empty());
        person.session.token = sesame_protocol::account::Token::new(person.vault.account, &[0; 32]);
        for (path, reply) in destructive(&server, &mut person.clone()).await {
            assert!([RefusalCode::Unauthorised, RefusalCode::Malformed].contains(&reply.code()), "{path}");
        }
        // Exactly five minutes are fresh.
        person.session = person.renew(&server).await.message();
        server.clock.advance(FRESH_MS);
        let hint = SetHint { hint: "exactly".to_owned() };
        assert_eq!(server.ask(&person.session.token, "/v1/hint", &hint).await.status, 200);
        assert_eq!(account(&server, &person.session).await.hint, "exactly");
    }

    /// S-131: a changed password ends every token; with "sign out the others", their keys too.
    async fn s131_a_changed_password(server) {
        let mut person = Person::new(&server, "person@example.org").await;
        let elsewhere = Device::new();
        let other: Session = sign_in(&server, &person.email, &person.password, &elsewhere).await.message();
        server.mails().await;
        let old = person.session.clone();
        person.session = person.change_password(&server, "second", false).await.message();
        for session in [&old, &other] {
            let reply = server.ask(&session.token, "/v1/account", &()).await;
            assert_eq!(reply.code(), RefusalCode::Unauthorised);
        }
        assert_eq!(server.only_mail().await.subject, "Your master password was changed");
        assert_eq!(person.sign_in(&server, &person.password).await.code(), RefusalCode::Denied);
        person.sign_in(&server, "second").await.message::<Session>();
        crate::support::person::renew(&server, &person.vault, &elsewhere).await.message::<Session>();

        person.session = person.change_password(&server, "third", true).await.message();
        let reply = crate::support::person::renew(&server, &person.vault, &elsewhere).await;
        assert_eq!(reply.code(), RefusalCode::DeviceUnknown);
        person.renew(&server).await.message::<Session>();
        // A password without the header that it opens is not taken.
        let (state, request) = Registering::start("fourth");
        let started: sesame_protocol::account::RegisterStarted =
            server.ask(&person.session.token, "/v1/password/start", &PasswordStart { request }).await.message();
        let finish = sesame_protocol::account::PasswordFinish {
            upload: state.finish(&started.response, &started.cred_id, &server.state.origin),
            commit: person.vault.clone().commit(vec![TestVault::new_row(120)], person.session.epoch),
            sign_out_others: false,
        };
        let reply = server.ask(&person.session.token, "/v1/password/finish", &finish).await;
        assert_eq!(reply.code(), RefusalCode::Malformed);
        person.sign_in(&server, "third").await.message::<Session>();
    }

    /// S-136: a changed slot is told by one mail.
    async fn s136_a_changed_header(server) {
        let mut person = Person::new(&server, "person@example.org").await;
        let commit = person.header_commit();
        assert_eq!(server.ask(&person.session.token, "/v1/v/commit", &commit).await.status, 200);
        assert_eq!(server.only_mail().await.subject, "The ways into your vault changed");
        person.fill(&server, 1).await;
        assert!(server.mails().await.is_empty());
    }

    /// A device is signed out: its sessions end, its key opens no new one; also one's own.
    async fn signing_devices_out(server) {
        let person = Person::new(&server, "person@example.org").await;
        let elsewhere = Device::new();
        let other: Session = sign_in(&server, &person.email, &person.password, &elsewhere).await.message();
        let listed = account(&server, &person.session).await.devices;
        assert_eq!(listed.len(), 2);
        let current: Vec<_> = listed.iter().filter(|line| line.current).map(|line| line.device).collect();
        assert_eq!(current, [person.device.id]);
        let ask = DeviceRemove { device: elsewhere.id };
        assert_eq!(server.ask(&person.session.token, "/v1/device/remove", &ask).await.status, 200);
        assert_eq!(server.ask(&person.session.token, "/v1/device/remove", &ask).await.code(), RefusalCode::NotFound);
        assert_eq!(server.ask(&other.token, "/v1/account", &()).await.code(), RefusalCode::Unauthorised);
        let reply = crate::support::person::renew(&server, &person.vault, &elsewhere).await;
        assert_eq!(reply.code(), RefusalCode::DeviceUnknown);
        // An id that is there is not taken over with another key.
        let mut copied = Device::new();
        copied.id = person.device.id;
        let reply = sign_in(&server, &person.email, &person.password, &copied).await;
        assert_eq!(reply.code(), RefusalCode::Conflict);
        // Oneself at any time, another one only with a session of now.
        server.clock.advance(FRESH_MS + 1);
        let ask = DeviceRemove { device: Device::new().id };
        assert_eq!(server.ask(&person.session.token, "/v1/device/remove", &ask).await.code(), RefusalCode::NotFresh);
        let ask = DeviceRemove { device: person.device.id };
        assert_eq!(server.ask(&person.session.token, "/v1/device/remove", &ask).await.status, 200);
        assert_eq!(server.ask(&person.session.token, "/v1/account", &()).await.code(), RefusalCode::Unauthorised);
    }

    /// S-151: a code to the new address, 72 hours for the old one, the same name inside OPAQUE.
    async fn s151_changing_the_address(server) {
        let person = Person::new(&server, "old@example.org").await;
        let ask = EmailBegin { email: email("new@example.org") };
        assert_eq!(server.ask(&person.session.token, "/v1/email/begin", &ask).await.status, 202);
        let mails = server.mails().await;
        let code = mails.iter().find(|mail| mail.to == "new@example.org").unwrap().code();
        let undo = mails.iter().find(|mail| mail.to == "old@example.org").unwrap().token();
        assert_eq!(mails.len(), 2);
        let session: Session = person.renew(&server).await.message();
        assert_eq!(session.flags, SESSION_EMAIL_PENDING);
        assert_eq!(account(&server, &session).await.pending_email.unwrap().as_str(), "new@example.org");
        // A link to the old address that is on its way ends with the change.
        let reset = person.reset_token(&server).await;
        // Another account can't use the code: the account is the session's.
        let other = Person::new(&server, "other@example.org").await;
        let finish = EmailFinish { code };
        let reply = server.ask(&other.session.token, "/v1/email/finish", &finish).await;
        assert_eq!(reply.code(), RefusalCode::Expired);
        assert_eq!(server.ask(&session.token, "/v1/email/finish", &finish).await.status, 200);
        let (_, request) = Registering::start("x");
        let reply = server.post("/v1/reset/start", &ResetStart { token: reset, request }).await;
        assert_eq!(reply.code(), RefusalCode::Expired);
        let mail = server.only_mail().await;
        assert_eq!((mail.to.as_str(), mail.subject.as_str()),
            ("new@example.org", "This is now the address of your Sesame account"));

        let moved = Person { email: email("new@example.org"), ..person.clone() };
        moved.sign_in(&server, &person.password).await.message::<Session>();
        assert_eq!(person.sign_in(&server, &person.password).await.code(), RefusalCode::Denied);
        // Nobody takes the old address while it can come back.
        begin(&server, &person.email).await;
        assert_eq!(server.only_mail().await.subject, "You already have a Sesame account");

        server.clock.advance(EMAIL_UNDO_MS);
        let reply = server.post("/v1/email/undo", &EmailUndo { token: undo }).await;
        assert_eq!(reply.status, 200);
        assert_eq!(server.only_mail().await.to, "old@example.org");
        person.sign_in(&server, &person.password).await.message::<Session>();
        assert_eq!(server.post("/v1/email/undo", &EmailUndo { token: undo }).await.code(), RefusalCode::Expired);
    }

    /// S-151: two changes in a row don't shake the first address off; a millisecond later it is over.
    async fn s151_a_chain_of_changes(server) {
        let person = Person::new(&server, "first@example.org").await;
        let mut undo = None;
        for address in ["second@example.org", "third@example.org"] {
            let session: Session = person.renew(&server).await.message();
            let ask = EmailBegin { email: email(address) };
            assert_eq!(server.ask(&session.token, "/v1/email/begin", &ask).await.status, 202);
            let mails = server.mails().await;
            let code = mails.iter().find(|mail| mail.to == address).unwrap().code();
            undo = undo.or(mails.iter().find(|mail| mail.to == "first@example.org").map(|mail| mail.token()));
            assert_eq!(server.ask(&session.token, "/v1/email/finish", &EmailFinish { code }).await.status, 200);
            server.mails().await;
        }
        let undo = EmailUndo { token: undo.unwrap() };
        assert_eq!(server.post("/v1/email/undo", &undo).await.status, 200);
        let session: Session = person.renew(&server).await.message();
        assert_eq!(account(&server, &session).await.email.as_str(), "first@example.org");
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM email_change").await, 0);

        // Once more, and the time runs out.
        server.mails().await;
        let ask = EmailBegin { email: email("second@example.org") };
        server.ask(&session.token, "/v1/email/begin", &ask).await;
        let mails = server.mails().await;
        let code = mails.iter().find(|mail| mail.to == "second@example.org").unwrap().code();
        let late = mails.iter().find(|mail| mail.to == "first@example.org").unwrap().token();
        server.ask(&session.token, "/v1/email/finish", &EmailFinish { code }).await;
        server.clock.advance(EMAIL_UNDO_MS + 1);
        let reply = server.post("/v1/email/undo", &EmailUndo { token: late }).await;
        assert_eq!(reply.code(), RefusalCode::Expired);
    }

    /// S-151: an address that somebody has is told so; whoever asked sees no difference, and no code
    /// is right.
    async fn s151_an_address_that_is_taken(server) {
        let person = Person::new(&server, "person@example.org").await;
        Person::new(&server, "other@example.org").await;
        let ask = EmailBegin { email: email("other@example.org") };
        assert_eq!(server.ask(&person.session.token, "/v1/email/begin", &ask).await.status, 202);
        let mails = server.mails().await;
        let told = mails.iter().find(|mail| mail.to == "other@example.org").unwrap();
        assert_eq!(told.subject, "You already have a Sesame account");
        let guess = EmailFinish { code: sesame_protocol::account::code::MailCode::from_random(&[1; 10]) };
        for _ in 0..5 {
            let reply = server.ask(&person.session.token, "/v1/email/finish", &guess).await;
            assert_eq!(reply.code(), RefusalCode::Denied);
        }
        let reply = server.ask(&person.session.token, "/v1/email/finish", &guess).await;
        assert_eq!(reply.code(), RefusalCode::Expired);
    }

    /// S-157: typed address, fresh proof, thirty days, one mail; any session takes it back.
    async fn s157_deleting_the_account(server) {
        let mut person = Person::new(&server, "person@example.org").await;
        person.fill(&server, 2).await;
        let delete = |text: &str, session: &Session| {
            let (ask, token, server) = (AccountDelete { email: email(text) }, session.token.clone(), &server);
            async move { server.ask(&token, "/v1/account/delete", &ask).await }
        };
        assert_eq!(delete("other@example.org", &person.session).await.code(), RefusalCode::Denied);
        let erase_at = delete("person@example.org", &person.session).await.message::<EraseAt>().erase_at;
        assert_eq!(erase_at, server.state.now() + DELETE_MS);
        assert_eq!(server.only_mail().await.subject, "Your Sesame account will be deleted");
        let session: Session = person.renew(&server).await.message();
        assert_eq!(session.flags, SESSION_DELETION);
        // It can still be read; nothing new is taken in.
        assert_eq!(server.ask(&session.token, "/v1/v/pull", &person.vault.pull(session.epoch)).await.status, 200);
        let commit = person.vault.clone().commit(vec![TestVault::new_row(120)], session.epoch);
        let refusal = server.ask(&session.token, "/v1/v/commit", &commit).await.refusal();
        assert_eq!(refusal.erase_at(), Some(erase_at));

        server.clock.advance(DELETE_MS - 1);
        purge(&server.state.db, server.state.now()).await.unwrap();
        let session: Session = person.renew(&server).await.message();
        assert_eq!(server.ask(&session.token, "/v1/account/keep", &()).await.status, 200);
        assert_eq!(server.only_mail().await.subject, "Your Sesame account stays");
        person.session = person.renew(&server).await.message();
        person.fill(&server, 1).await;

        delete("person@example.org", &person.session).await.message::<EraseAt>();
        server.clock.advance(DELETE_MS);
        purge(&server.state.db, server.state.now()).await.unwrap();
        for table in [
            "SELECT CAST(COUNT(*) AS BIGINT) FROM account", "SELECT CAST(COUNT(*) AS BIGINT) FROM generation",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM blob", "SELECT CAST(COUNT(*) AS BIGINT) FROM entry",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM link", "SELECT CAST(COUNT(*) AS BIGINT) FROM header",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM device", "SELECT CAST(COUNT(*) AS BIGINT) FROM session",
        ] {
            assert_eq!(server.count(table).await, 0, "{table}");
        }
        // The address is free again.
        Person::new(&server, "person@example.org").await;
    }
}
