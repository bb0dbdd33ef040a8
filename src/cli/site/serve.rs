//! Shows a site in a browser on this computer, and makes it anew when a source is saved.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::store::folder::{Sources, served};

use super::super::{Failure, Terminal, report};
use super::book::Settings;

/// How often it is asked whether a source was saved, here and in the browser.
const PATIENCE: Duration = Duration::from_millis(500);

/// The first page.
const HOME: &str = "index.html";

/// Where a page asks how often the site has been made.
const TIMES: &str = "/.times";

/// What a page is given so that it shows itself again when the site has been made anew.
const RELOAD: &str = include_str!("../../../templates/site/serving/reload.html");

/// What is shown as long as there is no site.
const WAITING: &str = include_str!("../../../templates/site/serving/waiting.html");

/// Makes the site, and shows it until the program is ended. `made` makes it, and says so.
pub(super) fn serve(
    root: &Path,
    site: &Path,
    port: u16,
    made: impl Fn() -> Result<String, Failure>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let server = Server::http(("127.0.0.1", port)).map_err(|error| {
        Failure::Arguments(format!("http://localhost:{port} cannot be used ({error}): choose another with --port"))
    })?;
    let port = server.server_addr().to_ip().map_or(port, |address| address.port());
    let mut before = now(root);
    match made() {
        Ok(said) => terminal.result(&said)?,
        Err(failure) if is_in_a_source(&failure) => report(failure, terminal),
        Err(failure) => return Err(failure),
    }
    terminal.result(&format!("it is at http://localhost:{port} until you press Ctrl-C\n"))?;
    let times = AtomicUsize::new(0);
    thread::scope(|scope| {
        scope.spawn(|| server.incoming_requests().for_each(|request| answer(request, site, port, &times)));
        loop {
            thread::sleep(PATIENCE);
            let after = now(root);
            if after == before {
                continue;
            }
            before = after;
            match made() {
                Ok(_) => {
                    times.fetch_add(1, Ordering::Relaxed);
                    terminal.message("made anew\n");
                }
                // What was last whole goes on being shown.
                Err(failure) => report(failure, terminal),
            }
        }
    })
}

/// Whether it may be well when a source has been saved again.
fn is_in_a_source(failure: &Failure) -> bool {
    use Failure::{Book, BookSettings, Reserved, Sources, Template};
    matches!(failure, Sources(_) | Template(_) | BookSettings(..) | Reserved(_) | Book(_))
}

/// The sources as they are.
pub(super) fn now(root: &Path) -> Sources {
    let pages = Settings::load(root).ok().and_then(|settings| settings.sources(root));
    Sources::now(root, pages.as_deref())
}

fn answer(request: Request, site: &Path, port: u16, times: &AtomicUsize) {
    let (status, kind, body) = answered(&request, site, port, times);
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

fn answered(request: &Request, site: &Path, port: u16, times: &AtomicUsize) -> Answer {
    let plain = |status: u16, words: &str| (status, "text/plain; charset=utf-8", words.as_bytes().to_vec());
    // A page of another site that a name of its own leads here with cannot read what is shown.
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    if !host.is_some_and(|host| is_here(host.value.as_str(), port)) {
        return plain(403, "This site is shown on this computer only: http://localhost.\n");
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        return plain(405, "Nothing can be sent here.\n");
    }
    let path = request.url().split(['?', '#']).next().unwrap_or_default();
    if path == TIMES {
        return plain(200, &times.load(Ordering::Relaxed).to_string());
    }
    let Ok(file) = percent_decode_str(path.trim_start_matches('/')).decode_utf8() else {
        return plain(404, "There is no such page.\n");
    };
    match served(site, Path::new(if file.is_empty() { HOME } else { &file })) {
        Some(bytes) if kind_of(&file) == HTML => (200, HTML, with_reload(&bytes)),
        Some(bytes) => (200, kind_of(&file), bytes),
        None if served(site, Path::new(HOME)).is_none() => (503, HTML, with_reload(WAITING.as_bytes())),
        None => plain(404, "There is no such page.\n"),
    }
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

fn with_reload(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    match page.rsplit_once("</body>") {
        Some((before, after)) => format!("{before}{RELOAD}</body>{after}").into_bytes(),
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
        let page = with_reload(b"<body>words</body></html>");
        let page = String::from_utf8_lossy(&page);
        assert!(page.starts_with("<body>words<script>") && page.ends_with("</script>\n</body></html>"), "{page}");
    }
}
