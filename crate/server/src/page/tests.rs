use super::{FILES, HTML, POLICY, escaped};

#[test]
fn s34_no_page_has_a_field_or_a_form() {
    for (path, kind, content) in FILES {
        let content = content.to_lowercase();
        for forbidden in [
            "<input",
            "<textarea",
            "<form",
            "contenteditable",
            "prompt(",
            "type=\"password\"",
        ] {
            assert!(!content.contains(forbidden), "{path}: {forbidden}");
        }
        if kind == HTML {
            assert!(
                content.contains("<meta name=\"sesame-server\" content=\"1\">"),
                "{path}"
            );
        }
    }
}

#[test]
fn s129_pages_bring_no_markup_of_their_own_making_and_nothing_of_others() {
    for (path, _, content) in FILES {
        for forbidden in [
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            " style=",
            "onclick",
            "javascript:",
        ] {
            assert!(!content.contains(forbidden), "{path}: {forbidden}");
        }
        let foreign = content
            .match_indices("://")
            .filter(|(at, _)| !content[..*at].ends_with("xmlns=\"http"))
            .count();
        assert_eq!(foreign, 0, "{path} names another address");
    }
    assert!(POLICY.starts_with("default-src 'none';"));
    assert!(!POLICY.contains("unsafe"));
}

#[test]
fn every_sentence_of_a_page_is_there_in_italian_too() {
    for (path, kind, content) in FILES {
        if kind != HTML {
            continue;
        }
        for tag in ["<title", "<h1", "<h2", "<button", "<p "] {
            for (at, _) in content.match_indices(tag) {
                let element = content[at..].split('>').next().unwrap_or_default();
                assert!(element.contains("data-it=\""), "{path}: {element}");
            }
        }
    }
}

#[test]
fn s136_escaping_leaves_no_markup() {
    assert_eq!(
        escaped("<a href='x' b=\"y\">&"),
        "&lt;a href=&#39;x&#39; b=&quot;y&quot;&gt;&amp;"
    );
}
