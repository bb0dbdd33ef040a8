//! Shows a site in a browser on this computer, and makes it anew when a source is saved.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::diagnostics::printable;
use crate::site::FILES;
use crate::store::folder::{BOOK, served};
use crate::store::watch::{Change, Watch, markdown};
use crate::store::{PROTOCOLS, SETTINGS_FILE, TEMPLATES, shown};

use super::super::{Failure, Terminal, count, report};
use super::Made;
use super::includes::included;
use super::settings::Settings;

/// How often it is asked whether a source was saved, here and in the browser.
const PATIENCE: Duration = Duration::from_millis(500);

/// The first page.
const HOME: &str = "index.html";

/// Where a page asks whether the site has been made anew.
const TIMES: &str = "/.times";

/// What a page is given so that it shows itself again when the site has been made anew.
const RELOAD: &str = include_str!("../../../templates/site/serving/reload.html");

/// What is shown as long as there is no site.
const WAITING: &str = include_str!("../../../templates/site/serving/waiting.html");

/// Where it says why, and what.
const WHY: &str = "{{ why }}";
const FAULT: &str = "A source has a fault: the window in which you started engross says which, and what to do about it. Put it \
                     right and save it.";
const AT_WORK: &str = "It is being made.";

/// Where a page is told what it is to compare with.
const STAMP: &str = "{{ stamp }}";

/// What is shown where there is no page, if the site has that.
const LOST: &str = "404.html";

/// How many requests are answered at once: a browser that is slow to take its answer keeps no other waiting.
const AT_ONCE: usize = 8;

/// What is known of the site while it is shown.
struct Showing<'a> {
    /// Its folder.
    site: &'a Path,
    port: u16,
    /// How often it has been made.
    times: AtomicUsize,
    /// Where it is to be on its web server: pages may lead there.
    place: RwLock<String>,
    /// Whether it could not be made when that was tried last.
    failed: AtomicBool,
}

impl Showing<'_> {
    /// What tells a page whether the site has been made anew since, in this run or another.
    fn stamp(&self) -> String {
        format!("{}-{}", std::process::id(), self.times.load(Ordering::Acquire))
    }

    /// Notes that it was made, or why not.
    fn note(&self, made: Result<Made, Failure>) -> Result<String, Failure> {
        self.failed.store(made.is_err(), Ordering::Release);
        let Made { said, place } = made?;
        *self.place.write().unwrap_or_else(PoisonError::into_inner) = place;
        self.times.fetch_add(1, Ordering::AcqRel);
        Ok(said)
    }

    /// Whether it was there and is there no more.
    fn is_gone(&self) -> bool {
        !self.failed.load(Ordering::Acquire) && served(self.site, Path::new(HOME)).is_none()
    }
}

/// Makes the site, and shows it until the program is ended. `made` makes it.
pub(super) fn serve(
    root: &Path,
    site: &Path,
    port: u16,
    made: impl Fn() -> Result<Made, Failure>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let server = Server::http(("127.0.0.1", port)).map_err(|error| {
        Failure::Arguments(format!("http://localhost:{port} cannot be used ({error}): choose another with --port"))
    })?;
    let port = server.server_addr().to_ip().map_or(port, |address| address.port());
    let showing =
        Showing { site, port, times: AtomicUsize::new(0), place: RwLock::default(), failed: AtomicBool::new(false) };
    let mut watch = watched(root, site);
    let mut before = watch.now();
    match showing.note(made()) {
        Ok(said) => terminal.result(&said)?,
        Err(failure) if failure.may_be_mended_by_saving() => report(failure, terminal),
        Err(failure) => return Err(failure),
    }
    terminal.result(&format!("it is at http://localhost:{port} until you press Ctrl-C\n"))?;
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Ok(request) = server.recv() {
                    answer(request, &showing);
                }
            });
        }
        loop {
            thread::sleep(PATIENCE);
            let changes = watch.now().since(&before);
            let why = match changes.as_slice() {
                [] if showing.is_gone() => format!("{} was removed", shown(site, Some(root))),
                [] => continue,
                changes => told(changes, root),
            };
            terminal.message(&format!("{}: making the site anew\n", printable(&why)));
            // What is watched follows from what was saved; what is saved from here on is seen the next time.
            watch = watched(root, site);
            before = watch.now();
            match showing.note(made()) {
                Ok(_) => terminal.message("made anew\n"),
                // What was last whole goes on being shown.
                Err(failure) => report(failure, terminal),
            }
        }
    })
}

/// What was saved, in a line.
fn told(changes: &[Change], root: &Path) -> String {
    let (path, became) = match &changes[0] {
        Change::Saved(path) => (path, "was saved"),
        Change::Removed(path) => (path, "was removed"),
    };
    let more = match changes.len() - 1 {
        0 => String::new(),
        more => format!(", and {} changed", count(more, "other file")),
    };
    format!("{} {became}{more}", shown(path, Some(root)))
}

/// All that the site is made of.
fn watched(root: &Path, site: &Path) -> Watch {
    // As long as `book.toml` cannot be read, at least that is seen.
    let settings = Settings::load(root).unwrap_or_default();
    let chapters = settings.sources(root);
    let included = included(&chapters.as_deref().map(markdown).unwrap_or_default());
    let ours = [root.join(PROTOCOLS), root.join(TEMPLATES), settings.theme(root)];
    let settings_files = [root.join(BOOK), root.join(SETTINGS_FILE)];
    let files = chapters.iter().map(|chapters| chapters.join(FILES));
    Watch {
        except: files.chain([site.to_owned()]).collect(),
        folders: [ours.to_vec(), settings.watched(root), chapters.into_iter().collect()].concat(),
        files: settings_files
            .into_iter()
            .chain(settings.additional(root))
            .chain(included.into_iter().map(|it| it.file))
            .collect(),
    }
}

fn answer(request: Request, showing: &Showing<'_>) {
    let (status, kind, body) = answered(&request, showing);
    let mut response = Response::from_data(body).with_status_code(status);
    let headers = [("Content-Type", kind), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")];
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A browser that has gone away does not want it any more.
    let _ = request.respond(response);
}

type Answer = (u16, &'static str, Vec<u8>);

fn answered(request: &Request, showing: &Showing<'_>) -> Answer {
    let plain = |status: u16, words: &str| (status, "text/plain; charset=utf-8", words.as_bytes().to_vec());
    // A page of another site that a name of its own leads here with cannot read what is shown.
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    if !host.is_some_and(|host| is_here(host.value.as_str(), showing.port)) {
        return plain(403, "This site is shown on this computer only: http://localhost.\n");
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        return plain(405, "Nothing can be sent here.\n");
    }
    // Asked before anything is read: if the site is made anew in between, a page shows itself again once too often.
    let stamp = showing.stamp();
    let path = request.url().split(['?', '#']).next().unwrap_or_default();
    if path == TIMES {
        return plain(200, &stamp);
    }
    let found = found(path, showing).or_else(|| {
        let place = showing.place.read().unwrap_or_else(PoisonError::into_inner);
        self::found(path.strip_prefix(place.as_str())?, showing)
    });
    if let Some((kind, bytes)) = found {
        return (200, kind, if kind == HTML { with_reload(&bytes, &stamp) } else { bytes });
    }
    if served(showing.site, Path::new(HOME)).is_none() {
        let why = if showing.failed.load(Ordering::Acquire) { FAULT } else { AT_WORK };
        return (503, HTML, with_reload(WAITING.replace(WHY, why).as_bytes(), &stamp));
    }
    match served(showing.site, Path::new(LOST)) {
        Some(page) => (404, HTML, with_reload(&page, &stamp)),
        None => plain(404, "There is no such page.\n"),
    }
}

/// A file of the site, and what kind it is.
fn found(path: &str, showing: &Showing<'_>) -> Option<(&'static str, Vec<u8>)> {
    let file = percent_decode_str(path.trim_start_matches('/')).decode_utf8().ok()?;
    let bytes = served(showing.site, Path::new(if file.is_empty() { HOME } else { &file }))?;
    Some((kind_of(&file), bytes))
}

/// Whether a browser was led here by a name of this computer.
fn is_here(host: &str, port: u16) -> bool {
    // Browsers leave out the port that is usual.
    let usual = |name: &str| port == 80 && host.eq_ignore_ascii_case(name);
    ["localhost", "127.0.0.1"].iter().any(|name| usual(name) || host.eq_ignore_ascii_case(&format!("{name}:{port}")))
}

const HTML: &str = "text/html; charset=utf-8";

fn kind_of(file: &str) -> &'static str {
    let Some((_, extension)) = file.rsplit('/').next().and_then(|name| name.rsplit_once('.')) else { return HTML };
    match extension {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "ics" => "text/calendar; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "markdown" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn with_reload(page: &[u8], stamp: &str) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    match page.rsplit_once("</body>") {
        Some((before, after)) => format!("{before}{}</body>{after}", RELOAD.replace(STAMP, stamp)).into_bytes(),
        None => page.into_owned().into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_computer_lead_here() {
        assert!(is_here("localhost:3000", 3000));
        assert!(is_here("127.0.0.1:3000", 3000));
        assert!(is_here("localhost", 80));
        for host in
            ["evil.example:3000", "localhost.evil.example:3000", "localhost", "localhost:3001", "", "192.168.1.2:3000"]
        {
            assert!(!is_here(host, 3000), "{host}");
        }
    }

    #[test]
    fn a_page_is_told_to_look_whether_it_is_new() {
        let page = with_reload(b"<body>words</body></html>", "12-3");
        let page = String::from_utf8_lossy(&page);
        assert!(page.starts_with("<body>words<script>") && page.ends_with("</script>\n</body></html>"), "{page}");
        assert!(page.contains("'12-3'"), "{page}");
    }
}
