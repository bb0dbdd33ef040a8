//! How likely it is that two provisions are the same provision.
//!
//! First [`candidates`] picks, for each provision, the few of the other side that share enough words to be looked at. For each
//! of those pairs [`signals`] are measured, which [`weights`] turn into a likelihood. Then the pairs are seen in
//! [`context`]: who their rivals and neighbours are, and what other protocols say; a second set of weights makes the
//! likelihood that counts.

mod candidates;
mod context;
mod signals;
mod space;
mod weights;

pub(crate) use candidates::{NEAREST, NEAREST_OF_OTHERS, candidates};
pub use context::CONTEXT;
pub(crate) use context::{Bridges, Likelihoods, alone, in_context};
pub(crate) use signals::{Measured, Pair, measure};
pub use signals::{SIGNALS, Signal, Speaks};
pub(crate) use space::Space;
pub use weights::{MODEL, Model, Weights};
