//! The commands as they tell of themselves, for the manual.

use clap::{Command, CommandFactory as _};

use crate::site::CommandHelp;

use super::super::Cli;

/// The width of a line, in columns: that of no terminal, so that the manual is the same wherever it is made.
const WIDTH: usize = 92;

/// Every command, with those under it.
pub(super) fn commands() -> Vec<CommandHelp> {
    let mut program = Cli::command().term_width(WIDTH);
    program.build();
    below(&program, "engross")
}

fn below(command: &Command, name: &str) -> Vec<CommandHelp> {
    let shown = command.get_subcommands().filter(|below| below.get_name() != "help" && !below.is_hide_set());
    let one = |below: &Command| {
        let name = format!("{name} {}", below.get_name());
        let does = below.get_about().map(ToString::to_string).unwrap_or_default();
        let help = below.clone().term_width(WIDTH).render_long_help().to_string();
        let mut all = vec![CommandHelp { name: name.clone(), does, help }];
        all.extend(self::below(below, &name));
        all
    };
    shown.flat_map(one).collect()
}
