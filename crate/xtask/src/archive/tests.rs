use super::pack;
use std::fs;
use std::io::Read;
use std::path::PathBuf;

fn folder(name: &str, order: &[&str]) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("sesame-archive-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("sub")).unwrap();
    for file in order {
        fs::write(dir.join(file), format!("content of {file}")).unwrap();
    }
    dir
}

/// S-112: neither the order of creation, nor the time, nor the folder's own name shows.
#[test]
fn s112_same_files_same_bytes() {
    let one = folder("one", &["b.js", "a.js", "sub/c.png"]);
    let bytes = pack(&one).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2100));
    let two = folder("two", &["sub/c.png", "a.js", "b.js"]);
    assert_eq!(bytes, pack(&two).unwrap());

    let mut read = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let names: Vec<String> = (0..read.len())
        .map(|index| read.by_index(index).unwrap().name().unwrap().into_owned())
        .collect();
    assert_eq!(names, ["a.js", "b.js", "sub/c.png"]);
    let mut text = String::new();
    read.by_name("sub/c.png")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, "content of sub/c.png");

    fs::write(two.join("a.js"), "other").unwrap();
    assert_ne!(bytes, pack(&two).unwrap());
    let _ = fs::remove_dir_all(one);
    let _ = fs::remove_dir_all(two);
}
