//! Who a council is.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Interval, slug};

/// A council, as its `council.toml` describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Council {
    /// Its name, `Kings Hill Parish Council`.
    pub name: String,
    /// What kind of council it is.
    pub kind: CouncilKind,
    /// The district, borough, county or unitary council above it.
    pub principal_authority: Option<String>,
    /// Its postal address, a line each.
    pub address: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Its web address, `https://…`.
    pub website: Option<String>,
    /// Its logo.
    pub logo: Option<Logo>,
    /// The colour of its headings and rules.
    pub accent: Option<Colour>,
    /// Its own words for a role, in the singular.
    pub terms: BTreeMap<Role, Vec<String>>,
    /// How often it reviews its documents, where it has settled that.
    pub review_every: Option<Interval>,
}

impl Council {
    /// A council of which nothing is known but its name, which says what kind it is.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            kind: CouncilKind::from_name(name),
            principal_authority: None,
            address: None,
            email: None,
            website: None,
            logo: None,
            accent: None,
            terms: BTreeMap::new(),
            review_every: None,
        }
    }
}

/// The kinds of local authority, and bodies that adopt protocols like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant is the name of a kind of authority")]
pub enum CouncilKind {
    Parish,
    Town,
    Community,
    Neighbourhood,
    Village,
    City,
    District,
    Borough,
    County,
    Unitary,
    Metropolitan,
    LondonBorough,
    CombinedAuthority,
    NationalPark,
    Fire,
    Police,
    Other,
}

impl CouncilKind {
    /// The kind that a council's name says it is, `parish` for "Kings Hill Parish Council".
    pub fn from_name(name: &str) -> Self {
        let words = format!("-{}-", slug(name));
        let kinds = [
            ("london-borough", Self::LondonBorough),
            ("combined-authority", Self::CombinedAuthority),
            ("national-park", Self::NationalPark),
            ("metropolitan", Self::Metropolitan),
            ("parish", Self::Parish),
            ("town", Self::Town),
            ("community", Self::Community),
            ("neighbourhood", Self::Neighbourhood),
            ("village", Self::Village),
            ("district", Self::District),
            ("borough", Self::Borough),
            ("county", Self::County),
            ("city", Self::City),
            ("fire", Self::Fire),
            ("police", Self::Police),
        ];
        let named = kinds.into_iter().find(|(word, _)| words.contains(&format!("-{word}-")));
        named.map_or(Self::Other, |(_, kind)| kind)
    }
}

/// A role that councils name differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A councillor or member.
    Councillor,
    /// An officer or employee.
    Officer,
    /// The clerk, the proper officer.
    Clerk,
    /// Who takes the chair.
    Chair,
    /// Who takes the chair in the chair's absence.
    ViceChair,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Councillor => "councillor",
            Self::Officer => "officer",
            Self::Clerk => "clerk",
            Self::Chair => "chair",
            Self::ViceChair => "vice-chair",
        })
    }
}

/// A picture beside `council.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// The file's name.
    pub file: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
}

/// An sRGB colour that can be read on a light page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// Why a text is not a usable colour.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ColourError {
    /// Not `#` and six hexadecimal digits.
    #[error("`{0}` is not a colour")]
    Shape(String),
    /// Too pale to be read on a light page.
    #[error("the contrast of {0} with the page is {1:.1} : 1")]
    TooPale(String, f64),
}

/// The relative luminance of the darkest of the light backgrounds that pages have, `#f1f0ec` in `html/style.css`.
const PAGE_LUMINANCE: f64 = 0.871;

/// The least contrast of text with its background in WCAG 2.2, success criterion 1.4.3 (level AA).
const LEAST_CONTRAST: f64 = 4.5;

impl Colour {
    /// Reads `#1d4f91`.
    ///
    /// # Errors
    /// When the text has another form, or the colour is too pale for text on a light page (WCAG 2.2 AA, 4.5 : 1).
    pub fn parse(text: &str) -> Result<Self, ColourError> {
        let shape = || ColourError::Shape(text.to_owned());
        let digits = text
            .strip_prefix('#')
            .filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))
            .ok_or_else(shape)?;
        let mut rgb = [0; 3];
        for (channel, pair) in rgb.iter_mut().zip([0, 2, 4]) {
            *channel = u8::from_str_radix(&digits[pair..pair + 2], 16).map_err(|_| shape())?;
        }
        let colour = Self(rgb);
        let contrast = (PAGE_LUMINANCE + 0.05) / (colour.luminance() + 0.05);
        if contrast < LEAST_CONTRAST {
            return Err(ColourError::TooPale(text.to_owned(), contrast));
        }
        Ok(colour)
    }

    /// Relative luminance as WCAG 2.2 defines it, from 0 (black) to 1 (white).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = self.0.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_kind_of_council_it_is() {
        for (name, kind) in [
            ("Kings Hill Parish Council", CouncilKind::Parish),
            ("Charlestown Community Council", CouncilKind::Community),
            ("London Borough of Brent", CouncilKind::LondonBorough),
            ("Cyngor Bro Ogwr", CouncilKind::Other),
        ] {
            assert_eq!(CouncilKind::from_name(name), kind, "{name}");
        }
    }

    #[test]
    fn colours_are_read_and_pale_ones_refused() {
        assert_eq!(Colour::parse("#1D4F91").unwrap().to_string(), "#1d4f91");
        assert!(matches!(Colour::parse("#ffcc00"), Err(ColourError::TooPale(..))));
        for text in ["red", "#12345", "#12345g", "#1234567", "1d4f91", "#é1234", "#+1+1+1"] {
            assert!(matches!(Colour::parse(text), Err(ColourError::Shape(_))), "{text}");
        }
    }
}
