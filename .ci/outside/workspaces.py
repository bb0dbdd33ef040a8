"""workspaces.py FOLDER: writes into FOLDER a workspace that is hard on every format the register of reviews comes in.

Also holds what the checks of the register share: running the program, and the days they run it for. Titles and names of
councils are full of what means something in a calendar, a spreadsheet, Markdown or HTML; each stands on documents in every
state. No word in them is too long for a cell of a table on paper: there it would be broken, and not be found in the print
again.
"""

import json
import subprocess
import sys
from pathlib import Path

SITE = "https://protocols.example.gov.uk/published"

# A day on which most is current, one on which some is overdue, and one long after.
DAYS = ("2024-03-01", "2025-03-01", "2026-11-22")

# One fault is often one of many of its kind.
MOST_SAID = 20

COUNCILS = {
    "comma": "Ashby, Barrow; and Cold\\Comfort: Parish \\n Council",
    "formula": '=SUM(A1:A9)&"Parish Council"',
    "welsh": "Cyngor Tref Ŵŷ “Llanŵchllyn” & *District* <b>Council</b>",
}

TITLES = (
    "Commas, semicolons; colons: and, again; all of them",
    "Backslashes \\ and \\n \\N \\, \\; \\\\ at the end \\",
    "BEGIN:VEVENT and END:VCALENDAR",
    '"Straight", “curly” and \'single\' quotation marks"',
    # Longer than a line of a calendar, in letters of two octets: wherever the line is folded, one is in the way.
    "ŴŷŵŷŶŵ " * 14 + "end",
    "x" + "ŴŷŵŷŶŵ " * 14 + "end",
    # Three and four octets, and a sign joined out of several.
    "€–“” 👩‍👩‍👧 ŵ ŷ " * 6 + "end",
    # Longer than a calendar shows.
    "A protocol of many words, " * 12 + "and an end",
    "=1+1",
    "+44 20 7946 0000",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "|pipe| at the beginning | and between",
    "'=1+1 after an apostrophe",
    "*Stars*, _lines_, `code`, ~~gone~~ and [a link](//a.example)",
    "<script>alert(1)</script> <b>bold</b> &amp; &lt; <!-- no -->",
    "1. A title like a list",
    "# A title like a heading #",
    "![a picture](//a.example) <https://a.example>",
    "{{ title }} {% raw %} ${title} %s %n",
)

# What makes the state: the rest of a source, after its title.
STATES = {
    # Past on all days but the first.
    "past": 'status = "adopted"\n[[history]]\nevent = "adopted"\ndate = 2022-05-12\n'
    '[review]\ndue = "2024-05"\nas_printed = "=Review, May; 2024 \\\\n"\n',
    "ahead": 'status = "adopted"\n[[history]]\nevent = "amended"\ndate = "2023-11"\nminute = "=26/41, \\\\n"\n'
    "[review]\ndue = 2027-01-31\n",
    "planned": 'status = "adopted"\n[[history]]\nevent = "adopted"\ndate = "2022"\n'
    '[review]\ndue = "2028"\nplanned = "2027-04"\n',
    "assumed": 'status = "adopted"\n[[history]]\nevent = "readopted"\ndate = 2024-02-29\nas_printed = ""\n',
    "undated": 'status = "adopted"\n',
    "draft": 'status = "draft"\n',
}

CLAUSES = '[[section]]\nnumber = "1."\nheading = "General"\n'
CLAUSES += '[[section.clause]]\nnumber = "1.1"\ntext = "Officers are courteous."\n'


def basic(text):
    """A string of TOML: JSON's are such."""
    return json.dumps(text, ensure_ascii=False)


def source(title, rest):
    return f"title = {basic(title)}\n{rest}{CLAUSES}"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def hostile(folder):
    """Writes the workspace: each title in every state, council after council."""
    write(folder / "engross.toml", f"[site]\nurl = {basic(SITE + '/')}\n")
    for council, name in COUNCILS.items():
        write(folder / "protocols" / council / "council.toml", f'name = {basic(name)}\nkind = "parish"\n')
    councils = list(COUNCILS)
    for nth, title in enumerate(TITLES):
        for state, rest in STATES.items():
            document = folder / "protocols" / councils[nth % len(councils)] / f"title-{nth + 1}-{state}"
            write(document / "2022.toml", source(title, rest))
            # A revision that waits, so that an agenda has one to tell of.
            if state == "past" and nth % 4 == 0:
                write(document / "proposed.toml", source(title, 'status = "proposed"\n').replace("courteous", "polite"))


def review(engross, workspace, *options, statuses=(0,)):
    """The octets that `engross review` prints."""
    command = [engross, "review", "--workspace", workspace, "--color", "never", *options]
    result = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL)
    if result.returncode not in statuses:
        said = result.stderr.decode(errors="replace").strip()
        raise ValueError(f"review {' '.join(options)} ended with status {result.returncode}: {said}")
    return result.stdout


def register(engross, workspace, day):
    """The register of a day as JSON, which the other formats are held against."""
    return json.loads(review(engross, workspace, "--format", "json", "--as-of", day))


def say(check, group, failures):
    """One line for a group, or one for each thing wrong with it. Whether nothing is."""
    failures = list(dict.fromkeys(failures))
    for failure in failures[:MOST_SAID]:
        print(f"FAIL {check} {group}: {' '.join(str(failure).split())[:400]}")
    if len(failures) > MOST_SAID:
        print(f"FAIL {check} {group}: and {len(failures) - MOST_SAID} more")
    if not failures:
        print(f"ok {check} {group}")
    return not failures


if __name__ == "__main__":
    hostile(Path(sys.argv[1]))
