//! Values that are made when somebody looks at them, and kept for as long as what they are made of. It must not know what
//! they are.

use std::sync::OnceLock;

/// Values that were looked at: a chain, because a reference to one must outlive the next look.
#[derive(Debug)]
pub struct Seen<T>(OnceLock<Box<(T, Self)>>);

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> Seen<T> {
    /// Keeps this value, to look at.
    pub fn keep(&self, value: T) -> &T {
        let mut last = self;
        let mut kept = Some(value);
        loop {
            // Another thread may come between a look at what is the last one and putting the next behind it.
            let (seen, next) = &**last.0.get_or_init(|| {
                let value = kept.take();
                Box::new((value.expect("each value is kept once"), Self::default()))
            });
            if kept.is_none() {
                return seen;
            }
            last = next;
        }
    }
}

/// One after the other: a long chain that drops itself would need a long stack.
impl<T> Drop for Seen<T> {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut seen) = next {
            next = seen.1.0.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_stays() {
        let seen = Seen::default();
        let first: &String = seen.keep("a".to_owned());
        let second = seen.keep("b".to_owned());
        assert_eq!((first.as_str(), second.as_str()), ("a", "b"));
    }

    #[test]
    fn a_long_chain_needs_no_long_stack() {
        let seen = Seen::default();
        for index in 0..20_000 {
            assert_eq!(*seen.keep(index), index);
        }
    }

    #[test]
    fn threads_see_their_own() {
        let seen = Seen::default();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let seen = &seen;
                scope.spawn(move || {
                    for index in 0..500 {
                        assert_eq!(*seen.keep((thread, index)), (thread, index));
                    }
                });
            }
        });
    }
}
