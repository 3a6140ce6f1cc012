//! Work on all cores, and on a thread of its own. It must not know what the work is.

use std::io;
use std::panic::resume_unwind;
use std::thread;

use tinsmith_codegen::parallel;

/// Applies a function to all items, on all cores; its results are in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], apply: impl Fn(&T) -> R + Sync) -> Vec<R> {
    parallel::map(parallel::cores(), items, apply)
}

/// Does work that goes as deep as its input: on a thread with a stack of this size.
pub(crate) fn deep<R: Send>(stack: usize, work: impl FnOnce() -> R + Send) -> io::Result<R> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(stack).spawn_scoped(scope, work)?;
        Ok(thread.join().unwrap_or_else(|it| resume_unwind(it)))
    })
}
