//! Taking a reset back (S-135).

use ed25519_dalek::Signer as _;
use sesame_protocol::account::{
    AccountDelete, HintSend, Lang, Pulled, RefusalCode, Session, SessionStarted, UndoFinish,
    UndoStart, proof,
};
use sesame_server::account::UNDO_DAYS;
use sesame_server::clock::DAY_MS;

use crate::both;
use crate::support::TestServer;
use crate::support::person::{Device, Person};
use crate::support::vault::TestVault;

async fn undo_form(server: &TestServer, vault: &TestVault, device: &Device) -> UndoFinish {
    let ask = UndoStart {
        account: vault.account,
        generation: vault.generation,
    };
    let started: SessionStarted = server.post("/v1/undo/start", &ask).await.message();
    let public = device.public();
    let message = proof::undo(
        &server.state.origin,
        &vault.account,
        &vault.generation,
        &started.nonce,
        started.exp,
        &public,
    )
    .unwrap();
    UndoFinish {
        account: vault.account,
        generation: vault.generation,
        nonce: started.nonce,
        vault_signature: vault.key.sign(&message).to_bytes(),
        device: public,
    }
}

both! {
    /// The old vault is back, with all its rows; who reset is signed out and can't undo the undoing.
    async fn s135_the_owner_takes_a_reset_back(server) {
        let mut owner = Person::new(&server, "person@example.org").await;
        owner.fill(&server, 4).await;
        let mut thief = owner.reset(&server, "thief's").await;
        thief.fill(&server, 2).await;
        // Even a deletion that the thief asked for is off.
        let ask = AccountDelete { email: owner.email.clone() };
        assert_eq!(server.ask(&thief.session.token, "/v1/account/delete", &ask).await.status, 200);
        server.mails().await;

        let form = undo_form(&server, &owner.vault, &owner.device).await;
        let session: Session = server.post("/v1/undo/finish", &form).await.message();
        assert_eq!((session.generation, session.head_hash, session.flags), (owner.vault.generation, owner.vault.head, 0));
        assert!(session.epoch > thief.session.epoch);
        let pulled: Pulled =
            server.ask(&session.token, "/v1/v/pull", &owner.vault.pull(session.epoch)).await.message();
        assert!(pulled.buckets.is_empty() && pulled.header.is_none());
        assert_eq!(server.only_mail().await.subject, "The reset of your Sesame account was undone");

        let reply = server.ask(&thief.session.token, "/v1/account", &()).await;
        assert_eq!(reply.code(), RefusalCode::Unauthorised);
        assert_eq!(thief.sign_in(&server, "thief's").await.code(), RefusalCode::Denied);
        let change = thief.renew(&server).await.refusal().generation_change().unwrap();
        assert_eq!(change.undo_until, 0);
        let form = undo_form(&server, &thief.vault, &thief.device).await;
        assert_eq!(server.post("/v1/undo/finish", &form).await.code(), RefusalCode::Expired);
        owner.sign_in(&server, &owner.password).await.message::<Session>();
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM entry").await, 6);
        // Nor does the thief go on speaking to the owner by the hint that came with the reset.
        server.mails().await;
        let ask = HintSend { email: owner.email.clone(), lang: Lang::En };
        assert_eq!(server.post("/v1/hint/send", &ask).await.status, 202);
        assert!(!server.only_mail().await.text.contains("another"));
    }

    /// Only by the old vault's key, within fourteen days, once.
    async fn s135_what_does_not_undo(server) {
        let owner = Person::new(&server, "person@example.org").await;
        let thief = owner.reset(&server, "thief's").await;
        let good = undo_form(&server, &owner.vault, &owner.device).await;
        let finish = |form: UndoFinish| {
            let server = &server;
            async move { server.post("/v1/undo/finish", &form).await }
        };
        // The resetter alone, with the mailbox and the new vault: another key's signature.
        let mut forged = owner.vault.clone();
        forged.key = thief.vault.key.clone();
        let form = undo_form(&server, &forged, &thief.device).await;
        assert_eq!(finish(form).await.code(), RefusalCode::Denied);
        // The owner's signature names the device.
        let mut swapped = good.clone();
        swapped.device = thief.device.public();
        assert_eq!(finish(swapped).await.code(), RefusalCode::Denied);
        // That used the challenge up.
        assert_eq!(finish(good).await.code(), RefusalCode::Denied);
        // The active generation is not undone.
        let form = undo_form(&server, &thief.vault, &thief.device).await;
        assert_eq!(finish(form).await.code(), RefusalCode::Denied);

        server.clock.advance(UNDO_DAYS * DAY_MS + 1);
        let form = undo_form(&server, &owner.vault, &owner.device).await;
        assert_eq!(finish(form).await.code(), RefusalCode::Expired);
    }

    /// The last moment, and a generation further back.
    async fn s135_the_last_moment_and_two_resets(server) {
        let mut owner = Person::new(&server, "person@example.org").await;
        owner.fill(&server, 1).await;
        let first = owner.reset(&server, "first").await;
        server.clock.advance(DAY_MS);
        let second = first.reset(&server, "second").await;
        server.clock.advance((UNDO_DAYS - 1) * DAY_MS);
        let form = undo_form(&server, &owner.vault, &owner.device).await;
        let session: Session = server.post("/v1/undo/finish", &form).await.message();
        assert_eq!(session.generation, owner.vault.generation);
        // Neither of the resets in between can be brought back by its maker.
        for person in [&first, &second] {
            let form = undo_form(&server, &person.vault, &person.device).await;
            assert_eq!(server.post("/v1/undo/finish", &form).await.code(), RefusalCode::Expired);
        }
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM generation WHERE state = 0").await, 1);
    }
}
