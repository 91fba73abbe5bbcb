//! The vault and form understanding as one WebAssembly class: conversions only.

pub mod fill;
