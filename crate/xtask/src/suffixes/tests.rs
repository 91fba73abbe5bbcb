use super::rules;

#[test]
fn keeps_rules_and_section_marks_and_nothing_else() {
    let list = "// VERSION: 1\n\n// ===BEGIN ICANN DOMAINS===\n// uk : a note\nco.uk\n*.ck\n!www.ck\n\
                // ===END ICANN DOMAINS===\n// ===BEGIN PRIVATE DOMAINS===\ngithub.io\n\
                // ===END PRIVATE DOMAINS===\n";
    assert_eq!(
        rules(list),
        "// ===BEGIN ICANN DOMAINS===\nco.uk\n*.ck\n!www.ck\n// ===END ICANN DOMAINS===\n\
         // ===BEGIN PRIVATE DOMAINS===\ngithub.io\n// ===END PRIVATE DOMAINS===\n"
    );
}

#[test]
fn a_list_of_comments_has_no_rules() {
    assert_eq!(rules("// nothing\n\n   // here\n"), "");
}
