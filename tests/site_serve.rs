//! `engross site --serve`: what is shown while a source is edited, and to whom.

#![cfg(feature = "site")]
#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::Duration;

use scraper::Html;

use support::command::{copy, fails};
use support::site::{DAY, PLAIN, all, workspace};

/// The program as it shows a site, ended when the test is.
struct Served {
    child: Child,
    port: u16,
    /// What it said of what was saved.
    told: Arc<Mutex<String>>,
}

impl Served {
    fn of(workspace: &Path) -> Self {
        Self::at(workspace, "0")
    }

    fn at(workspace: &Path, port: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_engross"))
            .args(["site", "--serve", "--port", port, "--as-of", DAY])
            .current_dir(workspace)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let told = Arc::new(Mutex::new(String::new()));
        let (errors, heard) = (child.stderr.take().expect("piped"), Arc::clone(&told));
        std::thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                heard.lock().expect("whole").push_str(&(line + "\n"));
            }
        });
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let said = lines.find(|line| line.contains("localhost:")).expect("it says where it is");
        let port = said.split("localhost:").nth(1).and_then(|rest| rest.split(' ').next()).expect("a port");
        Self { child, port: port.parse().expect("a number"), told }
    }

    fn asked(&self, method: &str, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer
    }

    fn page(&self, path: &str) -> String {
        self.asked("GET", path, &format!("localhost:{}", self.port))
    }

    /// Waits until it has said something, and forgets what it has said until then.
    fn says(&self, words: &str) {
        let said = (0..150).any(|_| {
            sleep(Duration::from_millis(200));
            self.told.lock().expect("whole").contains(words)
        });
        let told = std::mem::take(&mut *self.told.lock().expect("whole"));
        assert!(said, "{words}: {told}");
    }

    /// Waits until a page says something.
    fn until(&self, path: &str, words: &str) -> bool {
        (0..150).any(|_| {
            sleep(Duration::from_millis(200));
            self.page(path).contains(words)
        })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_site_that_is_shown_follows_what_is_saved_and_shows_nothing_else() {
    let folder = workspace("Test Parish Council", PLAIN);
    fs::write(folder.path().join("secret.txt"), "secret").expect("written");
    let served = Served::of(folder.path());
    let home = served.page("/");
    assert!(
        home.starts_with("HTTP/1.1 200") && home.contains("Test Parish Council") && home.contains("/.times"),
        "{home}"
    );
    assert!(served.page("/test/").contains("Protocol"), "a folder is its first page");
    for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/files/../../secret.txt", "//etc/passwd", "/none.html"] {
        let answer = served.page(path);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
    assert!(served.asked("GET", "/", "evil.example").starts_with("HTTP/1.1 403"));
    assert!(served.asked("POST", "/", &format!("localhost:{}", served.port)).starts_with("HTTP/1.1 405"));

    let source = folder.path().join("protocols/test/protocol/2024-05-01.toml");
    let address = "/test/protocol/2024-05-01.html";
    fs::write(&source, PLAIN.replace("civil", "courteous and civil")).expect("written");
    assert!(served.until(address, "courteous and civil"), "what is saved is shown");
    fs::write(&source, "title = 3\n").expect("written");
    sleep(Duration::from_secs(2));
    assert!(served.page(address).contains("courteous and civil"), "a fault leaves what was last whole");
    fs::write(&source, PLAIN).expect("written");
    assert!(served.until("/.times", "-3"), "and it goes on when the fault is gone");
}

#[test]
fn a_site_is_shown_even_if_a_source_has_a_fault_at_first() {
    let folder = workspace("Test Parish Council", "title = 3\n");
    let served = Served::of(folder.path());
    let waiting = served.page("/");
    assert!(waiting.starts_with("HTTP/1.1 503") && waiting.contains("A source has a fault"), "{waiting}");
    assert!(waiting.contains("/.times"), "it shows the site by itself: {waiting}");
    fs::write(folder.path().join("protocols/test/protocol/2024-05-01.toml"), PLAIN).expect("written");
    assert!(served.until("/", "Test Parish Council"));
    assert!(served.page("/none.html").starts_with("HTTP/1.1 404"));

    let taken = fails(folder.path(), &["site", "--serve", "--port", &served.port.to_string()]);
    assert!(taken.contains("choose another with --port"), "{taken}");
}

#[test]
fn a_chapter_may_be_called_anything() {
    let folder = workspace("Test Parish Council", PLAIN);
    copy(&support::root().join("tests/cases/book"), folder.path());
    let served = Served::of(folder.path());
    let links: Vec<String> = all(&Html::parse_document(&served.page("/pages.html")), "main a")
        .into_iter()
        .filter_map(|link| link.attr("href").map(str::to_owned))
        .collect();
    assert!(links.iter().any(|link| link == "%C3%BCber%20uns/wer%20wir%20sind.html"), "{links:?}");
    for link in links {
        assert!(served.page(&format!("/{link}")).starts_with("HTTP/1.1 200"), "{link}");
    }
    assert!(served.page("/%ff.html").starts_with("HTTP/1.1 404"));
}

#[test]
fn all_that_a_site_is_made_of_is_watched_and_what_editors_keep_is_not() {
    let folder = workspace("Test Parish Council", PLAIN);
    let root = folder.path();
    let put = |name: &str, text: &str| {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    let html = "[output.html]\ntheme = \"look\"\nadditional-css = [\"own.css\"]\n";
    put("book.toml", &format!("[book]\ntitle = \"Ours\"\n[build]\nextra-watch-dirs = [\"data\"]\n{html}"));
    put("own.css", "");
    put("src/SUMMARY.md", "# Summary\n\n- [About us](about.md)\n");
    put("src/about.md", "# About us\n\n{{#include ../notes/all.txt}}\n");
    put("notes/all.txt", "First words. {{#include more.txt}}\n");
    put("notes/more.txt", "More.\n");
    let served = Served::of(root);
    assert!(served.page("/about.html").contains("First words. More."));
    // A file that is alike in length and saved within the same tick would not be seen; these differ in length.
    for (name, text) in [
        ("notes/more.txt", "Much more.\n"),
        ("notes/all.txt", "Second words, then. {{#include more.txt}}\n"),
        ("own.css", "p { color: red }\n"),
        ("look/head.hbs", "<!-- ours -->\n"),
        ("templates/site/style.css", "p { margin: 0 }\n"),
        ("data/halls.csv", "Village Hall\n"),
        ("book.toml", &format!("[book]\ntitle = \"Still ours\"\n{html}")),
        ("engross.toml", "[site]\nurl = \"https://example.gov.uk/protocols\"\n"),
    ] {
        put(name, text);
        served.says(&format!("{name} was saved: making the site anew\nmade anew\n"));
    }
    assert!(served.page("/about.html").contains("Second words, then. Much more."));
    assert!(served.page("/about.html").contains("Still ours"));
    assert!(served.page("/protocols/about.html").contains("Still ours"), "as it will be on the web");

    let times = || served.page("/.times").split("\r\n\r\n").nth(1).map(str::to_owned);
    let before = times();
    for name in ["src/.about.md.swp", "src/about.md~", "src/#about.md#", "src/4913", "protocols/test/.council.toml.tmp"]
    {
        put(name, "x");
    }
    sleep(Duration::from_secs(2));
    assert_eq!(times(), before);
    assert_eq!(*served.told.lock().expect("whole"), "");
    fs::remove_file(root.join("look/head.hbs")).expect("removed");
    served.says("look/head.hbs was removed: making the site anew\nmade anew\n");
}

#[test]
fn a_site_that_is_removed_while_it_is_shown_is_made_anew() {
    let folder = workspace("Test Parish Council", PLAIN);
    let served = Served::of(folder.path());
    fs::remove_dir_all(folder.path().join("site")).expect("removed");
    let at_once = served.page("/");
    assert!(!at_once.contains("A source has a fault"), "{at_once}");
    served.says("site was removed: making the site anew\nmade anew\n");
    assert!(served.page("/").contains("Test Parish Council"));
}

#[test]
fn a_browser_that_is_slow_keeps_no_other_waiting() {
    let folder = workspace("Test Parish Council", PLAIN);
    // More than a connection takes that nobody reads from.
    fs::create_dir_all(folder.path().join("src")).expect("made");
    fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"Ours\"\n").expect("written");
    fs::write(folder.path().join("src/SUMMARY.md"), "# Summary\n").expect("written");
    fs::write(folder.path().join("src/film.bin"), vec![b'x'; 32 << 20]).expect("written");
    let served = Served::of(folder.path());
    let slow: Vec<_> = (0..4)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", served.port)).expect("it listens");
            write!(stream, "GET /film.bin HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", served.port).expect("sent");
            stream
        })
        .collect();
    sleep(Duration::from_secs(1));
    let mut stream = TcpStream::connect(("127.0.0.1", served.port)).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
    write!(stream, "GET / HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", served.port).expect("sent");
    let mut answer = String::new();
    let read = stream.read_to_string(&mut answer);
    assert!(read.is_ok() && answer.contains("Test Parish Council"), "{read:?}");
    drop(slow);
}

#[test]
fn a_page_that_is_not_there_is_told_in_the_look_of_the_site() {
    let folder = workspace("Test Parish Council", PLAIN);
    let served = Served::of(folder.path());
    let lost = served.page("/test/none/at/all.html");
    assert!(lost.starts_with("HTTP/1.1 404") && lost.contains("There is no such page"), "{lost}");
    assert!(lost.contains("href=\"/pages.html\"") && lost.contains("/.times"), "{lost}");
}

#[test]
fn a_port_is_for_a_site_that_is_shown() {
    let folder = workspace("Test Parish Council", PLAIN);
    let said = fails(folder.path(), &["site", "--port", "4000"]);
    assert!(said.contains("--serve"), "{said}");
    assert!(!folder.path().join("site").exists());
}
