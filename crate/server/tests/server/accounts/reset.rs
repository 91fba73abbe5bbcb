//! The reset: what it makes, what it ends, and what it keeps.

use sesame_protocol::account::{
    Account, AccountSettings, EraseAt, Lang, Pulled, RefusalCode, RowList, Rows, SealedErase,
    SealedPull, Session,
};
use sesame_server::account::{ERASE_MS, UNDO_DAYS};
use sesame_server::clock::DAY_MS;

use crate::both;
use crate::support::TestServer;
use crate::support::person::{Person, sign_in};
use crate::support::vault::random;

async fn account(server: &TestServer, session: &Session) -> Account {
    server
        .ask(&session.token, "/v1/account", &())
        .await
        .message()
}

both! {
    /// S-131, S-134: an empty vault at once, the old one kept, everything else signed out.
    async fn s131_s134_what_a_reset_does(server) {
        let mut before = Person::new(&server, "person@example.org").await;
        before.fill(&server, 5).await;
        let elsewhere = crate::support::person::Device::new();
        let other: Session =
            sign_in(&server, &before.email, &before.password, &elsewhere).await.message();
        server.mails().await;
        let mut after = before.reset(&server, "new password").await;

        // Every token and device of before.
        for session in [&before.session, &other] {
            let reply = server.ask(&session.token, "/v1/account", &()).await;
            assert_eq!(reply.code(), RefusalCode::Unauthorised);
        }
        let told = before.renew(&server).await.refusal();
        let change = told.generation_change().unwrap();
        let now = server.state.now();
        assert_eq!(
            (change.reset_at, change.undo_until, change.erase_at, change.generation),
            (now, now + UNDO_DAYS * DAY_MS, now + 90 * DAY_MS, after.vault.generation)
        );
        // Who does not open the old vault is told nothing.
        let mut stranger = before.clone();
        stranger.vault.key = after.vault.key.clone();
        assert_eq!(stranger.renew(&server).await.code(), RefusalCode::Denied);

        // The old password no longer signs in, the new one does.
        assert_eq!(before.sign_in(&server, &before.password).await.code(), RefusalCode::Denied);
        after.sign_in(&server, "new password").await.message::<Session>();
        after.fill(&server, 1).await;
        let pulled: Pulled =
            server.ask(&after.session.token, "/v1/v/pull", &after.vault.pull(after.session.epoch)).await.message();
        assert!(pulled.buckets.is_empty());

        let account = account(&server, &after.session).await;
        assert_eq!(account.hint, "another");
        assert_eq!(account.devices.len(), 1);
        assert_eq!(account.sealed.len(), 1);
        assert_eq!((account.sealed[0].generation, account.sealed[0].live), (before.vault.generation, 5));
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM entry").await, 6);

        // S-136: one notice.
        let mail = server.only_mail().await;
        assert_eq!(mail.subject, "Your Sesame account was reset");
    }

    /// S-133: the mailbox, and a session of the new generation, open nothing of the old one.
    async fn s133_a_mailbox_thief_gets_no_old_ciphertext(server) {
        let mut before = Person::new(&server, "person@example.org").await;
        before.fill(&server, 5).await;
        let thief = before.reset(&server, "thief's").await;
        let ids = before.vault.entries.keys().copied().collect();
        let rows = Rows { generation: before.vault.generation, ids };
        let reply = server.ask(&thief.session.token, "/v1/v/rows", &rows).await;
        assert_eq!(reply.code(), RefusalCode::GenChanged);
        let ids = before.vault.entries.keys().copied().collect();
        let rows = Rows { generation: thief.vault.generation, ids };
        let reply = server.ask(&thief.session.token, "/v1/v/rows", &rows).await;
        assert!(reply.status == 404 || reply.message::<RowList>().rows.is_empty());
        let reply = server
            .ask(&thief.session.token, "/v1/v/pull", &before.vault.pull(thief.session.epoch))
            .await;
        assert_eq!(reply.code(), RefusalCode::GenChanged);
        for grant in [[0; 32], random()] {
            let ask = SealedPull { generation: before.vault.generation, grant, after: None };
            let reply = server.ask(&thief.session.token, "/v1/sealed/pull", &ask).await;
            assert_eq!(reply.code(), RefusalCode::Denied);
        }
    }

    /// How long a sealed vault is kept is its owner's choice, never shorter than an erasing that was asked
    /// for waits or the reset can be taken back (S-135), and not changed afterwards from the vault that
    /// took its place.
    async fn s134_days_of_a_sealed_vault(server) {
        let person = Person::new(&server, "person@example.org").await;
        let days = async |session: &Session, sealed_days| {
            let ask = AccountSettings { lang: Lang::It, sealed_days };
            assert_eq!(server.ask(&session.token, "/v1/settings", &ask).await.status, 200);
        };
        for few in [0, 7, 29] {
            let ask = AccountSettings { lang: Lang::It, sealed_days: few };
            let reply = server.ask(&person.session.token, "/v1/settings", &ask).await;
            assert_eq!(reply.code(), RefusalCode::Malformed, "{few}");
        }
        days(&person.session, 30).await;
        // What another program left in the database is no way around it.
        let mut tx = server.state.db.write().await.unwrap();
        tx.run("UPDATE account SET sealed_days = 7", &[]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(account(&server, &person.session).await.sealed_days, 30);
        let first = person.reset(&server, "first").await;
        let now = server.state.now();
        let sealed = account(&server, &first.session).await.sealed;
        assert_eq!(sealed[0].erase_at, now + 30 * DAY_MS);
        assert!(sealed[0].erase_at >= now + ERASE_MS && sealed[0].erase_at > sealed[0].undo_until);
        // To ask for its erasing makes nothing sooner.
        let erase = SealedErase { generation: person.vault.generation };
        let reply = server.ask(&first.session.token, "/v1/sealed/erase", &erase).await;
        assert_eq!(reply.message::<EraseAt>().erase_at, sealed[0].erase_at);
        days(&first.session, 200).await;
        assert_eq!(account(&server, &first.session).await.sealed[0].erase_at, sealed[0].erase_at);
        let second = first.reset(&server, "second").await;
        let sealed = account(&server, &second.session).await.sealed;
        let newest = sealed.iter().find(|line| line.generation == first.vault.generation).unwrap();
        assert_eq!(newest.erase_at, now + 200 * DAY_MS);
    }

    /// A vault that does not fit its account is not taken, and the link stays good.
    async fn s26_a_reset_of_another_account_or_with_rows(server) {
        let person = Person::new(&server, "person@example.org").await;
        let other = Person::new(&server, "other@example.org").await;
        let token = person.reset_token(&server).await;
        let (good, _) = person.reset_form(&server, token, "new").await;
        let mut foreign = good.clone();
        (foreign.header, foreign.manifest) =
            (other.vault.header_bytes(), other.vault.first_manifest());
        let mut unsigned = good.clone();
        unsigned.manifest[2200] ^= 1;
        let mut again = good.clone();
        again.generation = person.vault.generation;
        (again.header, again.manifest) = (person.vault.header_bytes(), person.vault.first_manifest());
        for (wrong, code) in [
            (foreign, RefusalCode::Malformed),
            (unsigned, RefusalCode::BadSignature),
            (again, RefusalCode::Conflict),
        ] {
            assert_eq!(server.post("/v1/reset/finish", &wrong).await.code(), code);
        }
        assert_eq!(server.post("/v1/reset/finish", &good).await.status, 200);
        assert_eq!(server.post("/v1/reset/finish", &good).await.code(), RefusalCode::Expired);
    }
}
