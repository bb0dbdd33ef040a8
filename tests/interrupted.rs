//! Commands that are broken off: killed at any time, killed before each change of the disk, and told by the disk that it will not.
//!
//! `cargo test` breaks off a few runs of each command in each way, with strace to stop a run before its n-th change of the disk.
//! `ENGROSS_BREAKS=300 cargo test --release --test interrupted -- --nocapture` breaks off as many, and prints what CONTRIBUTING.md shows.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use support::scene::{Left, Played, SCENES};

/// How many runs of each scene somebody wants broken off in each way.
fn asked() -> Option<usize> {
    std::env::var("ENGROSS_BREAKS").ok().map(|number| number.parse().expect("a number"))
}

/// How many runs of a scene are: of one that takes seconds an eighth.
fn runs(played: &Played<'_>) -> usize {
    let asked = asked().unwrap_or(3);
    if played.whole > Duration::from_secs(1) { asked.div_ceil(8) } else { asked }
}

/// The same numbers below `end` each time, one of each part of the way there.
fn spread(count: usize, end: u64) -> impl Iterator<Item = u64> {
    let mut state = 20_261_123_u64;
    (0..count as u64).map(move |nth| {
        // The generator of Knuth's MMIX.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (from, to) = (nth * end / count as u64, (nth + 1) * end / count as u64);
        from + (state >> 33) % (to - from).max(1)
    })
}

/// What became of the runs of a scene that were broken off in one way.
struct Tally<'a> {
    played: &'a Played<'a>,
    way: String,
    left: BTreeMap<&'static str, usize>,
    faults: Vec<String>,
}

impl<'a> Tally<'a> {
    fn new(played: &'a Played<'a>, way: String) -> Self {
        Self { played, way, left: BTreeMap::new(), faults: Vec::new() }
    }

    /// Looks at what a run has left.
    fn look(&mut self, folder: &Path, how: &str) {
        match self.played.holds(folder) {
            Ok(left) => {
                let name = match left {
                    Left::Before => "as before",
                    Left::Between => "between",
                    Left::After => "done",
                };
                *self.left.entry(name).or_default() += 1;
            }
            Err(fault) => self.fault(how, &fault),
        }
    }

    fn fault(&mut self, how: &str, fault: &str) {
        self.faults.push(format!("{}, {how}: {fault}", self.played.scene.name));
    }

    fn is_empty(&self) -> bool {
        self.left.is_empty() && self.faults.is_empty()
    }

    /// Prints the counts, and gives the faults.
    fn told(self) -> Vec<String> {
        let broken_off = self.left.values().sum::<usize>() + self.faults.len();
        eprintln!("| {} | {} | {broken_off} | {:?} |", self.played.scene.name, self.way, self.left);
        self.faults
    }
}

#[test]
fn runs_that_are_killed_leave_whole_files_and_the_next_is_right() {
    let (mut killed, mut faults) = (0, Vec::new());
    for scene in SCENES {
        let played = scene.played();
        let mut tally = Tally::new(&played, "killed by the clock".to_owned());
        let whole = u64::try_from(played.whole.as_micros()).expect("a short time");
        for micros in spread(runs(&played), whole) {
            let folder = played.set();
            let ended = played.killed_after(folder.path(), Duration::from_micros(micros));
            killed += usize::from(ended.signal().is_some());
            tally.look(folder.path(), &format!("killed after {micros} µs"));
        }
        faults.extend(tally.told());
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(killed > SCENES.len(), "hardly a run was killed in time: {killed}");
}

/// What changes the disk, or what is on it.
const CHANGES: &str = "?mkdir,?mkdirat,?rename,?renameat,?renameat2,?unlink,?unlinkat,?rmdir,?link,?linkat,?write,?pwrite64,\
                       ?fsync,?fdatasync,?chmod,?fchmod,?fchmodat,?ftruncate,?copy_file_range,?flock";

/// The same, and opening files: what a disk may refuse.
const REFUSED: &str = "?mkdir,?mkdirat,?rename,?renameat,?renameat2,?unlink,?unlinkat,?rmdir,?link,?linkat,?write,?pwrite64,\
                       ?fsync,?fdatasync,?chmod,?fchmod,?fchmodat,?ftruncate,?copy_file_range,?openat";

/// What a disk says that will not.
const ERRORS: [(&str, &str); 3] =
    [("ENOSPC", "No space left"), ("EACCES", "Permission denied"), ("EIO", "Input/output error")];

/// Whether runs can be stopped at a call of the system; says so if not.
fn can_stop() -> bool {
    let mut strace = Command::new("taskset");
    strace.args(["-c", "0", "strace", "-qq", "-e", "trace=none", "true"]);
    let can = strace.status().is_ok_and(|ended| ended.success());
    if !can {
        support::skip("no run can be stopped at a call of the system without taskset and strace");
    }
    can
}

/// A call of the system: its name, and which of those of that name in its thread it is. That is how strace counts.
type Call = (String, u64);

/// The calls of those kinds that a whole run makes: on one processor, where the same thread makes them each time.
fn calls(played: &Played<'_>, kinds: &str) -> Vec<Call> {
    let (folder, log) = (played.set(), tempfile::NamedTempFile::new().expect("a file"));
    let (path, trace) = (log.path().to_str().expect("UTF-8"), format!("trace={kinds}"));
    let under = ["taskset", "-c", "0", "strace", "-f", "-qq", "-o", path, "-e", &trace, "-e", "signal=none"];
    assert!(played.command(folder.path(), &under).stderr(Stdio::null()).status().expect("it runs").success());
    let mut seen: BTreeMap<(String, String), u64> = BTreeMap::new();
    let log = String::from_utf8_lossy(&std::fs::read(log.path()).expect("a log")).into_owned();
    for line in log.lines() {
        // A call that another thread broke into has a second line, which names it otherwise.
        let thread_and_rest = line.split_once(' ').map(|(thread, rest)| (thread, rest.trim_start()));
        let Some((thread, (name, _))) =
            thread_and_rest.and_then(|(thread, rest)| Some((thread, rest.split_once('(')?)))
        else {
            continue;
        };
        if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            *seen.entry((thread.to_owned(), name.to_owned())).or_default() += 1;
        }
    }
    let mut most: BTreeMap<String, u64> = BTreeMap::new();
    for ((_, name), count) in seen {
        let most = most.entry(name).or_default();
        *most = count.max(*most);
    }
    most.into_iter().flat_map(|(name, count)| (1..=count).map(move |nth| (name.clone(), nth))).collect()
}

/// All of those, or as many as asked for.
fn chosen(calls: &[Call], most: usize) -> Vec<&Call> {
    if calls.len() <= most {
        return calls.iter().collect();
    }
    let spread = spread(most, calls.len() as u64);
    spread.filter_map(|nth| calls.get(usize::try_from(nth).ok()?)).collect()
}

/// Runs a scene, and has the system do something else at calls of that name: what was printed, and what was done otherwise.
fn instead(played: &Played<'_>, folder: &Path, name: &str, what: &str) -> (Output, String) {
    let log = tempfile::NamedTempFile::new().expect("a file");
    let (path, trace) = (log.path().to_str().expect("UTF-8"), format!("trace={name}"));
    let inject = format!("inject={name}:{what}");
    let under = ["taskset", "-c", "0", "strace", "-f", "-qq", "-o", path, "-e", &trace, "-e", &inject];
    let output = played.command(folder, &under).stdout(Stdio::null()).output().expect("it runs");
    let log = String::from_utf8_lossy(&std::fs::read(log.path()).expect("a log")).into_owned();
    (output, log.lines().filter(|line| line.contains("(INJECTED)")).map(|line| format!("{line}\n")).collect())
}

#[test]
fn runs_that_are_killed_before_any_change_of_the_disk_leave_whole_files() {
    if !can_stop() {
        return;
    }
    let mut faults = Vec::new();
    for scene in SCENES {
        let played = scene.played();
        let all = calls(&played, CHANGES);
        let mut tally = Tally::new(&played, format!("killed before a change of the disk, of {}", all.len()));
        for (name, nth) in chosen(&all, runs(&played)) {
            let folder = played.set();
            let (output, _) = instead(&played, folder.path(), name, &format!("signal=KILL:when={nth}"));
            if output.status.signal().is_some() {
                tally.look(folder.path(), &format!("killed before {name} {nth}"));
            }
        }
        assert!(!tally.is_empty(), "{}: no run was killed", scene.name);
        faults.extend(tally.told());
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_the_disk_refuses_is_told_and_leaves_whole_files() {
    if !can_stop() {
        return;
    }
    // Nearly all files that are opened are read when the program begins: of a few calls it would be most.
    let (kinds, errors) = if asked().is_some() { (REFUSED, &ERRORS[..]) } else { (CHANGES, &ERRORS[..1]) };
    let mut faults = Vec::new();
    for scene in SCENES {
        let played = scene.played();
        let all = calls(&played, kinds);
        for (error, said) in errors {
            let mut tally = Tally::new(&played, format!("{error}, of {}", all.len()));
            let mut refused = 0;
            // Once, and from then on.
            for ((name, nth), on) in chosen(&all, runs(&played)).into_iter().flat_map(|call| [(call, ""), (call, "+")])
            {
                let folder = played.set();
                let (output, log) = instead(&played, folder.path(), name, &format!("error={error}:when={nth}{on}"));
                let told = support::command::stderr(&output);
                let how = format!("{error} at {name} {nth}{on}");
                refused += usize::from(!log.is_empty());
                // What could not be printed cannot be read here.
                let printed = !log.contains("write(2, ");
                match output.status.code() {
                    // Not even begun: the system finds no library to run it with.
                    Some(127) => continue,
                    // It did without.
                    Some(0) if played.holds(folder.path()) == Ok(Left::After) => continue,
                    Some(0) => tally.fault(&how, &format!("it says that all is well: {told}{log}")),
                    Some(2) if printed && !told.contains(said) => tally.fault(&how, &format!("{told}{log}")),
                    Some(2) => tally.look(folder.path(), &format!("{how}: {told}{log}")),
                    other => tally.fault(&how, &format!("it ended with {other:?}: {told}{log}")),
                }
            }
            assert!(refused > 0, "{}: nothing was refused with {error}", scene.name);
            faults.extend(tally.told());
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
