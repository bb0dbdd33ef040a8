"""register.py ENGROSS WORKSPACE HOSTILE TEXTS: the register of reviews says the same in every format.

The JSON is the measure, and is itself held against the calendar: which documents are overdue follows from the day. Against it
are held the CSV as Python reads it, in which no cell is a formula; the Markdown as pandoc reads it, in which nothing is HTML;
and the pages as Chromium shows them (TEXTS, written by browser.mjs). An agenda's page and Markdown are the same, word for word.
"""

import csv
import io
import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from ics import last_day
from words import difference, words
from workspaces import DAYS, register, review, say

KEYS = ("address", "council", "title", "status", "last_event", "due", "due_as_printed", "assumed", "state", "days_overdue")
STATES = ("overdue", "due-soon", "current", "undated", "not-in-force")
SOON = timedelta(days=90)
MONTHS = "January February March April May June July August September October November December".split()

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
# What a spreadsheet takes for a formula, and a tab or a line's end, behind which it may look for one.
FORMULA = re.compile(r"[\t\r]|\s*[=+\-@]")


def in_words(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def state_in_words(row):
    left = abs(row["days_left"] or 0)
    days = f"{left} day{'' if left == 1 else 's'}"
    soon = f"Due in {days}" if left else "Due today"
    undone = f"Not in force: {row['status']}"
    return dict(zip(STATES, (f"Overdue by {days}", soon, "Current", "No date", undone), strict=True))[row["state"]]


def wrong_row(row, as_of):
    """What is wrong with an object of the JSON."""
    missing = [key for key in KEYS if key not in row]
    if missing:
        yield f"it has no {', '.join(missing)}"
        return
    for key in ("address", "title", "status", "state"):
        if not isinstance(row[key], str) or not row[key]:
            yield f"its {key} is {row[key]!r}"
    if row["last_event"] is not None and not all(row["last_event"].get(key) for key in ("event", "date")):
        yield f"its last event is {row['last_event']}"
    if not isinstance(row["assumed"], bool):
        yield f"assumed is {row['assumed']!r}"
    if row["state"] not in STATES:
        yield f"its state is {row['state']}"
    if row["due"] is None:
        if row["state"] not in ("undated", "not-in-force") or row["days_overdue"] is not None:
            yield f"without a date it is {row['state']}, overdue by {row['days_overdue']}"
        return
    due = date.fromisoformat(row["due"])
    if last_day(row["due_date"]) != due:
        yield f"{row['due_date']} ends on {last_day(row['due_date'])}, not on {due}"
    target = min(due, last_day(row["planned"])) if row["planned"] else due
    state = "overdue" if due < as_of else "due-soon" if target <= as_of + SOON else "current"
    if row["state"] != state:
        yield f"due on {due}, it is {row['state']}, not {state}"
    if row["days_overdue"] != max(0, (as_of - due).days):
        yield f"due on {due}, it is overdue by {row['days_overdue']} days, not {max(0, (as_of - due).days)}"


def check_json(engross, workspace):
    seen = set()
    for day in DAYS:
        as_of = date.fromisoformat(day)
        rows = register(engross, workspace, day)
        wrong = [f"{day} {row.get('address')}: {what}" for row in rows for what in wrong_row(row, as_of)]
        yield from wrong
        if wrong:
            continue
        # The most overdue first, then what is due next, then what has no date: the earliest date first, wherever there is one.
        order = [(STATES.index(row["state"]), row["due"] or "") for row in rows]
        yield from (f"{day}: {rows[at]['address']} stands too low" for at in range(1, len(order)) if order[at] < order[at - 1])
        seen |= {row["state"] for row in rows}
    if not {"overdue", "current", "not-in-force"} <= seen:
        yield f"the check saw only {seen}"


def cell(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def check_csv(engross, workspace):
    formulas = 0
    for day in DAYS:
        rows = register(engross, workspace, day)
        text = review(engross, workspace, "--format", "csv", "--as-of", day).decode()
        # Excel takes a file for UTF-8 by this mark alone.
        if not text.startswith("\ufeff"):
            yield f"{day}: it does not begin with a byte order mark"
        text = text.removeprefix("\ufeff")
        table = list(csv.DictReader(io.StringIO(text, newline=""), strict=True, restkey="too many", restval=None))
        if len(table) != len(rows):
            yield f"{day}: it has {len(table)} rows, not {len(rows)}"
        for row, given in zip(rows, table):
            last = row["last_event"] or {}
            wanted = {key: row[key] for key in KEYS} | {"last_event": last.get("event"), "last_event_date": last.get("date")}
            for key, value in wanted.items():
                # An apostrophe makes a formula text; only where there would be one.
                as_text = f"'{cell(value)}" if isinstance(value, str) and FORMULA.match(value) else cell(value)
                formulas += as_text != cell(value)
                # A cell may be guarded that need not be: a spreadsheet has its own idea of where a formula begins.
                if given.get(key) not in (as_text, f"'{cell(value)}"):
                    yield f"{day} {row['address']}: {key} is {given.get(key)!r}, not {as_text!r}"
            for key, value in given.items():
                if not isinstance(value, str):
                    yield f"{day} {row['address']}: its row has not as many cells as the first"
                elif FORMULA.match(value) and not NUMBER.fullmatch(value):
                    yield f"{day} {row['address']}: {key} is a formula: {value!r}"
    if Path(workspace).name == "hostile" and not formulas:
        yield "no formula was among the titles: the check has nothing to look at"


def pandoc(markdown):
    command = ["pandoc", "-f", "commonmark", "-t", "json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, input=markdown).stdout)["blocks"]


def text_of(tree):
    """The words of a part of pandoc's tree. What breaks a line or ends a block parts words too."""
    if isinstance(tree, list):
        return "".join(map(text_of, tree))
    if not isinstance(tree, dict):
        return ""
    kind, content = tree["t"], tree.get("c")
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return "\n"
    if kind == "Str":
        return content
    if kind in ("Link", "Image"):
        return text_of(content[1])
    if kind in ("Code", "CodeBlock", "RawInline", "RawBlock"):
        return content[1]
    if kind == "Header":
        return text_of(content[2]) + "\n"
    if kind == "Quoted":
        raise ValueError("pandoc reads quotation marks of its own")
    return text_of(content) + ("\n" if kind in ("Para", "Plain") else "")


def nodes(tree):
    if isinstance(tree, dict) and "t" in tree:
        yield tree
        tree = tree.get("c")
    if isinstance(tree, list):
        for part in tree:
            yield from nodes(part)


def foreign(blocks, rows):
    """What no register is made of: HTML, code, pictures, and links to anywhere but the documents."""
    links = {row["link"] for row in rows}
    for node in nodes(blocks):
        if node["t"] in ("RawInline", "RawBlock", "Code", "CodeBlock", "Image", "BlockQuote", "OrderedList", "HorizontalRule"):
            yield f"words became a {node['t']}: {text_of(node)[:80]!r}"
        if node["t"] == "Link" and node["c"][2][0] not in links:
            yield f"words became a link to {node['c'][2][0]}"


def holds(text, part):
    """Whether the words of the part stand in the text, one after the other."""
    return f" {' '.join(part.split())} " in f" {' '.join(text.split())} "


def check_markdown(engross, workspace):
    for day in DAYS:
        rows = register(engross, workspace, day)
        blocks = pandoc(review(engross, workspace, "--format", "md", "--as-of", day))
        yield from (f"{day}: {what}" for what in foreign(blocks, rows))
        items = [text_of(item) for block in blocks if block["t"] == "BulletList" for item in block["c"]]
        if len(items) != len(rows):
            yield f"{day}: it has {len(items)} entries, not {len(rows)}"
        for row, item in zip(rows, items):
            wanted = [f"{state_in_words(row)}:", row["title"], f"({row['address']})", row["council"] or ""]
            wanted += [in_words(date.fromisoformat(row["due"]))] if row["due"] else []
            # A comma, a semicolon or a line's end stands after what is said; the words are the same.
            for part in wanted:
                if " ".join(part.split()) not in " ".join(item.split()):
                    yield f"{day} {row['address']}: {part!r} is not in {item!r}"
        headings = [text_of(block).strip() for block in blocks if block["t"] == "Header"]
        if len(headings) != 1 + len({row["state"] for row in rows}):
            yield f"{day}: its headings are {headings}"


def check_pages(engross, workspace, texts):
    day = DAYS[1]
    rows = register(engross, workspace, day)
    page = (texts / "register.html.txt").read_text()
    for row in rows:
        parts = [state_in_words(row), row["title"], row["address"], row["council"] or ""]
        parts += [in_words(date.fromisoformat(row["due"]))] if row["due"] else []
        yield from (f"register {row['address']}: {part!r} is not on the page" for part in parts if not holds(page, part))

    plan = (texts / "plan.html.txt").read_text()
    proposals = json.loads(review(engross, workspace, "--plan", "--format", "json", "--as-of", day))
    if not proposals:
        yield "plan: nothing is planned"
    titles = {row["address"]: row["title"] for row in rows}
    for proposal in proposals:
        if not holds(plan, titles[proposal["address"]]):
            yield f"plan {proposal['address']}: {titles[proposal['address']]!r} is not on the page"

    pressing = [row for row in rows if row["state"] in ("overdue", "due-soon", "undated")]
    blocks = pandoc(review(engross, workspace, "--agenda", "--format", "md", "--as-of", day))
    yield from (f"agenda: {what}" for what in foreign(blocks, rows))
    shown = (texts / "agenda.html.txt").read_text()
    if wrong := difference(words(shown), words(text_of(blocks))):
        yield f"agenda: read by pandoc, {wrong}"
    for row in pressing:
        if not holds(shown, row["title"]):
            yield f"agenda: {row['title']!r} is not on the page"


def main():
    engross, five, hostile, texts = sys.argv[1:]
    good = True
    for name, workspace in (("five", five), ("hostile", hostile)):
        checks = {
            "json": lambda: check_json(engross, workspace),
            "csv": lambda: check_csv(engross, workspace),
            "markdown": lambda: check_markdown(engross, workspace),
            "pages": lambda: check_pages(engross, workspace, Path(texts, name)),
        }
        for what, check in checks.items():
            try:
                failures = list(check())
            except (ValueError, KeyError, OSError, csv.Error, subprocess.CalledProcessError) as error:
                failures = [f"it cannot be read: {error!r}"]
            good = say("register", f"{name} {what}", failures) and good
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
