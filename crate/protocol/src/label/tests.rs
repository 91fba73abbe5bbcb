use super::*;
use crate::ctx;
use std::path::Path;

/// S-161: as `ctx` writes them, no label is the beginning of another one.
#[test]
fn s161_labels_are_prefix_free_and_versioned() {
    for (i, a) in Label::ALL.iter().enumerate() {
        assert!(a.as_str().starts_with("sesame1/") && a.as_str().len() < 256);
        for (j, b) in Label::ALL.iter().enumerate() {
            assert!(
                i == j || !ctx(*b, &[]).starts_with(&ctx(*a, &[])),
                "{a:?} {b:?}"
            );
        }
    }
}

/// S-161: nobody spells a label outside the table.
#[test]
fn s161_no_label_elsewhere() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut seen = 0;
    let mut todo = vec![crates.to_path_buf()];
    while let Some(dir) = todo.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs")
                && !path.to_string_lossy().contains("/label")
            {
                seen += 1;
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(
                    !text.contains(concat!("\"sesame1", "/")),
                    "a label is spelt in {}",
                    path.display()
                );
            }
        }
    }
    assert!(seen > 10);
}
