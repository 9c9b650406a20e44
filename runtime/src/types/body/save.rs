//! Storing of a body in a file.

use super::background::Task;
use super::{Body, BodyError};
use bytes::Bytes;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The number of bytes that are written at once.
const WRITE_SIZE: usize = 256 << 10;

impl Body {
    /// Stores all remaining bytes in a file, and returns their number. A file at the path is replaced once the body is
    /// complete; until then the bytes are in a hidden file beside it, which is removed if the body fails or the future
    /// is dropped.
    ///
    /// The number of bytes is not limited.
    ///
    /// # Errors
    /// Returns the error of the stream or of the file, also if the path is not that of a regular file.
    pub async fn save_to(mut self, path: impl Into<PathBuf>) -> Result<u64, BodyError> {
        let path = path.into();
        let failed = |error| BodyError::file("write", &path, error);
        let target = path.clone();
        let mut download = Task::run(move || Download::create(target)).await.map_err(failed)?;
        let mut chunks = Vec::new();
        let mut buffered = 0;
        let mut total = 0;
        while let Some(chunk) = self.chunk().await {
            let chunk = chunk?;
            buffered += chunk.len();
            total += chunk.len() as u64;
            chunks.push(chunk);
            if buffered >= WRITE_SIZE {
                let full = std::mem::take(&mut chunks);
                buffered = 0;
                download = Task::run(move || download.write(&full)).await.map_err(failed)?;
            }
        }
        Task::run(move || download.write(&chunks)?.finish()).await.map_err(failed)?;
        Ok(total)
    }
}

/// A file that is being written under another name.
struct Download {
    target: PathBuf,
    file: File,
    partial: Partial,
}

/// Removes the file when it is dropped, unless it was renamed.
struct Partial(Option<PathBuf>);

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // There is nobody to tell.
            let _ = fs::remove_file(path);
        }
    }
}

impl Download {
    fn create(target: PathBuf) -> io::Result<Self> {
        if fs::metadata(&target).is_ok_and(|found| !found.is_file()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        let path = partial_path(&target)?;
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        Ok(Self { target, file, partial: Partial(Some(path)) })
    }

    fn write(mut self, chunks: &[Bytes]) -> io::Result<Self> {
        for chunk in chunks {
            self.file.write_all(chunk)?;
        }
        Ok(self)
    }

    fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        if let Some(path) = &self.partial.0 {
            fs::rename(path, &self.target)?;
        }
        self.partial.0 = None;
        Ok(())
    }
}

/// Returns the path of a hidden file beside another one.
fn partial_path(target: &Path) -> io::Result<PathBuf> {
    let invalid = || io::Error::new(io::ErrorKind::InvalidInput, "the path has no file name");
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().ok_or_else(invalid)?);
    name.push(format!(".{:016x}.part", RandomState::new().hash_one(())));
    Ok(target.with_file_name(name))
}
