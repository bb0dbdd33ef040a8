//! Work on many documents at once, each on a thread of its own.
//!
//! Not by rayon: setting a page waits for work that was given to rayon, and rayon passes such a wait by beginning the next
//! document on the same stack. With hundreds of documents, that stack overflows.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Room for a document with lists as deep as they may be, in bytes.
const STACK: usize = 16 << 20;

/// What `work` makes of each item, in their order.
pub(super) fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let turn = || {
        let mut own = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return own };
            own.push((at, work(item)));
        }
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    let mut all: Vec<(usize, R)> = thread::scope(|scope| {
        let begun: Vec<_> = (0..workers)
            .filter_map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, turn).ok())
            .collect();
        // Where no thread can be begun, all is done here.
        let here = if begun.is_empty() { turn() } else { Vec::new() };
        let done = begun.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        here.into_iter().chain(done).collect()
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn what_is_made_comes_in_the_order_of_the_items() {
        let numbers: Vec<u32> = (0..1000).collect();
        assert_eq!(each(&numbers, |number| number * 2), numbers.iter().map(|number| number * 2).collect::<Vec<_>>());
        assert!(each(&[] as &[u32], |number| *number).is_empty());
    }
}
