"""word.py OUT TEXTS: a Word file says what the plain text beside it says, and is made as Word would make it.

LibreOffice reads it, as text and as pages of a PDF, which are left in TEXTS. The text is held against the document's own
plain text, word for word and number for number; the pages say the same, are A4 and count themselves at the foot. Headings and
tables are those of the web page, with the styles of headings that are built into Word, and header rows that Word repeats.
Two validators find nothing.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from lxml import html

from office import read
from wordml import W, counted, is_on, opened, paragraphs, said_by_validators, style_of, styles, value
from words import difference, words
from workspaces import say

LANGUAGE = "en-GB"
HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
POINTS_IN_TWIPS = 20
A4 = (595.28, 841.89)  # points
# The lines on which to sign, as a printer draws them.
RULE = re.compile(r"[._]{3,}")
NEAR = 30  # letters


def heading_styles(trees):
    """What is wrong with the styles of headings: Word knows them by name, and makes outlines and tables of contents of them."""
    for style in trees["word/styles.xml"].iter(f"{W}style"):
        name, key = value(style, f"{W}name") or "", style.get(f"{W}styleId") or ""
        level = HEADING.fullmatch(name) or HEADING.fullmatch(key)
        if level is None or style.get(f"{W}type") != "paragraph":
            continue
        if (key, name) != (f"Heading{level[1]}", f"heading {level[1]}") or style.get(f"{W}customStyle") in ("1", "true", "on"):
            yield f'the style {key} with the name "{name}" is not the built-in heading {level[1]}'


def languages(trees):
    default = trees["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if default is None or default.get(f"{W}val") != LANGUAGE:
        yield f"its language is {None if default is None else default.get(f'{W}val')}, not {LANGUAGE}"
    for name, tree in trees.items():
        for lang in tree.iter(f"{W}lang"):
            if lang.get(f"{W}val", LANGUAGE) != LANGUAGE:
                yield f"{name} has words in the language {lang.get(f'{W}val')}"


def page_of(path):
    """The web page's <main>, without what is not the document's."""
    main = html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot().find(".//main")
    for furniture in main.xpath('.//*[@data-furniture] | .//a[contains(@class, "permalink")]'):
        furniture.drop_tree()
    return main


def outline(page, trees):
    """What is wrong with the headings: those of the web page, one level up, for its first is the title."""
    names = styles(trees)
    wanted, given = [], []
    for heading in page.xpath(".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6"):
        wanted.append((int(heading.tag[1]) - 1, " ".join(heading.text_content().split())))
    for paragraph in trees["word/document.xml"].iter(f"{W}p"):
        name = names.get(style_of(paragraph)) or ""
        level = 0 if name == "Title" else int(name.removeprefix("heading ")) if HEADING.fullmatch(name) else None
        text = " ".join(" ".join(paragraphs(paragraph)).split())
        if level is not None:
            given.append((level, text))
    for at in range(max(len(wanted), len(given))):
        left, right = (side[at] if at < len(side) else None for side in (wanted, given))
        if left != right:
            yield f"heading {at + 1}: {left} on the web page became {right}"
            return


def tables(page, trees):
    """What is wrong with the tables: as many as on the web page, and a header row where there is one there."""
    wanted = [table.find("thead") is not None for table in page.iter("table")]
    given = [
        [is_on(row, f"{W}trPr/{W}tblHeader") for row in table.iter(f"{W}tr")]
        for table in trees["word/document.xml"].iter(f"{W}tbl")
    ]
    if len(wanted) != len(given):
        yield f"the web page has {len(wanted)} tables, and it has {len(given)}"
        return
    for at, (has_header, headers) in enumerate(zip(wanted, given, strict=True)):
        if headers[:1] != [has_header] or any(headers[1:]):
            what = "a" if has_header else "no"
            yield f"table {at + 1} has {what} header row on the web page, but its header rows are {headers}"


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def margins(trees):
    """How high the top margin and the bottom margin are, in points."""
    found = {
        tuple(int(margin.get(f"{W}{side}")) / POINTS_IN_TWIPS for side in ("top", "bottom"))
        for margin in trees["word/document.xml"].iter(f"{W}pgMar")
    }
    if len(found) != 1:
        raise ValueError(f"its pages have {len(found)} kinds of margins")
    return found.pop()


def pages(pdf, wanted, trees):
    """What is wrong with the pages that LibreOffice makes."""
    info = output_of("pdfinfo", "-l", "-1", str(pdf))
    sizes = re.findall(r"^Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)", info, re.MULTILINE)
    if not sizes:
        yield "the PDF has no pages"
        return
    if uneven := [size for size in sizes if any(abs(float(side) - a4) > 1 for side, a4 in zip(size, A4, strict=True))]:
        yield f"{len(uneven)} pages are not A4 but {' x '.join(uneven[0])} pt"
        return
    if not re.search(r"^Title:\s+\S", info, re.MULTILINE):
        yield "it has no title among its properties"
    top, bottom = margins(trees)
    width, height = A4
    printed = []
    for number in range(1, len(sizes) + 1):

        def band(upper, lower):
            crop = ("-x", "0", "-W", f"{width:.0f}", "-y", f"{upper:.0f}", "-H", f"{lower - upper:.0f}")
            return output_of("pdftotext", "-raw", "-f", str(number), "-l", str(number), "-r", "72", *crop, str(pdf), "-")

        foot = " ".join(band(height - bottom, height).split())
        if f"Page {number} of {len(sizes)}" not in foot:
            yield f'the foot of page {number} of {len(sizes)} says "{foot}"'
        printed += words(RULE.sub(" ", band(top, height - bottom)))
    # A line may end within a word, after its hyphen.
    wanted, printed = ("".join(words(RULE.sub(" ", " ".join(side)))) for side in (wanted, printed))
    if wanted != printed:
        at = len(os.path.commonprefix([wanted, printed]))
        near = slice(max(0, at - NEAR), at + NEAR)
        yield f'on the pages of the PDF, "{wanted[near]}" became "{printed[near]}"'


def failures_of(base, answer, job):
    trees, failures = opened(job["file"])
    yield from failures
    yield from said_by_validators(job["file"])
    if not {"word/document.xml", "word/styles.xml"} <= trees.keys():
        return
    yield from heading_styles(trees)
    yield from languages(trees)
    yield from counted(trees)
    beside = {form: Path(f"{base}.{form}") for form in ("txt", "html")}
    if missing := [form for form, path in beside.items() if not path.is_file()]:
        yield f"it has no {', '.join(missing)} beside it"
        return
    page = page_of(beside["html"])
    yield from outline(page, trees)
    yield from tables(page, trees)
    wanted = words(beside["txt"].read_text())
    if not wanted:
        yield "the text is empty"
        return
    if wrong := difference(wanted, words("\n".join(paragraphs(trees["word/document.xml"])))):
        yield f"its XML, {wrong}"
    if "failed" in answer:
        yield answer["failed"]
        return
    if answer["changes"]:
        yield f"it has {len(answer['changes'])} tracked changes"
    if wrong := difference(wanted, words(job["text"].read_text(encoding="utf-8-sig"))):
        yield f"read by LibreOffice, {wrong}"
    yield from pages(job["pdf"], wanted, trees)


def main():
    out, texts = map(Path, sys.argv[1:])
    bases = sorted({path.with_suffix("") for form in ("docx", "txt") for path in out.glob(f"**/*.{form}")})
    if not any(out.glob("**/*.docx")):
        print(f"FAIL word {out}: no documents to read")
        return 1
    jobs = []
    for base in bases:
        under = texts / base.relative_to(out)
        under.parent.mkdir(parents=True, exist_ok=True)
        jobs.append({"file": Path(f"{base}.docx"), "text": Path(f"{under}.docx.txt"), "pdf": Path(f"{under}.docx.pdf")})
    made = [job for job in jobs if job["file"].is_file()]
    answers = dict(zip((job["file"] for job in made), read(made), strict=True))
    passed = True
    for base, job in zip(bases, jobs, strict=True):
        name = os.path.relpath(base, out)
        answer = answers.get(job["file"])
        failures = ["it has no docx"] if answer is None else failures_of(base, answer, job)
        passed = say("word", name, failures) and passed
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main())
