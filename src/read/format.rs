//! The source format: these types are what a TOML file may say, and what the JSON Schemas are made from.
//!
//! Required keys are optional here, so that a missing one is reported together with every other fault of the file.

use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use toml::value::Datetime;

use crate::model::{CouncilKind, EventKind, Numbering, Part, PartialDate, Role, Status};

/// A council: protocols/COUNCIL/council.toml.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CouncilFile {
    /// The number of the source format; left out, 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<FormatNumber>,
    /// The council's name, such as "Kings Hill Parish Council".
    #[schemars(required)]
    pub name: Option<String>,
    /// What kind of council it is.
    #[schemars(required)]
    pub kind: Option<CouncilKind>,
    /// The district, borough, county or unitary council above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal_authority: Option<String>,
    /// Its postal address, a line each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Its web address, beginning with https:// or http://.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// A picture beside this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<LogoTable>,
    /// The council's colours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colours: Option<ColoursTable>,
    /// The council's own words for a role, in the singular.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub terms: BTreeMap<Role, Vec<String>>,
    /// How often the council reviews its documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<IntervalTable>,
}

/// A council's logo.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogoTable {
    /// The name of a PNG, JPEG, GIF, WebP or SVG file beside council.toml.
    #[schemars(required)]
    pub file: Option<String>,
    /// What it shows, in words, for those who cannot see it.
    #[schemars(required)]
    pub alt: Option<String>,
}

/// A council's colours.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColoursTable {
    /// The colour of headings and rules, such as "#1d4f91"; dark enough to be read on white.
    #[schemars(regex(pattern = r"^#[0-9A-Fa-f]{6}$"))]
    pub accent: Option<String>,
}

/// How often documents are reviewed.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IntervalTable {
    /// "1 year", "18 months", "2 years".
    #[schemars(regex(pattern = r"^[1-9][0-9]* (months?|years?)$"))]
    pub every: Option<String>,
}

/// A workspace: engross.toml beside the folder `protocols`.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsFile {
    /// The number of the source format; left out, 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<FormatNumber>,
    /// How often documents are reviewed whose council has set no interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<IntervalTable>,
    /// Where the documents are published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteTable>,
}

/// Where the documents are published.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteTable {
    /// The web address of what `engross build` writes, beginning with https:// or http://.
    pub url: Option<String>,
}

/// One version of a document: protocols/COUNCIL/DOCUMENT/VERSION.toml.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProtocolFile {
    /// The number of the source format; left out, 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<FormatNumber>,
    /// The title as printed.
    #[schemars(required)]
    pub title: Option<String>,
    /// What has become of this version.
    #[schemars(required)]
    pub status: Option<Status>,
    /// The council's name as this document prints it; "" where it does not print it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub council_as_printed: Option<String>,
    /// The parts printed before the first section, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub front: Option<Vec<Part>>,
    /// The parts printed after the last section, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back: Option<Vec<Part>>,
    /// Whether missing numbers are given; "automatic" only in a draft or proposal.
    #[serde(default, skip_serializing_if = "is_as_printed")]
    pub numbering: Numbering,
    /// Notes printed at the end, in CommonMark.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What was done with the document, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<EventTable>,
    /// When the document is reviewed next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewTable>,
    /// Document-control tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub control: Vec<ControlTableTable>,
    /// Places to sign.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signature: Vec<SignatureTable>,
    /// Findings of `engross check` that are known and accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silence: Vec<SilenceTable>,
    /// The sections, in the order printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub section: Vec<SectionTable>,
}

fn is_as_printed(numbering: &Numbering) -> bool {
    *numbering == Numbering::AsPrinted
}

/// Something done with the document.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventTable {
    /// What was done.
    #[schemars(required)]
    pub event: Option<EventKind>,
    /// When, as precisely as the document says.
    #[schemars(required)]
    pub date: Option<DateValue>,
    /// The line that says so; "" where none is printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_printed: Option<String>,
    /// The minute that records it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minute: Option<String>,
}

/// When the document is reviewed next.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewTable {
    /// The date stated; a month or year is due by its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DateValue>,
    /// The interval stated: "1 year", "18 months", "2 years".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[1-9][0-9]* (months?|years?)$"))]
    pub every: Option<String>,
    /// When the council means to review it, such as "2027-03"; `engross review --plan --apply` writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<DateValue>,
    /// Whether it is reviewed at the annual meeting of the council in May; left out, its title tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annual_meeting: Option<bool>,
    /// The line that says so; "" where none is printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_printed: Option<String>,
}

/// A document-control table.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ControlTableTable {
    /// The words over it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Its column headings, if it has any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header: Vec<String>,
    /// Its rows, each a list of cells; the first cell is the row's label.
    #[schemars(required)]
    pub rows: Option<Vec<Vec<String>>>,
}

/// A place to sign.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignatureTable {
    /// In what capacity, such as "Chair of the Council".
    #[schemars(required)]
    pub role: Option<String>,
    /// Who, where the document prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A finding that is known and accepted.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SilenceTable {
    /// The rule's name or code.
    #[schemars(required)]
    pub rule: Option<String>,
    /// The id of the provision; left out, the whole document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Why it is accepted.
    #[schemars(required)]
    pub reason: Option<String>,
}

/// A section.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionTable {
    /// The number exactly as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The heading as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// An id for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its clauses, paragraphs and sub-headings, in the order printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clause: Vec<ClauseTable>,
}

/// A clause, an unnumbered paragraph or a sub-heading.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClauseTable {
    /// The number exactly as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its heading; without text, a sub-heading over the clauses that follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// How deep the heading stands below its section, 1 to 4; 1 where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 4))]
    pub level: Option<i64>,
    /// Its words, in CommonMark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The number or id of the clause it is really an item of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// An id for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// What is said of a `format` that is no number of a source format.
pub(crate) const NOT_A_FORMAT: &str = "this is not the number of a source format";

/// The number of the source format that these types are, which a file states as `format` for whoever reads it in years to come.
///
/// Only this one is read here: `file` has a message for the number of a newer format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FormatNumber;

impl FormatNumber {
    /// The number.
    pub const CURRENT: i64 = 1;
}

impl<'de> Deserialize<'de> for FormatNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match i64::deserialize(deserializer) {
            Ok(Self::CURRENT) => Ok(Self),
            _ => Err(de::Error::custom(NOT_A_FORMAT)),
        }
    }
}

impl Serialize for FormatNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(Self::CURRENT)
    }
}

impl JsonSchema for FormatNumber {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FormatNumber".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "The number of the source format.", "const": Self::CURRENT })
    }
}

/// What is said of a value that is written like no date.
pub(crate) const NOT_A_DATE: &str = "this is not a date";

/// A date as it is written in TOML: `2024-05-30` with or without quotes, `"2024-05"`, `"2024"` or `2024`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateValue(pub String);

impl<'de> Deserialize<'de> for DateValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Date(Datetime),
            Text(String),
            Year(i64),
        }
        Ok(Self(match Written::deserialize(deserializer) {
            Ok(Written::Date(date)) => date.to_string(),
            Ok(Written::Text(text)) => text,
            Ok(Written::Year(year)) => year.to_string(),
            Err(_) => return Err(de::Error::custom(NOT_A_DATE)),
        }))
    }
}

impl Serialize for DateValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (PartialDate::parse(&self.0), self.0.parse::<Datetime>()) {
            (Ok(PartialDate::Day(_)), Ok(day)) => day.serialize(serializer),
            _ => serializer.serialize_str(&self.0),
        }
    }
}

impl JsonSchema for DateValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A day (2024-05-30), a month (\"2024-05\") or a year (\"2024\"): as precise as the document is.",
            "type": ["string", "integer"],
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        })
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The JSON Schema of `council.toml`.
pub fn council_schema() -> String {
    schema_text(&schemars::schema_for!(CouncilFile))
}

/// The JSON Schema of `engross.toml`.
pub fn settings_schema() -> String {
    schema_text(&schemars::schema_for!(SettingsFile))
}

/// The JSON Schema of a version of a document.
pub fn protocol_schema() -> String {
    schema_text(&schemars::schema_for!(ProtocolFile))
}

fn schema_text(schema: &Schema) -> String {
    format!("{:#}\n", schema.as_value())
}
