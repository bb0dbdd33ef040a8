//! What a council, a protocol and its parts are. Values only: nothing here reads, writes or asks the time.

mod address;
mod council;
mod date;
mod due;
mod ids;
mod interval;
mod label;
mod number;
mod numbering;
mod place;
mod protocol;
mod provision;
mod text;
mod workspace;

pub use address::{Address, AddressError, Query, is_id, slug};
pub use council::{Colour, ColourError, Council, CouncilKind, Logo, Role};
pub(crate) use date::MONTHS;
pub use date::{DateError, PartialDate};
pub use due::{Basis, Due};
pub use ids::{BlockIds, ClauseIds, Ids, SectionIds};
pub use interval::{Interval, IntervalError};
pub use label::Label;
pub use number::Number;
pub use place::{Place, Step};
pub use protocol::{
    Clause, ControlTable, Event, EventKind, Numbering, Part, Protocol, Review, Section, Signature, Silence, Status,
};
pub use provision::{Provision, ProvisionKind};
pub use text::{Block, Cell, Inline, Item, Table, Text};
pub(crate) use text::{CELL_END, plain};
pub use workspace::{CouncilEntry, DocumentEntry, Edition, ResolveError, Settings, Workspace};
