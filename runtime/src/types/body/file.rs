//! Bodies that are read from a file.

use super::BodyError;
use super::background::Task;
use bytes::Bytes;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

const CHUNK_SIZE: u64 = 64 << 10;

/// The content of a file. Clones start at its beginning.
///
/// A trait object: programs that send no file do not contain the code of [`FileBody`].
pub(super) trait FileContent: Send + Sync {
    /// Returns the content from its beginning.
    fn restart(&self) -> Box<dyn FileContent>;

    /// Returns the number of bytes that are left.
    fn remaining(&self) -> u64;

    /// Returns the file and its length.
    fn source(&self) -> &Source;

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BodyError>>>;
}

impl dyn FileContent {
    /// Returns true if the contents are read from the same file and were equally far read.
    pub(super) fn is_same(&self, other: &dyn FileContent) -> bool {
        self.source() == other.source() && self.remaining() == other.remaining()
    }
}

impl Clone for Box<dyn FileContent> {
    fn clone(&self) -> Self {
        self.restart()
    }
}

/// A file that is read while its content is polled.
pub(super) struct FileBody {
    source: Arc<Source>,
    /// `None` before the first chunk.
    reader: Option<Box<Reader>>,
}

/// A file and its length.
#[derive(PartialEq)]
pub(super) struct Source {
    path: PathBuf,
    length: u64,
}

struct Reader {
    /// The number of bytes that are not read yet.
    remaining: u64,
    state: State,
}

enum State {
    Idle(Option<File>),
    Reading(Task<(File, Bytes)>),
    /// The file ended, or failed.
    Ended,
}

impl FileBody {
    /// # Errors
    /// Returns an error if there is no regular file at the path.
    pub(super) fn new(path: PathBuf) -> Result<Self, BodyError> {
        let metadata = std::fs::metadata(&path);
        let metadata = metadata.and_then(|found| match found.is_file() {
            true => Ok(found),
            false => Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")),
        });
        let length = metadata.map_err(|error| BodyError::file("read", &path, error))?.len();
        Ok(Self { source: Arc::new(Source { path, length }), reader: None })
    }
}

impl FileContent for FileBody {
    fn restart(&self) -> Box<dyn FileContent> {
        Box::new(Self { source: Arc::clone(&self.source), reader: None })
    }

    fn remaining(&self) -> u64 {
        self.reader.as_ref().map_or(self.source.length, |reader| reader.remaining)
    }

    fn source(&self) -> &Source {
        &self.source
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BodyError>>> {
        let source = &self.source;
        let start = || Box::new(Reader { remaining: source.length, state: State::Idle(None) });
        let reader = self.reader.get_or_insert_with(start);
        let chunk = ready!(reader.poll_chunk(source, context)).transpose();
        let failed = |error| BodyError::file("read", &source.path, error);
        Poll::Ready(chunk.map(|chunk| chunk.map_err(failed)))
    }
}

impl Reader {
    fn poll_chunk(
        &mut self,
        source: &Arc<Source>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<Option<Bytes>>> {
        loop {
            match &mut self.state {
                State::Ended => return Poll::Ready(Ok(None)),
                State::Idle(_) if self.remaining == 0 => self.state = State::Ended,
                State::Idle(file) => {
                    let (file, source, count) =
                        (file.take(), Arc::clone(source), self.remaining.min(CHUNK_SIZE));
                    self.state = State::Reading(Task::start(move || source.read(file, count)));
                }
                State::Reading(task) => {
                    let result = ready!(task.poll(context));
                    self.state = State::Ended;
                    let (file, chunk) = result?;
                    self.remaining = self.remaining.saturating_sub(chunk.len() as u64);
                    self.state = State::Idle(Some(file));
                    return Poll::Ready(Ok(Some(chunk)));
                }
            }
        }
    }
}

impl Source {
    /// Reads a number of bytes from the file, which is opened if it is not open yet.
    fn read(&self, file: Option<File>, count: u64) -> io::Result<(File, Bytes)> {
        let mut file = match file {
            Some(file) => file,
            None => File::open(&self.path)?,
        };
        let mut chunk = Vec::with_capacity(usize::try_from(count).unwrap_or_default());
        file.by_ref().take(count).read_to_end(&mut chunk)?;
        if (chunk.len() as u64) < count {
            let message = "the file became shorter after the body was created";
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
        }
        Ok((file, chunk.into()))
    }
}
