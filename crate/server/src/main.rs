//! The account server's program.

fn main() {}
