//! Commands that change the disk, each on a workspace of its own, broken off in the middle, and what must hold then.
#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::command::{engross, files, stderr, succeeds};

/// Files by their paths in a folder.
pub(crate) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// A command and what it is run on.
pub(crate) struct Scene {
    pub(crate) name: &'static str,
    pub(crate) arguments: &'static [&'static str],
    /// Whether it is done as a whole or not at all; else each file is.
    pub(crate) at_once: bool,
    /// Whether it can be done again when it is done.
    pub(crate) repeats: bool,
    set: fn(&Path),
}

const COUNCIL: &str = "name = \"Little Snoring Parish Council\"\nkind = \"parish\"\n";

const IN_FORCE: &str = "# Ask Jo before changing this!\ntitle = \"Member/Officer Protocol\"\nstatus = \"adopted\"\n\n\
    [[history]]\nevent = \"adopted\"\ndate = 2020-05-14\n\n[review]\ndue = \"2025-05\"\n\n\
    [[section]]\nnumber = \"1.\"\nheading = \"Roles\"\n\n[[section.clause]]\nnumber = \"1.1\"\n\
    text = \"Members must treat officers with respect.\"\n";

const PROPOSED: &str = "title = \"Member/Officer Protocol\"\nstatus = \"proposed\"\nnumbering = \"automatic\"\n\n\
    [[section]]\nheading = \"Roles\"\n\n[[section.clause]]\ntext = \"Members should treat officers with respect.\"\n";

const PRINTED: &str = "Little Snoring Parish Council\n\nMember/Officer Protocol\n\nAdopted 8 May 2024\n\n1. Roles\n\n\
    1.1 Members should treat officers with respect.\n\n1.2 The Clerk answers letters within 10 days.\n";

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// A workspace of one council with a version in force and one that waits, and a printed one of 2024.
pub(crate) fn workspace(folder: &Path) {
    put(folder, "protocols/little-snoring/council.toml", COUNCIL);
    put(folder, "protocols/little-snoring/member-officer/2020-05-14.toml", IN_FORCE);
    put(folder, "protocols/little-snoring/member-officer/proposed.toml", PROPOSED);
    put(folder, "printed.txt", PRINTED);
}

/// The same, with what a command made of words that were others then.
fn made_before(folder: &Path, arguments: &[&str]) {
    workspace(folder);
    succeeds(folder, arguments);
    let longer = IN_FORCE.replace("with respect", &format!("with respect{}", ", and with patience".repeat(400)));
    put(folder, "protocols/little-snoring/member-officer/2020-05-14.toml", &longer);
}

fn without_proposal(folder: &Path) {
    workspace(folder);
    fs::remove_file(folder.join("protocols/little-snoring/member-officer/proposed.toml")).expect("removed");
}

fn nothing_but_print(folder: &Path) {
    put(folder, "protocols/great-snoring/council.toml", &COUNCIL.replace("Little", "Great"));
    put(folder, "printed.txt", PRINTED);
}

const BUILD: &[&str] = &["build", "--out", "out"];
#[cfg(feature = "site")]
const SITE: &[&str] = &["site", "--as-of", "2026-11-22"];

/// All of them.
pub(crate) const SCENES: &[Scene] = &[
    Scene { name: "build", arguments: BUILD, at_once: false, repeats: true, set: workspace },
    Scene { name: "build, again", arguments: BUILD, at_once: false, repeats: true, set: |f| made_before(f, BUILD) },
    #[cfg(feature = "site")]
    Scene { name: "site", arguments: SITE, at_once: true, repeats: true, set: workspace },
    #[cfg(feature = "site")]
    Scene { name: "site, again", arguments: SITE, at_once: true, repeats: true, set: |f| made_before(f, SITE) },
    Scene {
        name: "review record",
        arguments: &[
            "review",
            "record",
            "little-snoring",
            "--date",
            "2026-11-12",
            "--minute",
            "26/98",
            "--next=1 year",
            "--as-of",
            "2026-11-22",
        ],
        at_once: true,
        repeats: false,
        set: workspace,
    },
    Scene {
        name: "adopt",
        arguments: &["adopt", "little-snoring", "--date", "2026-11-12", "--minute", "26/98", "--as-of", "2026-11-22"],
        at_once: true,
        repeats: false,
        set: workspace,
    },
    Scene {
        name: "import, a next version",
        arguments: &["import", "printed.txt", "--council", "little-snoring"],
        at_once: true,
        repeats: false,
        set: without_proposal,
    },
    Scene {
        name: "import, a new council",
        arguments: &["import", "printed.txt", "--council", "little-snoring"],
        at_once: false,
        repeats: false,
        set: nothing_but_print,
    },
    Scene {
        name: "import -o",
        arguments: &["import", "printed.txt", "-o", "made/printed.toml"],
        at_once: true,
        repeats: false,
        set: workspace,
    },
    Scene {
        name: "new workspace",
        arguments: &["new", "workspace", "."],
        at_once: false,
        repeats: false,
        set: |folder| put(folder, "protocols/README.txt", "Ours."),
    },
    Scene {
        name: "diff -o",
        arguments: &["diff", "printed.txt", "little-snoring", "--format", "html", "-o", "diff.html"],
        at_once: true,
        repeats: true,
        set: workspace,
    },
];

/// A scene that has been played to its end once.
pub(crate) struct Played<'a> {
    pub(crate) scene: &'a Scene,
    pub(crate) before: Files,
    pub(crate) after: Files,
    /// How long it took.
    pub(crate) whole: Duration,
}

/// Where a run that was broken off had come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    Before,
    Between,
    After,
}

impl Scene {
    pub(crate) fn played(&self) -> Played<'_> {
        let folder = TempDir::new().expect("a folder");
        (self.set)(folder.path());
        let before = inside(folder.path());
        let begun = Instant::now();
        succeeds(folder.path(), self.arguments);
        Played { scene: self, before, after: inside(folder.path()), whole: begun.elapsed() }
    }
}

impl Played<'_> {
    /// The scene as it is at first.
    pub(crate) fn set(&self) -> TempDir {
        let folder = TempDir::new().expect("a folder");
        self.before.iter().for_each(|(path, bytes)| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        });
        folder
    }

    /// The command with this before it.
    pub(crate) fn command(&self, folder: &Path, under: &[&str]) -> Command {
        let program = assert_cmd::cargo::cargo_bin("engross");
        let mut command = match under {
            [] => Command::new(program),
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
        };
        command.current_dir(folder).args(self.scene.arguments).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// Runs it and kills it after a while; gives how it ended.
    pub(crate) fn killed_after(&self, folder: &Path, while_: Duration) -> ExitStatus {
        let mut running = self.command(folder, &[]).stderr(Stdio::null()).spawn().expect("it runs");
        std::thread::sleep(while_);
        let _ = running.kill();
        running.wait().expect("it ends")
    }

    /// Whether what a run has left is whole, and the next run makes of it what there is to be and leaves nothing else.
    ///
    /// # Errors
    /// What does not hold.
    pub(crate) fn holds(&self, folder: &Path) -> Result<Left, String> {
        let is = |files: &Files, path: &Path, bytes: &[u8]| files.get(path).is_some_and(|other| other == bytes);
        let left = visible(folder);
        let torn = left.iter().find(|(path, bytes)| !is(&self.before, path, bytes) && !is(&self.after, path, bytes));
        if let Some((path, _)) = torn {
            return Err(format!("{} is neither as before nor as after", path.display()));
        }
        let mut kept = self.before.keys().filter(|path| self.after.contains_key(*path));
        if let Some(lost) = kept.find(|path| !left.contains_key(*path)) {
            return Err(format!("{} is gone", lost.display()));
        }
        let read = engross(folder, &["list"]);
        if !read.status.success() {
            return Err(format!("the sources cannot be read: {}", stderr(&read)));
        }
        let left = visible(folder);
        let state = match () {
            () if left == self.after => Left::After,
            () if left == self.before => Left::Before,
            () => Left::Between,
        };
        if self.scene.at_once && state == Left::Between {
            return Err("it is half done".to_owned());
        }
        if state != Left::After || self.scene.repeats {
            let next = engross(folder, self.scene.arguments);
            if !next.status.success() {
                return Err(format!("the next run: {}", stderr(&next)));
            }
        }
        let end = inside(folder);
        let odd: Vec<_> =
            end.iter().filter(|(path, bytes)| !is(&self.after, path, bytes)).map(|(path, _)| path).collect();
        if end == self.after { Ok(state) } else { Err(format!("after the next run these are left or odd: {odd:?}")) }
    }
}

/// All files of a folder.
pub(crate) fn inside(folder: &Path) -> Files {
    let named = |(path, bytes): (PathBuf, Vec<u8>)| (path.strip_prefix(folder).expect("inside").to_owned(), bytes);
    files(folder).into_iter().map(named).collect()
}

/// Those without the ones that a run has for itself.
fn visible(folder: &Path) -> Files {
    let own = |path: &Path| path.components().any(|part| part.as_os_str().to_string_lossy().starts_with(".engross-"));
    inside(folder).into_iter().filter(|(path, _)| !own(path)).collect()
}
