//! The shipped archives: the same folder always gives the same bytes (S-112).

use crate::Failure;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Archives every file below `dir` into `out`: names sorted as bytes, one fixed time (1980-01-01,
/// the format's first day), one set of permissions, nothing about this machine.
pub(crate) fn write(dir: &Path, out: &Path) -> Result<(), Failure> {
    let bytes = pack(dir)?;
    std::fs::write(out, bytes).map_err(Failure::at(out))
}

fn pack(dir: &Path) -> Result<Vec<u8>, Failure> {
    let mut files = Vec::new();
    collect(dir, "", &mut files)?;
    files.sort();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, path) in files {
        archive.start_file(name, options)?;
        let content = std::fs::read(&path).map_err(Failure::at(&path))?;
        archive.write_all(&content).map_err(Failure::at(&path))?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Gathers (name in the archive, path) of all files below `dir`; names use `/` everywhere.
fn collect(dir: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(dir).map_err(Failure::at(dir))? {
        let path = entry.map_err(Failure::at(dir))?.path();
        let Some(own) = path.file_name().and_then(|name| name.to_str()) else {
            return Err(Failure::Name(path.display().to_string()));
        };
        if path.is_dir() {
            collect(&path, &format!("{prefix}{own}/"), files)?;
        } else {
            files.push((format!("{prefix}{own}"), path));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
