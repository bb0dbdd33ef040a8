//! `council.toml` ⇄ [`Council`].

use crate::diagnostics::Diagnostic;
use crate::model::{Colour, ColourError, Council, Logo, Place};
use crate::source::Source;

use super::faults::Faults;
use super::format::{ColoursTable, CouncilFile, LogoTable};
use super::protocol::{interval, line};
use super::{Read, codes, file, is_web_address};

/// The kinds of picture that every browser shows.
const LOGO_EXTENSIONS: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// Reads a `council.toml`.
///
/// # Errors
/// All its faults, each with its place.
pub fn council(source: &Source) -> Result<Read<Council>, Vec<Diagnostic>> {
    let (file, mut diagnostics) = file::decode::<CouncilFile>(source);
    let mut faults = Faults::default();
    let mut warnings = Faults::default();
    let council = file.and_then(|file| council_from(file, &mut faults, &mut warnings));
    let faults = faults.into_diagnostics(source, &diagnostics);
    diagnostics.extend(faults);
    match council {
        Some(value) if diagnostics.is_empty() => Ok(Read { value, warnings: warnings.into_diagnostics(source, &[]) }),
        _ => Err(diagnostics),
    }
}

fn council_from(file: CouncilFile, faults: &mut Faults, warnings: &mut Faults) -> Option<Council> {
    let key = Place::key;
    let mut text = |value: Option<String>, place: Place| value.map(|value| line(&value, &place, warnings));
    let name = text(file.name, key("name"));
    let principal_authority = text(file.principal_authority, key("principal_authority"));
    let email = text(file.email, key("email"));
    let website = text(file.website, key("website"));
    let address = file.address.map(|address| {
        let lines = address.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.map(|text| line(text, &key("address"), warnings));
        lines.collect::<Vec<_>>().join("\n")
    });
    if name.as_deref().is_none_or(str::is_empty) {
        let example = "name = \"Kings Hill Parish Council\"";
        match &name {
            None => faults.missing(key("name"), "the council has no `name`", example),
            Some(_) => faults.add(&codes::WRONG_VALUE, key("name"), "this is empty", "expected words", example),
        }
    }
    if file.kind.is_none() {
        faults.missing(key("kind"), "the council has no `kind`", "kind = \"parish\"");
    }
    if let Some(website) = &website
        && !is_web_address(website)
    {
        let help = "write the whole address, such as \"https://www.kingshillparishcouncil.gov.uk\"";
        faults.add(&codes::BAD_DETAIL, key("website"), "this is not a web address", "expected https://…", help);
    }
    if let Some(email) = &email
        && !is_email(email)
    {
        let help = "write it as clerk@example.gov.uk";
        faults.add(&codes::BAD_DETAIL, key("email"), "this is not an e-mail address", "expected one `@`", help);
    }
    let mut terms = file.terms;
    for word in terms.values_mut().flatten() {
        *word = line(word, &key("terms"), warnings);
    }
    let logo = file.logo.and_then(|logo| logo_from(logo, faults, warnings));
    let accent = file.colours.and_then(|colours| accent_from(colours, faults));
    let review_every = file.review.and_then(|review| interval(review.every, key("review").then("every"), faults));
    Some(Council {
        name: name?,
        kind: file.kind?,
        principal_authority,
        address: address.filter(|address| !address.is_empty()),
        email,
        website,
        logo,
        accent,
        terms,
        review_every,
    })
}

/// Whether it is one address and nothing else: something before one `@`, a name with a dot after it.
fn is_email(email: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '\'' | '&' | '/');
    let parts = email.split_once('@');
    parts.is_some_and(|(user, host)| {
        let named = !user.is_empty() && user.chars().all(plain);
        named && host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
    })
}

fn logo_from(logo: LogoTable, faults: &mut Faults, warnings: &mut Faults) -> Option<Logo> {
    let place = Place::key("logo");
    let Some(alt) = logo.alt.filter(|alt| !alt.trim().is_empty()) else {
        faults.missing(
            place.clone().then("alt"),
            "the logo has no `alt`, the words for what it shows",
            "alt = \"The council's coat of arms: a horse on a green hill\"",
        );
        return None;
    };
    let Some(name) = logo.file else {
        faults.missing(place.then("file"), "the logo has no `file`", "file = \"logo.png\"");
        return None;
    };
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let known = extension.is_some_and(|extension| LOGO_EXTENSIONS.contains(&extension.as_str()));
    if !known || name.contains(['/', '\\', ':']) || name.starts_with('.') {
        let help = "put a .png, .jpg, .gif, .webp or .svg file beside council.toml and give its name alone";
        let place = place.then("file");
        faults.add(&codes::BAD_DETAIL, place, "this is not the name of a picture beside council.toml", "", help);
        return None;
    }
    let alt = line(&alt, &place.then("alt"), warnings);
    Some(Logo { file: name, alt })
}

fn accent_from(colours: ColoursTable, faults: &mut Faults) -> Option<Colour> {
    let colour = Colour::parse(&colours.accent?);
    let place = Place::key("colours").then("accent");
    match colour {
        Ok(colour) => return Some(colour),
        Err(error @ ColourError::Shape(_)) => {
            let help = "write `#` and six hexadecimal digits, such as \"#1d4f91\"";
            faults.add(&codes::BAD_DETAIL, place, error.to_string(), "expected #rrggbb", help);
        }
        Err(error @ ColourError::TooPale(..)) => {
            let help = "choose a darker shade: text in it must have a contrast of at least 4.5 : 1 with the page (WCAG 2.2 AA)";
            faults.add(&codes::BAD_DETAIL, place, error.to_string(), "too pale to be read", help);
        }
    }
    None
}
