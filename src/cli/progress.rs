//! A progress bar on work that takes longer than a second, on a terminal only.

use std::io::IsTerminal as _;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes no longer than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A count of work done.
pub(super) struct Progress {
    started: Instant,
    bar: ProgressBar,
    shown: OnceLock<()>,
}

impl Progress {
    /// Begins work.
    #[expect(
        clippy::disallowed_methods,
        reason = "measures patience, not the date; nothing of it gets into any output"
    )]
    pub(super) fn new(what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.set_message(what);
        Self { started: Instant::now(), bar, shown: OnceLock::new() }
    }

    /// The work has that many steps.
    pub(super) fn expect(&self, steps: usize) {
        self.bar.set_length(steps as u64);
    }

    /// One step is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        if self.started.elapsed() > PATIENCE && std::io::stderr().is_terminal() {
            self.shown.get_or_init(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }

    /// The work is done: the bar goes.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
