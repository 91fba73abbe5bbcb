use super::*;
use crate::understand::tests::{field, page};

#[test]
fn tells_what_was_understood_and_nothing_of_whose_page_it_is() {
    let mut user = field("email", "E-mail of alice@example.org, customer 4711");
    user.name = "u_0123456789abcdef0123456789abcdef".to_owned();
    user.nearby = "Hello Alice".to_owned();
    let mut snapshot = page(
        vec![user, field("password", "Password")],
        "Welcome back Alice, please sign in",
        "Sign in",
    );
    snapshot.title = "Alice's bank".to_owned();
    snapshot.path = "/customers/alice/login#token=hunter2".to_owned();
    snapshot.groups[0].links = vec!["Not Alice?".to_owned(), "Forgot password".to_owned()];
    let text = report(&snapshot);
    for secret in ["lice", "4711", "hunter", "bank", "0123", "abcdef"] {
        assert!(!text.contains(secret), "{secret} in\n{text}");
    }
    for told in [
        "form 1: login",
        "field 1: username",
        "field 2: current-password",
        "/*/*/login/*",
        "Forgot",
        "type",
    ] {
        assert!(text.contains(told), "no {told} in\n{text}");
    }
}
