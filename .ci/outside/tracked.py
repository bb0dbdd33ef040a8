"""tracked.py ENGROSS WORKSPACE: with all changes accepted, a Word file of changes is the one document; with all rejected, the
other.

`engross diff LEFT RIGHT --format docx` is asked for every two of the five councils, for the versions and the councils in
tests/cases/compare, for a document with everything in it, as it is and with its tables changed, and for a document with itself. Accepted and rejected are its
changes by LibreOffice, as its user would, and by the rules of ECMA-376. Both are held against the plain text of either side,
word for word and number for number, and against the Word file of either side, paragraph for paragraph. Every change says who
made it and when. Two validators find nothing.
"""

import itertools
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from office import opens, read
from wordml import STAND_IN, W, counted, laid_out, opened, paragraphs, rows, said_by_validators, without_comments
from words import difference, words
from workspaces import say

AUTHOR = "J. Clerk & “Dŵr” <Office>"
DATE = "2026-11-22"
COUNCILS = ("kings-hill", "battle", "kingsthorpe", "swanscombe-and-greenhithe", "thanet")
SIDES = {"reject": "left", "accept": "right"}

# What says who made it and when (ECMA-376, CT_TrackChange), but for comments.
RANGES = ("moveFromRange", "moveToRange")
CHANGES = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange")}
CHANGES |= {f"{W}{name}" for name in ("trPrChange", "tcPrChange", "tblGridChange", "tblPrExChange", "numberingChange")}
CHANGES |= {f"{W}{name}" for name in ("cellIns", "cellDel", "cellMerge", *(f"{name}Start" for name in RANGES))}
# Word's grids have an id only.
UNSIGNED = {f"{W}tblGridChange"}


def run(engross, *arguments):
    result = subprocess.run([engross, *arguments, "--color", "never"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if result.returncode != 0:
        raise ValueError(f"{' '.join(map(str, arguments))} ended with status {result.returncode}: {result.stderr.strip()}")
    return result.stdout


def neighbours(addresses):
    """The versions of a document, each with the one before, and the newest versions of documents of one name at councils."""
    documents = {}
    for address in addresses:
        documents.setdefault(address.partition("@")[0], []).append(address)
    for versions in documents.values():
        yield from itertools.pairwise(versions)
    newest = {}
    for document, versions in documents.items():
        newest.setdefault(document.partition("/")[2], []).append(versions[-1])
    for councils in newest.values():
        yield from itertools.combinations(councils, 2)


class Sides:
    """The documents that are compared, built once each."""

    def __init__(self, engross, workspace, folder):
        self.engross, self.workspace, self.folder = engross, workspace, folder
        self.built = set()

    def addresses(self):
        listed = json.loads(run(self.engross, "list", "--workspace", self.workspace, "--format", "json"))
        return [row["address"] for row in listed]

    def base(self, address):
        """Where the files of a document are, but for their suffixes."""
        if address not in self.built:
            self.built.add(address)
            run(self.engross, "build", address, "--workspace", self.workspace, "--format", "txt,docx", "--out", self.folder)
        if address.endswith(".toml"):
            return self.folder / Path(address).stem
        document, _, version = address.partition("@")
        return self.folder / document / version


def other_tables(document, file):
    """Writes a document with other words, another row and one row less in its tables."""
    text = document.read_text()
    for old, new in (
        ("| up to £5,000 | the Chair<br>", "| up to £10,000 | the Vice-Chair<br>"),
        ("| Monday | the office |\n", ""),
        ("| Tuesday | the hall |\n", "| Tuesday | the old hall |\n| Friday | nowhere |\n"),
        ("| One | Two |\n  | --- | --- |\n", "| One | Two | Three |\n  | --- | --- | --- |\n"),
        ("| 1. | \\\\<b> |", "| 1. | \\\\<b> | 3. |"),
    ):
        if old not in text:
            raise ValueError(f"{document} has no {old!r}")
        text = text.replace(old, new)
    file.write_text(text)
    return str(file)


def said(body):
    """All words inside, whatever is to become of them."""
    return words(" ".join(paragraphs(body)))


def unsigned(trees):
    """What is wrong with who made the changes and when, and with their ids."""
    ids = Counter()
    for name, tree in trees.items():
        for element in tree.iter(*CHANGES, f"{W}comment"):
            tag = element.tag.removeprefix(W)
            if element.tag not in UNSIGNED:
                if element.get(f"{W}author") != AUTHOR:
                    yield f"{name}: a {tag} is by {element.get(f'{W}author')!r}"
                date = element.get(f"{W}date") or ""
                if date.partition("T")[0] != DATE:
                    yield f"{name}: a {tag} is dated {date!r}"
            if element.tag in CHANGES:
                ids[element.get(f"{W}id")] += 1
    for key, times in ids.items():
        if not (key or "").isdecimal():
            yield f"the id of a change is {key!r}"
        if times > 1:
            yield f"{times} changes have the id {key}"


def moves(trees):
    """What is wrong with what is moved: it goes from one place to one other, named alike, and says the same at both, but for
    the numbers of clauses."""
    ends = {}
    for kind in ("moveFrom", "moveTo"):
        texts, open_range, stray = {}, None, 0
        for element in trees["word/document.xml"].iter(f"{W}{kind}RangeStart", f"{W}{kind}RangeEnd", f"{W}{kind}"):
            if element.tag == f"{W}{kind}RangeStart":
                name = element.get(f"{W}name")
                if open_range is not None:
                    yield f"the {kind} range {name} begins before {open_range[1]} ends"
                if not name or name in texts:
                    yield f"the name of a {kind} range is {name!r}, or two have it"
                open_range = (element.get(f"{W}id"), name)
                texts[name] = {}
            elif element.tag == f"{W}{kind}RangeEnd":
                if open_range is None or open_range[0] != element.get(f"{W}id"):
                    yield f"a {kind} range ends that did not begin: {element.get(f'{W}id')}"
                open_range = None
            elif element.getparent().tag == f"{W}rPr":
                continue  # The end of a paragraph: it may stand before its range begins, as Word has it.
            elif open_range is None:
                stray += 1
            else:
                paragraph = next(element.iterancestors(f"{W}p"), element)
                moved = texts[open_range[1]]
                moved[paragraph] = moved.get(paragraph, "") + "".join(paragraphs(element))
        if open_range is not None:
            yield f"the {kind} range {open_range[1]} has no end"
        if stray:
            yield f"{stray} {kind} are in no range"
        # The number of a clause, before its tab, is of its place.
        unnumbered = {name: [line.partition("\t")[2] or line for line in moved.values()] for name, moved in texts.items()}
        ends[kind] = {name: words(" ".join(lines)) for name, lines in unnumbered.items()}
    there, here = ends["moveFrom"], ends["moveTo"]
    for name in there.keys() ^ here.keys():
        yield f"the move {name} has one end only"
    for name in there.keys() & here.keys():
        if not there[name]:
            yield f"the move {name} moves no words"
        elif wrong := difference(there[name], here[name]):
            yield f"the move {name}, {wrong}"


def comments(trees):
    """What is wrong with the comments: each says something, and stands in one place."""
    part = trees.get("word/comments.xml")
    there = [] if part is None else list(part.iter(f"{W}comment"))
    written = Counter(comment.get(f"{W}id") for comment in there)
    for comment in there:
        if not said(comment):
            yield f"the comment {comment.get(f'{W}id')} says nothing"
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        found = Counter(element.get(f"{W}id") for element in trees["word/document.xml"].iter(f"{W}{tag}"))
        if found != written:
            yield f"the comments are {sorted(written.elements())}, but {tag} are {sorted(found.elements())}"


def lines(text):
    """The paragraphs that say something, but for bullets: what stood in a list before, LibreOffice does not put back there."""
    return [" ".join(line) for line in map(words, text.splitlines()) if line]


def styled(body, changes=None):
    """All paragraphs, also those that say nothing: an end that stays behind is one."""
    return [f"({style}) {' '.join(words(text))}" for style, text in laid_out(body, changes)]


def unlike(reader, side, wanted, given):
    """What is wrong with the paragraphs of one side."""
    for at in range(max(len(wanted), len(given))):
        left, right = (side_lines[at] if at < len(side_lines) else None for side_lines in (wanted, given))
        if left != right:
            yield f'{reader}, the {side} side, paragraph {at + 1}: "{left}" became "{right}"'
            return


def failures_of(pair, work, answers):
    trees, failures = opened(work["file"])
    yield from failures
    yield from said_by_validators(work["file"])
    if "word/document.xml" not in trees:
        return
    yield from counted(trees)
    yield from unsigned(trees)
    yield from moves(trees)
    yield from comments(trees)
    body = trees["word/document.xml"]
    marks = sum(1 for _ in body.iter(*(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))))
    if (marks == 0) != (pair[0] == pair[1]):
        yield f"it marks {marks} changes"
    for changes, side in SIDES.items():
        base = work[side]
        wanted = words(Path(f"{base}.txt").read_text())
        if not wanted:
            yield f"the text of the {side} side is empty"
        built, _ = opened(f"{base}.docx")
        if (counts := [rows(body, changes), rows(built["word/document.xml"])])[0] != counts[1]:
            yield f"the {side} side has {counts[0]} rows of tables, not {counts[1]}"
        readings = {"the XML": ("\n".join(paragraphs(body, changes)), "\n".join(paragraphs(built["word/document.xml"])))}
        answer, beside = answers[work["file"], changes], answers[f"{base}.docx", None]
        if wrong := answer.get("failed") or beside.get("failed"):
            yield wrong
        else:
            texts = (Path(f"{work['file']}.{changes}.txt"), Path(f"{base}.docx.txt"))
            readings["LibreOffice"] = tuple(path.read_text(encoding="utf-8-sig").replace(STAND_IN, "") for path in texts)
            if answer["left"]:
                yield f"{answer['left']} changes are left when LibreOffice is told to {changes} all"
            for change in answer["changes"]:
                if (change["author"], change["date"]) != (AUTHOR, DATE):
                    yield f"LibreOffice takes a change for one by {change['author']!r} on {change['date']}"
            if marks and not answer["changes"]:
                yield "LibreOffice sees no changes"
        for reader, (text, alone) in readings.items():
            if wrong := difference(wanted, words(text)):
                yield f"{reader}, the {side} side, {wrong}"
            else:
                yield from unlike(reader, side, lines(alone), lines(text))
        yield from unlike("the XML with its styles", side, styled(built["word/document.xml"]), styled(body, changes))


def main():
    engross, workspace = (Path(argument).resolve() for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        five = Sides(engross, workspace, folder / "five")
        cases = Sides(engross, workspace / "tests/cases/compare", folder / "cases")
        everything = str(workspace / "tests/cases/render/everything.toml")
        by_council = {address.partition("/")[0]: address for address in five.addresses()}
        pairs = [(five, *pair) for pair in itertools.combinations((by_council[council] for council in COUNCILS), 2)]
        pairs += [(five, everything, by_council["thanet"]), (five, by_council["battle"], everything)]
        pairs += [(five, by_council["thanet"], by_council["thanet"])]
        retabled = other_tables(Path(everything), folder / "retabled.toml")
        pairs += [(five, everything, retabled), (five, retabled, everything)]
        pairs += [(cases, *pair) for pair in neighbours(cases.addresses())]

        works = {}
        jobs = {}
        for nth, (sides, left, right) in enumerate(pairs):
            file = folder / f"changes-{nth}.docx"
            options = ("--format", "docx", "--author", AUTHOR, "--date", DATE, "--output", file)
            run(engross, "diff", left, right, "--workspace", sides.workspace, *options)
            works[left, right] = {"file": file, "left": sides.base(left), "right": sides.base(right)}
            # Where LibreOffice (7.4, without a screen) shows a document for its changes to be taken, any comment crashes it.
            silent = folder / f"silent-{nth}.docx"
            without_comments(file, silent)
            for changes in SIDES:
                jobs[file, changes] = {"file": silent, "changes": changes, "text": f"{file}.{changes}.txt"}
            for base in (sides.base(left), sides.base(right)):
                jobs[f"{base}.docx", None] = {"file": f"{base}.docx", "text": f"{base}.docx.txt"}
        answers = dict(zip(jobs, read(jobs.values()), strict=True))
        closed = opens([work["file"] for work in works.values()], folder)
        passed = True
        for pair, work in works.items():
            name = " ".join(Path(side).stem if side.endswith(".toml") else side for side in pair)
            failures = ["LibreOffice does not open it"] if work["file"] in closed else []
            passed = say("tracked", name, [*failures, *failures_of(pair, work, answers)]) and passed
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main())
