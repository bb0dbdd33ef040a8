"""pdf.py OUT ENGROSS WORKSPACE: a PDF says what the plain text beside it says, to the eye and to a screen reader, and is fit
for the archive.

veraPDF finds it valid PDF/UA-1 and PDF/A-2a. What a screen reader is told (the words in the tree of tags) and what stands on
the pages, but for the lines above and below the text, are held against the document's own plain text, word for word and number
for number. Headings, bookmarks, paragraphs, labels, tables, links and the logo are those of the web page. Every page says which
one it is, and of what; what is not adopted says so above every page, and has a word drawn across it that nobody can copy. Built
again, it is the same, octet for octet. `engross diff --format pdf` is asked for some pairs of documents: see pdfchanges.py.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdf

from pdfchanges import failures_of_changes
from pdfparts import bookmarks, catalog, information, layout, links, lists, loose, page_blocks, pictures_of, tables
from pdfread import SOFT, blocks, output_of, pages_of, printed, tree_of, unlike
from tracked import run
from word import page_of
from workspaces import say

HERE = Path(__file__).parent
EVERYTHING = "tests/cases/render/everything.toml"
STANDARDS = {"ua1": "PDF/UA-1", "2a": "PDF/A-2a"}
PENDING = ("draft", "proposed")
# Titles and names longer than this are cut on the line above the text.
LONGEST_RUNNING = 60

# The word drawn across a page: its grey, and how much of a page has that grey where there is one, and where there is none.
GREY = 0xEC
DRAWN, NOT_DRAWN = 0.01, 0.004
DOTS_PER_INCH = 18

# Of each page but the last, the text goes at least as far down.
FULL = 1 / 3


class VeraPdf:
    """veraPDF at work on all the files, while other checks go on."""

    def __init__(self, files, log):
        self.files, self.log = files, log
        command = ["java", "-XX:+UseSerialGC", "-cp", os.environ["VERAPDF"], HERE / "VeraPdf.java", *files]
        with log.open("w") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def failures(self):
        """What is wrong with each file."""
        status, said = self.process.wait(), self.log.read_text()
        if status != 0:
            raise ValueError(f"veraPDF ended with status {status}: {said.strip()[-2000:]}")
        failures = {str(file): [] for file in self.files}
        left = {file: dict(STANDARDS) for file in failures}
        for line in said.splitlines():
            file, *what = line.split("\t")
            if len(what) != 2:
                continue  # Java's own warnings.
            standard, verdict = what
            if verdict == "valid":
                del left[file][standard]
            elif verdict != "invalid":
                failures[file].append(f"veraPDF, {STANDARDS.get(standard, standard)}: {verdict}")
        for file, standards in left.items():
            failures[file] += [f"veraPDF does not find it valid {standard}" for standard in standards.values()]
        return failures


def cut(text):
    """A title or a name as it stands above the text, as a pattern."""
    return re.escape(text) if len(text) <= LONGEST_RUNNING else re.escape(text[: LONGEST_RUNNING - 10]) + r".{0,10}…"


def running(pages, source):
    """What is wrong with the lines above and below the text of a document."""
    status, council = source["status"], source["council"]
    pending = f"{status.upper()}: " if status in PENDING else ""
    head = f"{cut(council['name'])} " if council else ""
    head += re.escape(pending) + cut(source["title"])
    for number, page in enumerate(pages, 1):
        if not re.fullmatch(head, page.head):
            yield f'above page {number} stands "{page.head}"'
        if page.foot != f"Version {source['version']} Page {number} of {len(pages)}":
            yield f'below page {number} of {len(pages)} stands "{page.foot}"'


def drawn(pdf, pages, pending):
    """What is wrong with the word across the pages. That it is no text, the words on the pages show."""
    with tempfile.TemporaryDirectory() as folder:
        output_of("pdftoppm", "-gray", "-r", str(DOTS_PER_INCH), str(pdf), f"{folder}/page")
        pictures = sorted(Path(folder).iterdir())
        if len(pictures) != len(pages):
            yield f"{len(pictures)} of {len(pages)} pages can be drawn"
        for number, picture in enumerate(pictures, 1):
            dots = picture.read_bytes().split(b"\n", 3)[3]
            share = dots.count(GREY) / len(dots)
            if pending and share < DRAWN:
                yield f"no word is drawn across page {number}"
            if not pending and share > NOT_DRAWN:
                yield f"something is drawn across page {number}"


def fullness(pages):
    """Which pages are empty, or as good as."""
    for number, page in enumerate(pages, 1):
        if not page.text.strip():
            yield f"page {number} has no words"
        elif number < len(pages) and page.lowest < page.height * FULL:
            yield f"page {number} of {len(pages)} is hardly used"


def failures_of(base):
    pdf, source = Path(f"{base}.pdf"), Path(f"{base}.json")
    if missing := [form for form in ("pdf", "txt", "html", "json") if not Path(f"{base}.{form}").is_file()]:
        yield f"it has no {', '.join(missing)}"
        return
    source = json.loads(source.read_text())
    main, wanted = page_of(f"{base}.html"), Path(f"{base}.txt").read_text()
    pending = source["status"] in PENDING
    reader, pages = pypdf.PdfReader(pdf), list(pages_of(pdf))
    tree = tree_of(pdf, reader)
    given = list(blocks(tree))
    yield from catalog(reader, source["title"])
    yield from information(pdf, 0)
    if wrong := unlike(wanted, SOFT.join(block.text() for block in given)):
        yield f"among the tags, {wrong}"
    if wrong := printed(wanted, pages, tree):
        yield f"on the pages, {wrong}"
    yield from running(pages, source)
    yield from layout(list(page_blocks(main)), given)
    yield from tables(main, list(tree.all("Table")))
    yield from loose(given)
    yield from lists(tree)
    yield from bookmarks(reader, given)
    yield from links(main, tree, reader)
    logo = (source["council"] or {}).get("logo")
    if (pictures := pictures_of(tree)) != ([logo["alt"]] if logo else []):
        yield f"its pictures are {pictures}, and the logo is {logo}"
    yield from drawn(pdf, pages, pending)
    yield from fullness(pages)


def built(engross, workspace, folder, formats, *addresses):
    run(engross, "build", *addresses, "--workspace", workspace, "--format", formats, "--out", folder)


def everything(workspace, folder):
    """A workspace with the document that has everything in it, of a council with a logo."""
    council = folder / "protocols" / "test"
    (council / "everything").mkdir(parents=True)
    shutil.copy(workspace / EVERYTHING, council / "everything" / "proposed.toml")
    for name in ("council.toml", "logo.svg"):
        shutil.copy(HERE / name, council)
    return folder


def again(out, engross, workspace, folder):
    """Which PDF files are not the same when they are built again."""
    for place in (workspace, everything(workspace, folder / "everything")):
        built(engross, place, folder / "again", "pdf")
    for pdf in sorted(out.glob("**/*.pdf")):
        twin = folder / "again" / pdf.relative_to(out)
        if not twin.is_file():
            yield pdf, "it is not built again"
        elif twin.read_bytes() != pdf.read_bytes():
            yield pdf, "built again, it is another file"


class Changes:
    """The PDF files of changes, each beside the web page of the same changes, with the plain texts of both sides."""

    def __init__(self, engross, workspace, folder):
        self.engross, self.folder, self.made = engross, folder, []
        cases = workspace / "tests/cases/compare"
        for place, left, right in (
            (workspace, "kings-hill", "battle"),
            (workspace, "thanet", "thanet"),
            (workspace, "battle", workspace / EVERYTHING),
            (cases, "cranbrook-st-mary@2023-05-15", "cranbrook-st-mary"),
        ):
            base = folder / f"changes-{len(self.made)}"
            for form in ("pdf", "html"):
                run(engross, "diff", left, right, "--workspace", place, "--format", form, "--output", f"{base}.{form}")
            sides = [self.side(place, address) for address in (left, right)]
            self.made.append((f"{Path(left).stem} {Path(right).stem}", Path(f"{base}.pdf"), sides, left == right))

    def side(self, place, address):
        """Where the plain text of a side is."""
        folder = self.folder / "sides" / re.sub(r"\W", "-", str(address))
        if not folder.is_dir():
            built(self.engross, place, folder, "txt", address)
        (text,) = folder.glob("**/*.txt")
        return text


def main():
    out, engross, workspace = (Path(argument).resolve() for argument in sys.argv[1:])
    bases = sorted({path.with_suffix("") for form in ("pdf", "txt") for path in out.glob(f"**/*.{form}")})
    documents = sorted(out.glob("**/*.pdf"))
    if not documents:
        print(f"FAIL pdf {out}: no documents to read")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        changes = Changes(engross, workspace, folder).made
        with VeraPdf([*documents, *(pdf for _, pdf, _, _ in changes)], folder / "verapdf.log") as verapdf:
            others = {}
            for pdf, wrong in again(out, engross, workspace, folder):
                others.setdefault(pdf, []).append(wrong)
            results = []
            for base in bases:
                pdf = Path(f"{base}.pdf")
                results.append((os.path.relpath(base, out), pdf, [*others.get(pdf, []), *guarded(failures_of, base)]))
            for name, pdf, sides, same in changes:
                page = page_of(pdf.with_suffix(".html"))
                results.append((f"changes {name}", pdf, list(guarded(failures_of_changes, pdf, page, sides, same))))
            said = verapdf.failures()
        passed = True
        for name, pdf, failures in results:
            passed = say("pdf", name, [*said.get(str(pdf), []), *failures]) and passed
    return int(not passed)


def guarded(check, *arguments):
    """What a check finds wrong; that a file cannot be read, for whatever reason, is one such thing."""
    try:
        yield from check(*arguments)
    except Exception as error:
        yield f"it cannot be read: {type(error).__name__}: {error}"


if __name__ == "__main__":
    sys.exit(main())
