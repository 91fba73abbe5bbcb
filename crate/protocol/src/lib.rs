//! What extension and server both say: ids, labels, sealed records, manifest.
