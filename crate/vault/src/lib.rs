//! The Sesame vault: keys, key slots, items, manifest, search, generator. Pure: no I/O, clock or randomness of its own.
