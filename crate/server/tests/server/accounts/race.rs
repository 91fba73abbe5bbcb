//! Many at once.

use std::sync::Arc;

use sesame_protocol::account::{RefusalCode, Session};
use tokio::task::JoinSet;

use crate::both;
use crate::support::person::Person;
use crate::support::vault::TestVault;

both! {
    /// S-124: a hundred redeem one link; one of them makes one generation.
    async fn s124_a_hundred_redeem_one_link(server) {
        let person = Person::new(&server, "person@example.org").await;
        let token = person.reset_token(&server).await;
        let mut forms = Vec::new();
        for number in 0..100 {
            // Ten generations, each sent ten times.
            forms.push(if number % 10 == 0 {
                person.reset_form(&server, token, "new").await.0
            } else {
                forms.last().cloned().unwrap()
            });
        }
        let server = Arc::new(server);
        let mut tasks = JoinSet::new();
        for form in forms {
            let server = Arc::clone(&server);
            tasks.spawn(async move { server.post("/v1/reset/finish", &form).await });
        }
        let replies = tasks.join_all().await;
        let won = replies.iter().filter(|reply| reply.status == 200).count();
        assert_eq!(won, 1, "{:?}", replies.iter().map(|reply| reply.status).collect::<Vec<_>>());
        for reply in replies.iter().filter(|reply| reply.status != 200) {
            assert!([RefusalCode::Expired, RefusalCode::Unavailable].contains(&reply.code()));
        }
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM generation").await, 2);
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM generation WHERE state = 0").await, 1);
        assert_eq!(server.mails().await.len(), 1);
    }

    /// S-132: commits of an old session against a reset: each is either in the old generation, whole,
    /// or refused; none lands in the new one.
    async fn s132_commits_against_a_reset(server) {
        let mut person = Person::new(&server, "person@example.org").await;
        person.fill(&server, 1).await;
        let token = person.reset_token(&server).await;
        let (finish, after) = person.reset_form(&server, token, "new").await;
        let server = Arc::new(server);
        let writer = {
            let (server, mut person) = (Arc::clone(&server), person.clone());
            tokio::spawn(async move {
                let mut taken = 1;
                loop {
                    let commit = person.vault.commit(vec![TestVault::new_row(120)], person.session.epoch);
                    let reply = server.ask(&person.session.token, "/v1/v/commit", &commit).await;
                    if reply.status != 200 {
                        return (taken, reply.code());
                    }
                    taken += 1;
                }
            })
        };
        // Some commits are in before it, and more come while it is under way.
        while server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM entry").await < 4 {
            assert!(!writer.is_finished());
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let session: Session = server.post("/v1/reset/finish", &finish).await.message();
        let (taken, code) = writer.await.unwrap();
        assert_eq!(code, RefusalCode::Unauthorised);
        assert_eq!(server.count("SELECT CAST(COUNT(*) AS BIGINT) FROM entry").await, taken);
        let live = server.count("SELECT live FROM generation WHERE state = 1").await;
        assert_eq!(live, taken);
        assert_eq!(server.count("SELECT live FROM generation WHERE state = 0").await, 0);
        // With a token of the new generation the old one's commits are refused as well.
        let commit = person.vault.commit(vec![TestVault::new_row(120)], session.epoch);
        let reply = server.ask(&session.token, "/v1/v/commit", &commit).await;
        assert_eq!(reply.code(), RefusalCode::GenChanged);
        assert_eq!(session.generation, after.vault.generation);
    }

    /// S-158: one challenge, signed once, sent many times at once.
    async fn s158_one_challenge_many_times(server) {
        use sesame_protocol::account::{SessionStart, SessionStarted};
        let person = Person::new(&server, "person@example.org").await;
        let ask = SessionStart { account: person.vault.account, device: person.device.id };
        let started: SessionStarted = server.post("/v1/session/start", &ask).await.message();
        let finish = crate::support::person::signed_session(&server, &person.vault, &person.device, &started);
        let server = Arc::new(server);
        let mut tasks = JoinSet::new();
        for _ in 0..20 {
            let (server, finish) = (Arc::clone(&server), finish.clone());
            tasks.spawn(async move { server.post("/v1/session/finish", &finish).await.status });
        }
        let statuses = tasks.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    }
}
