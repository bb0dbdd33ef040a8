"""words.py OUT TEXTS: a document says the same in every format, word for word and number for number.

The plain text is the measure. Held against it are the web page as Chromium shows it (TEXTS, written by browser.mjs,
without what is marked `data-furniture` and without permalinks: those are the web page's, not the document's), the
Markdown as five readers of Markdown take it, and the provisions in the JSON. A number that a reader of Markdown counts
anew, or takes for markup, shows up here.
"""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

FORMATS = ("txt", "html", "md", "json")
# `smart` would turn straight quotes and dots into other characters, which is no loss of words.
PANDOC_READERS = ("commonmark", "markdown-smart", "gfm")
# Signs a renderer puts before an item, and lines it draws: around tables, under headings, between parts, to sign on. A
# hyphen that stands alone goes too: wherever lines are wrapped, it may come to stand where an item's would.
BULLETS = {"•", "◦", "▪", "-"}
DRAWN = re.compile(r"[─-╿]+|\||[-=_*+|:─-╿]{3,}")
# Stands before a number that an HTML list counted; a reader sees "3." whether "3." or "3)" was typed.
COUNTED = "\x02"
CONTEXT = 6


def words(text):
    return [token for token in text.split() if token not in BULLETS and not DRAWN.fullmatch(token)]


INLINE = {"a", "em", "strong", "code", "s", "del", "span"}


class Reading(HTMLParser):
    """The text of rendered Markdown as a reader sees it, with the numbers of numbered lists."""

    def __init__(self, html):
        super().__init__()
        self.text = ""
        self.counts = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in ("ol", "ul"):
            self.counts.append(int(dict(attrs).get("start", 1)) if tag == "ol" else None)
        if tag not in INLINE:
            self.text += "\n"
        if tag == "li" and self.counts and self.counts[-1] is not None:
            self.text += f"{COUNTED}{self.counts[-1]} "
            self.counts[-1] += 1

    def handle_endtag(self, tag):
        if tag in ("ol", "ul"):
            self.counts.pop()
        if tag not in INLINE:
            self.text += "\n"

    def handle_data(self, data):
        self.text += data


def same(wanted, given):
    if given.startswith(COUNTED):
        return wanted in (f"{given[1:]}.", f"{given[1:]})")
    return wanted == given


def difference(wanted, given):
    """What is wrong with the words given, or None."""
    for at in range(max(len(wanted), len(given))):
        if at >= len(wanted) or at >= len(given) or not same(wanted[at], given[at]):
            near = slice(max(0, at - CONTEXT), at + CONTEXT)
            there = " ".join(given[near]).replace(COUNTED, "counted:")
            return f'word {at + 1}: "{" ".join(wanted[near])}" became "{there}"'
    return None


def lost_provision(document, wanted):
    """The first of the JSON's provisions that is not in the text in its place, with its number before it."""
    provisions = document.get("provisions")
    if not provisions:
        return "the JSON has no provisions"
    at = 0
    for provision in provisions:
        text = words(provision["text"])
        number = (provision.get("number") or "").split()
        # Words of a heading or a part of the document may stand between two provisions.
        for start in range(at, len(wanted) - len(text) + 1):
            if wanted[start : start + len(text)] == text and follows(number, wanted[at:start]):
                at = start + len(text)
                break
        else:
            return f"the provision {provision['id']} is not in the text in its place: {' '.join(number + text)[:80]}"
    return None


def follows(number, before):
    size = len(number)
    return size == 0 or any(before[i : i + size] == number for i in range(len(before) - size + 1))


def pandoc(reader, file):
    command = ["pandoc", "-f", reader, "-t", "plain", "--wrap=none", file]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def render(files):
    script = Path(__file__).with_name("render.mjs")
    run = subprocess.run(["node", script, *files], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def failures_of(base, name, texts, rendered):
    """Yields what is wrong with one version of a document."""
    file = {form: Path(f"{base}.{form}") for form in FORMATS}
    missing = [form for form in FORMATS if not file[form].is_file()]
    if missing:
        yield f"it has no {', '.join(missing)}"
        return
    wanted = words(file["txt"].read_text())
    if not wanted:
        yield "the text is empty"
        return
    shown = texts / f"{name}.html.txt"
    if not shown.is_file():
        yield "the browser read nothing on the web page"
        return
    readings = {"the web page": shown.read_text()}
    for reader in PANDOC_READERS:
        readings[f"the Markdown read by pandoc as {reader}"] = pandoc(reader, file["md"])
    for program, html in rendered[str(file["md"])].items():
        readings[f"the Markdown read by {program}"] = Reading(html).text
    for what, text in readings.items():
        if wrong := difference(wanted, words(text)):
            yield f"{what}, {wrong}"
    if wrong := lost_provision(json.loads(file["json"].read_text()), wanted):
        yield wrong


def main():
    out, texts = map(Path, sys.argv[1:])
    bases = sorted({path.with_suffix("") for form in FORMATS for path in out.glob(f"*/*/*.{form}")})
    if not bases:
        print(f"FAIL words {out}: no documents to read")
        return 1
    rendered = render(sorted(out.glob("*/*/*.md")))
    failed = False
    for base in bases:
        name = os.path.relpath(base, out)
        failures = list(failures_of(base, name, texts, rendered))
        for failure in failures:
            print(f"FAIL words {name}: {failure}")
        if not failures:
            print(f"ok words {name}")
        failed = failed or bool(failures)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
