//! `engross completions`

use clap::Args;
use clap_complete::{Shell, generate};

use super::{Done, Failure, Terminal};

/// Print a script with which your shell completes engross's commands and options
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  engross completions bash > ~/.local/share/bash-completion/completions/engross
  engross completions fish > ~/.config/fish/completions/engross.fish
  engross completions powershell >> $PROFILE";

pub(super) fn run(arguments: &Arguments, command: &mut clap::Command, terminal: &Terminal) -> Result<Done, Failure> {
    let mut script = Vec::new();
    generate(arguments.shell, command, "engross", &mut script);
    terminal.result(&String::from_utf8_lossy(&script))?;
    Ok(Done::Clear)
}
