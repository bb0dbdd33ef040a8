//! Which documents are to be reviewed by when: the register as of a day, a plan that spreads the reviews, and what is recorded
//! when one is done.
//!
//! [`Register`] tells the state of every document on a day that arrives as an argument; [`plan()`] proposes months;
//! [`record()`] and [`adopt()`] give the model as it is after a review or an adoption, for the store to write.

mod plan;
mod record;
mod register;

pub use plan::{Proposal, Why, plan};
pub use record::{Next, Outcome, RecordError, Recording, Superseded, adopt, record};
pub use register::{Entry, Register, State};
