//! Build steps that want Rust.
fn main() {}
