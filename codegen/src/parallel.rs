//! The same work on many items, on several threads. It must not know what the work is.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// As many threads as this process has cores for; one where that is not known.
#[must_use]
pub fn cores() -> NonZero<usize> {
    thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}

/// Applies a function to all items on so many threads, the caller's among them; its results are in the order of the
/// items. What panics in it panics here.
pub fn map<T: Sync, R: Send>(
    threads: NonZero<usize>,
    items: &[T],
    apply: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    // Items differ much in size: each thread takes another one when it has done one.
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, apply(item)));
        }
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let others: Vec<_> =
            (1..threads.get().min(items.len())).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|it| resume_unwind(it)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_order() {
        let items: Vec<usize> = (0..1000).collect();
        let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
        for threads in [1, 2, 7] {
            let threads = NonZero::new(threads).unwrap();
            assert_eq!(map(threads, &items, |item| item * 2), doubled);
            assert!(map(threads, &[], |(): &()| ()).is_empty());
        }
    }

    #[test]
    fn a_panic_comes_through() {
        for threads in [1, 2] {
            let threads = NonZero::new(threads).unwrap();
            let panics = || map(threads, &[1, 2, 3], |item| assert_ne!(*item, 2, "item"));
            let panic = std::panic::catch_unwind(panics).unwrap_err();
            assert!(panic.downcast_ref::<String>().unwrap().contains("item"));
        }
    }
}
