//! `engross.toml` → [`Settings`].

use crate::diagnostics::Diagnostic;
use crate::model::{Place, Settings};
use crate::source::Source;

use super::faults::Faults;
use super::format::SettingsFile;
use super::protocol::interval;
use super::{Read, codes, file, is_web_address};

/// Reads an `engross.toml`.
///
/// # Errors
/// All its faults, each with its place.
pub fn settings(source: &Source) -> Result<Read<Settings>, Vec<Diagnostic>> {
    let (file, mut diagnostics) = file::decode::<SettingsFile>(source);
    let mut faults = Faults::default();
    let value = file.map(|file| settings_from(file, &mut faults));
    diagnostics.extend(faults.into_diagnostics(source, &diagnostics));
    match value {
        Some(value) if diagnostics.is_empty() => Ok(Read { value, warnings: Vec::new() }),
        _ => Err(diagnostics),
    }
}

fn settings_from(file: SettingsFile, faults: &mut Faults) -> Settings {
    let place = || Place::key("review").then("every");
    let review_every = file.review.and_then(|review| interval(review.every, place(), faults));
    let site = file.site.and_then(|site| site.url).map(|url| url.trim_end_matches('/').to_owned());
    if let Some(site) = &site
        && !is_web_address(site)
    {
        let help = "write the whole address, such as \"https://www.example.gov.uk/protocols\"";
        let place = Place::key("site").then("url");
        faults.add(&codes::BAD_DETAIL, place, "this is not a web address", "expected https://…", help);
    }
    Settings { review_every, site }
}
