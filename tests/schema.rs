//! The shipped JSON Schemas are those of the types.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use engross::read::format::{council_schema, protocol_schema, settings_schema};

#[test]
fn the_shipped_schemas_are_current() {
    for (file, current) in
        [("council", council_schema()), ("protocol", protocol_schema()), ("engross", settings_schema())]
    {
        let path = support::root().join(format!("schema/{file}.schema.json"));
        let shipped = std::fs::read_to_string(&path).unwrap_or_default();
        let remedy = format!("run: cargo run -- schema {file} > schema/{file}.schema.json");
        assert_eq!(shipped, current, "{} is not current; {remedy}", path.display());
    }
}
