//! `engross site`

#[cfg(feature = "site")]
mod book;
#[cfg(feature = "site")]
pub(super) mod chapters;
#[cfg(feature = "site")]
mod help;
#[cfg(feature = "site")]
mod includes;
#[cfg(feature = "site")]
mod listing;
#[cfg(feature = "site")]
pub(super) mod making;
#[cfg(feature = "site")]
mod serve;
#[cfg(feature = "site")]
mod settings;
#[cfg(feature = "site")]
mod telling;
#[cfg(feature = "site")]
mod theme;

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::day::day;
use super::{Done, Failure, Terminal};

/// Make a web site of all documents: what changed, councils side by side, the register, a search, the manual
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The folder to make the site in; all of it is made anew [default: the folder `site` in the workspace]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Show the site in a browser on this computer, and make it anew whenever a source is saved
    #[arg(long)]
    serve: bool,
    /// Where on this computer to show it: http://localhost:PORT
    #[arg(long, value_name = "PORT", default_value_t = 3000, requires = "serve")]
    port: u16,
    /// The day to judge review dates by [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
}

const EXAMPLES: &str = "\
Examples:
  engross site                       make the site in the folder `site`
  engross site --serve               and look at it, at http://localhost:3000, while you edit
  engross site --out /var/www/protocols
  engross site --as-of 2027-05-01    what the register will say on that day

What the site is called, and chapters of your own, go into a file `book.toml`: `engross mdbook --help` tells more.
The site is a folder of plain files: copy it to any web server. It asks for nothing from anywhere else.";

/// What a program without the site says.
#[cfg(not(feature = "site"))]
pub(super) const WITHOUT: &str = "this engross was built without the site: build it with `--features site`";

#[cfg(not(feature = "site"))]
pub(super) fn run(_: &Arguments, _: Option<&Path>, _: &Terminal) -> Result<Done, Failure> {
    Err(Failure::Arguments(WITHOUT.to_owned()))
}

#[cfg(feature = "site")]
pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    let root = crate::store::find_workspace(workspace)?;
    let out = arguments.out.clone().unwrap_or_else(|| root.join("site"));
    let made = || {
        // A site that is shown for days is of the day on which it is made anew.
        let as_of = arguments.as_of.unwrap_or_else(super::day::today);
        make(&root, &out, as_of, terminal)
    };
    match arguments.serve {
        true => serve::serve(&root, &out, arguments.port, made, terminal)?,
        false => terminal.result(&made()?.said)?,
    }
    Ok(Done::Clear)
}

/// A site that was made.
#[cfg(feature = "site")]
struct Made {
    /// What is said of that.
    said: String,
    /// Where on its web server it is to be: `/`, or `/protocols/`.
    place: String,
}

/// Makes the site in a folder. Until all of it is there, what was there before stays.
#[cfg(feature = "site")]
fn make(root: &Path, out: &Path, as_of: Date, terminal: &Terminal) -> Result<Made, Failure> {
    let settings = settings::Settings::load(root)?;
    is_apart(root, out, settings.sources(root).as_deref())?;
    let scratch = crate::store::folder::Scratch::beside(out)?;
    let material = making::Material::load(root, terminal)?;
    let place = settings.place(material.address());
    let made = material.make(&settings.title(), as_of)?;
    let pages = book::build(made, &material.templates, &settings, &place, root, &scratch, terminal)?;
    scratch.put(book::BUILT)?;
    let pages = super::count(pages, "page");
    Ok(Made { said: format!("wrote {pages} and what belongs to them into {}\n", out.display()), place })
}

/// That the site does not lie among what it is made of, and would be read with it the next time.
#[cfg(feature = "site")]
fn is_apart(root: &Path, out: &Path, chapters: Option<&Path>) -> Result<(), Failure> {
    use crate::store::folder::real_place;
    let place = real_place(out);
    let inside = |folder: &Path| place.starts_with(real_place(folder));
    let protocols = root.join(crate::store::PROTOCOLS);
    let remedy = "choose a folder outside with --out";
    if inside(&protocols) {
        return Err(Failure::Arguments(format!(
            "the site cannot be made in {}: it would lie in {}, which holds what it is made of. So {remedy}",
            out.display(),
            protocols.display()
        )));
    }
    match chapters.filter(|chapters| inside(chapters)) {
        Some(chapters) => Err(Failure::Arguments(format!(
            "the site cannot be made in {}: it would lie in {}, where the chapters of your book are (`src` in book.toml), \
             and each site would hold the one before it. Keep your chapters in a folder of their own, and name that with \
             `src`; or {remedy}",
            out.display(),
            real_place(chapters).display()
        ))),
        None => Ok(()),
    }
}

/// What is said of a council whose folder has a name that the site has for something else.
pub(super) fn warning_of_name(council: &str) -> Option<String> {
    crate::site::RESERVED.contains(&council).then(|| {
        let failure = Failure::Reserved(council.to_owned());
        format!("warning: {failure}. Until then `engross site` makes no site\n")
    })
}
