"""release.py FOLDER: what .ci/release has packed is whole.

Each archive in the folder has its checksum beside it and holds one folder of its name, with the program, the licences,
the manual pages, which mandoc finds no fault with, the completions, which bash takes, and a list of the crates, which is valid by
the CycloneDX schema and names every crate that Cargo.toml does. The program says which version it is.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from importlib.metadata import files
from pathlib import Path

from jsonschema import Draft7Validator
from referencing import Registry, Resource

NEEDED = [
    "CHANGELOG.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "OFL-AtkinsonHyperlegibleNext.txt",
    "OFL-SourceSans3.txt",
    "README.md",
    "SECURITY.md",
    "THIRD-PARTY-LICENSES.txt",
    "completions/_engross",
    "completions/_engross.ps1",
    "completions/engross",
    "completions/engross.fish",
    "engross",
    "engross.cdx.json",
    "man/engross-build.1",
    "man/engross-review-record.1",
    "man/engross.1",
]


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def cyclonedx():
    """The validator of CycloneDX 1.5, which refers to two schemas beside it."""

    def schema(name):
        file = next(file for file in files("cyclonedx-python-lib") if file.name == name)
        return json.loads(file.locate().read_text())

    beside = [schema("spdx.SNAPSHOT.schema.json"), schema("jsf-0.82.SNAPSHOT.schema.json")]
    registry = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in beside)
    return Draft7Validator(schema("bom-1.5.SNAPSHOT.schema.json"), registry=registry)


def check_crates(folder):
    parts = json.loads((folder / "engross.cdx.json").read_text())
    for error in cyclonedx().iter_errors(parts):
        yield f"engross.cdx.json is not CycloneDX: {error.json_path}: {error.message[:200]}"
    manifest = tomllib.loads(Path(__file__, "../../../Cargo.toml").resolve().read_text())
    named = {part["name"] for part in parts["components"]}
    for missing in sorted(set(manifest["dependencies"]) - named):
        yield f"engross.cdx.json does not name {missing}"
    for part in parts["components"]:
        if not part.get("licenses"):
            yield f"engross.cdx.json says nothing of the licence of {part['name']}"
    licences = {line.split(" ")[0] for line in (folder / "THIRD-PARTY-LICENSES.txt").read_text().splitlines()}
    for missing in sorted(set(manifest["dependencies"]) - licences):
        yield f"THIRD-PARTY-LICENSES.txt does not name {missing}"
    text = json.dumps(parts)
    for here in (str(Path.home()), str(Path(__file__).resolve().parents[2])):
        if here in text:
            yield f"engross.cdx.json names a folder of this computer, {here}"


def check_pages(folder):
    for page in sorted(folder.glob("man/*")):
        # What clap_mangen writes has line breaks too many, which mandoc passes over; and no page has a day, so that it is alike always.
        found = run("mandoc", "-T", "lint", "-W", "warning", str(page)).stdout.splitlines()
        for line in found:
            if "skipping paragraph macro: br" not in line and "missing date" not in line:
                yield f"{page.name}: {line.split(': ', 1)[-1][:200]}"


def check(archive):
    stated = Path(f"{archive}.sha256").read_text().split()
    if stated != [hashlib.sha256(archive.read_bytes()).hexdigest(), archive.name]:
        yield "its checksum is another"
    with tempfile.TemporaryDirectory() as here, tarfile.open(archive) as packed:
        name = archive.name.removesuffix(".tar.gz")
        for outside in [entry.name for entry in packed if entry.name.split("/")[0] != name or ".." in entry.name]:
            yield f"{outside} lies outside of the folder {name}"
        packed.extractall(here, filter="data")
        folder = Path(here, name)
        for missing in [file for file in NEEDED if not (folder / file).is_file()]:
            yield f"{missing} is missing"
        if not (folder / "engross.cdx.json").is_file():
            return
        yield from check_crates(folder)
        yield from check_pages(folder)
        loaded = run("bash", "-c", 'source "$1" && complete -p engross', "bash", str(folder / "completions/engross"))
        if loaded.returncode or "engross" not in loaded.stdout:
            yield f"bash does not take the completions: {loaded.stderr.strip()[:200]}"
        version = name.split("-")[1]
        if (said := run(str(folder / "engross"), "--version").stdout) != f"engross {version}\n":
            yield f"the program says that it is {said!r}"


def main():
    archives = sorted(Path(sys.argv[1]).glob("*.tar.gz"))
    failures = [(archive.name, why) for archive in archives for why in check(archive)]
    for name, why in failures:
        print(f"FAIL release {name}: {why}")
    for archive in archives:
        if archive.name not in {name for name, _ in failures}:
            print(f"ok release {archive.name}")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
