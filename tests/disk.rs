//! A disk that is full or may not be written, sources that may not be read, and several runs at once: a clear word, or the right result.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use support::command::{engross, stderr, stdout, succeeds};
use support::scene::{Left, Played, SCENES, inside, workspace};

fn program() -> String {
    assert_cmd::cargo::cargo_bin("engross").to_str().expect("UTF-8").to_owned()
}

/// Runs a script of the shell with a file system of its own at `$DISK`; nothing where the system does not let anybody have one.
fn with_a_disk(script: &str, folder: &Path, arguments: &[&str]) -> Option<Output> {
    let script = format!("set -e; mount -t tmpfs -o size=32m none \"$DISK\"; {script}");
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &script, "sh", &program()]).args(arguments);
    let output = command.current_dir(folder).env("DISK", folder.join("disk")).output().ok()?;
    (!stderr(&output).contains("unshare:") && !stderr(&output).contains("mount:")).then_some(output)
}

/// The workspace on a disk with so many bytes left; afterwards there is room. What is on it comes to `left`.
const FULL: &str = "cp -r before/. \"$DISK\"; \
    used=$(df -k --output=used \"$DISK\" | tail -n 1); \
    mount -o remount,size=$((used + ROOM))k \"$DISK\"; \
    (cd \"$DISK\"; \"$@\") && code=0 || code=$?; \
    mount -o remount,size=32m \"$DISK\"; cp -r \"$DISK\"/. left; exit $code";

#[test]
fn a_full_disk_is_told_and_nothing_is_half_written() {
    // All take long, so that `cargo test` has every second, from another on in each scene.
    let step = if std::env::var_os("ENGROSS_BREAKS").is_some() { 1 } else { 2 };
    let mut full = 0;
    for (nth, scene) in SCENES.iter().enumerate() {
        let played = scene.played();
        for room in [0, 4, 12, 40, 200, 1200].into_iter().skip(nth % step).step_by(step) {
            let around = TempDir::new().expect("a folder");
            for folder in ["disk", "left"] {
                fs::create_dir(around.path().join(folder)).expect("made");
            }
            fs::rename(played.set().keep(), around.path().join("before")).expect("moved");
            let script = FULL.replace("ROOM", &room.to_string());
            let Some(output) = with_a_disk(&script, around.path(), scene.arguments) else {
                support::skip("nobody may have a file system of their own here");
                return;
            };
            let (how, told) = (format!("{}, {room} KiB left", scene.name), stderr(&output));
            let left = around.path().join("left");
            match output.status.code() {
                Some(0) => assert_eq!(inside(&left), played.after, "{how}"),
                Some(2) => {
                    assert!(told.contains("No space left") || told.contains("space"), "{how}: {told}");
                    let own = |path: &Path| {
                        path.components().any(|part| part.as_os_str().to_string_lossy().starts_with(".engross-"))
                    };
                    let scratch: Vec<_> = inside(&left).into_keys().filter(|path| own(path)).collect();
                    assert!(scratch.is_empty(), "{how}: {scratch:?} are left");
                    full += 1;
                }
                other => panic!("{how}: it ended with {other:?}: {told}"),
            }
            played.holds(&left).unwrap_or_else(|fault| panic!("{how}: {fault}"));
        }
    }
    assert!(full * step > 2 * SCENES.len(), "the disk was hardly ever full: {full}");
}

const READ_ONLY: &str = "cp -r before/. \"$DISK\"; mount -o remount,ro \"$DISK\"; \
    (cd \"$DISK\"; \"$@\") && code=0 || code=$?; cp -r \"$DISK\"/. left; exit $code";

#[test]
fn a_disk_that_may_only_be_read_is_told() {
    for scene in SCENES {
        let played = scene.played();
        let around = TempDir::new().expect("a folder");
        for folder in ["disk", "left"] {
            fs::create_dir(around.path().join(folder)).expect("made");
        }
        fs::rename(played.set().keep(), around.path().join("before")).expect("moved");
        let Some(output) = with_a_disk(READ_ONLY, around.path(), scene.arguments) else {
            support::skip("nobody may have a file system of their own here");
            return;
        };
        assert_eq!(output.status.code(), Some(2), "{}: {}", scene.name, stderr(&output));
        assert!(stderr(&output).contains("Read-only file system"), "{}: {}", scene.name, stderr(&output));
        assert_eq!(played.holds(&around.path().join("left")), Ok(Left::Before), "{}", scene.name);
    }
}

/// Runs the program as somebody to whom nothing is allowed; nothing where that cannot be done.
fn as_somebody(folder: &Path, arguments: &[&str]) -> Option<Output> {
    let mut command = match fs::metadata(folder).expect("there").uid() {
        0 => {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program());
            command
        }
        _ => Command::new(program()),
    };
    let output = command.current_dir(folder).args(arguments).stdin(Stdio::null()).output();
    // The program may lie where only its owner comes.
    let begun = output.ok().filter(|output| !stderr(output).starts_with("setpriv:"));
    if begun.is_none() {
        support::skip("the program cannot be run as somebody else");
    }
    begun
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("allowed");
}

/// A folder with its files, to be read by all and written by its owner, who is not the one who runs the program.
fn readable_by_all(folder: &Path) {
    allow(folder, 0o555);
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() { readable_by_all(&entry) } else { allow(&entry, 0o444) }
    }
}

/// The same, so that it can be removed.
fn writable_again(folder: &Path) {
    allow(folder, 0o755);
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() { writable_again(&entry) } else { allow(&entry, 0o644) }
    }
}

#[test]
fn a_folder_that_may_not_be_written_is_told_and_left_as_it_is() {
    for scene in SCENES {
        let played = scene.played();
        let folder = played.set();
        readable_by_all(folder.path());
        let output = as_somebody(folder.path(), scene.arguments);
        writable_again(folder.path());
        let Some(output) = output else { return };
        assert_eq!(output.status.code(), Some(2), "{}: {}", scene.name, stderr(&output));
        assert!(stderr(&output).contains("Permission denied"), "{}: {}", scene.name, stderr(&output));
        assert_eq!(inside(folder.path()), played.before, "{}", scene.name);
    }
}

#[test]
fn what_may_not_be_read_is_named_and_never_passed_over() {
    for unreadable in [
        "protocols",
        "protocols/little-snoring",
        "protocols/little-snoring/council.toml",
        "protocols/little-snoring/logo.svg",
        "protocols/little-snoring/member-officer",
        "protocols/little-snoring/member-officer/2020-05-14.toml",
        "templates",
        "templates/html",
        "templates/html/page.html",
        "engross.toml",
        #[cfg(feature = "site")]
        "src",
        #[cfg(feature = "site")]
        "src/about.md",
        #[cfg(feature = "site")]
        "src/pictures",
        #[cfg(feature = "site")]
        "book.toml",
    ] {
        let folder = TempDir::new().expect("a folder");
        workspace(folder.path());
        let council = folder.path().join("protocols/little-snoring");
        let toml = fs::read_to_string(council.join("council.toml")).expect("there");
        fs::write(council.join("council.toml"), format!("{toml}[logo]\nfile = \"logo.svg\"\nalt = \"A hill\"\n"))
            .expect("written");
        fs::write(council.join("logo.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"4\"/>")
            .expect("written");
        fs::create_dir_all(folder.path().join("templates/html")).expect("made");
        fs::write(folder.path().join("engross.toml"), "[review]\nevery = \"1 year\"\n").expect("written");
        fs::copy(support::root().join("templates/html/page.html"), folder.path().join("templates/html/page.html"))
            .expect("copied");
        fs::create_dir_all(folder.path().join("src/pictures")).expect("made");
        fs::write(folder.path().join("src/pictures/map.png"), "a map").expect("written");
        fs::write(folder.path().join("src/SUMMARY.md"), "# Summary\n\n- [About us](about.md)\n").expect("written");
        fs::write(folder.path().join("src/about.md"), "# About us\n").expect("written");
        fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"Ours\"\n").expect("written");
        let elsewhere = TempDir::new().expect("a folder");
        allow(elsewhere.path(), 0o777);
        readable_by_all(folder.path());
        let out = elsewhere.path().join("out");
        let out = out.to_str().expect("UTF-8");
        let command = if cfg!(feature = "site") { "site" } else { "build" };
        let fine = as_somebody(folder.path(), &[command, "--out", out]);
        let Some(fine) = fine else {
            writable_again(folder.path());
            return;
        };
        let whole = folder.path().join(unreadable);
        let mode = fs::metadata(&whole).expect("there").permissions().mode();
        allow(&whole, 0o000);
        let refused = as_somebody(folder.path(), &[command, "--out", out]);
        allow(&whole, mode);
        writable_again(folder.path());
        let refused = refused.expect("it ran before");
        assert_eq!(fine.status.code(), Some(0), "{}", stderr(&fine));
        assert_eq!(refused.status.code(), Some(2), "{unreadable}: {}{}", stdout(&refused), stderr(&refused));
        let told = stderr(&refused);
        assert!(told.contains("Permission denied") || told.contains("there is no workspace"), "{unreadable}: {told}");
    }
}

#[test]
fn a_council_that_cannot_be_listed_is_not_taken_for_a_new_one() {
    let folder = TempDir::new().expect("a folder");
    workspace(folder.path());
    fs::write(folder.path().join("next.md"), "# Protocol\n\n1. Members are polite.\n").expect("written");
    let protocols = folder.path().join("protocols");
    allow(folder.path(), 0o755);
    // What lies in it may be had by name, and is not told of.
    allow(&protocols, 0o711);
    let arguments = ["import", "next.md", "--council", "little-snoring"];
    let output = as_somebody(folder.path(), &arguments);
    allow(&protocols, 0o755);
    let Some(output) = output else { return };
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("protocols cannot be read: Permission denied"), "{told}");
}

/// Begins a scene's command several times at once, and gives how each ended.
fn at_once(played: &Played<'_>, folder: &Path) -> Vec<Output> {
    let begin = |_| played.command(folder, &[]).stderr(Stdio::piped()).spawn().expect("it runs");
    let running: Vec<_> = (0..3).map(begin).collect();
    running.into_iter().map(|child| child.wait_with_output().expect("it ends")).collect()
}

#[test]
fn runs_at_once_are_right_or_refused() {
    for scene in SCENES {
        let played = scene.played();
        let folder = played.set();
        let ended = at_once(&played, folder.path());
        let done = ended.iter().filter(|output| output.status.success()).count();
        for output in ended.iter().filter(|output| !output.status.success()) {
            let told = stderr(output);
            let clear = ["already", "in the meantime", "another engross", "is adopted"];
            assert_eq!(output.status.code(), Some(2), "{}: {told}", scene.name);
            assert!(clear.iter().any(|word| told.contains(word)), "{}: {told}", scene.name);
        }
        assert!(done >= 1, "{}: {}", scene.name, stderr(&ended[0]));
        assert_eq!(inside(folder.path()), played.after, "{}", scene.name);
    }
}

/// Whoever reads while documents are adopted sees all of an adoption or nothing of it.
#[test]
fn who_reads_while_somebody_adopts_sees_no_half_of_it() {
    let scene = SCENES.iter().find(|scene| scene.name == "adopt").expect("a scene");
    let played = scene.played();
    let wanted: Vec<String> = [&played.before, &played.after]
        .map(|files| {
            let folder = TempDir::new().expect("a folder");
            for (path, bytes) in files {
                let path = folder.path().join(path);
                fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                fs::write(path, bytes).expect("written");
            }
            succeeds(folder.path(), &["list", "--format", "json"])
        })
        .to_vec();
    for _ in 0..10 {
        let folder = played.set();
        let mut adopting = played.command(folder.path(), &[]).stderr(Stdio::null()).spawn().expect("it runs");
        let mut seen = 0;
        while adopting.try_wait().expect("it runs").is_none() || seen == 0 {
            let read = engross(folder.path(), &["list", "--format", "json"]);
            assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
            assert!(wanted.contains(&stdout(&read)), "half of an adoption: {}", stdout(&read));
            seen += 1;
        }
    }
}
