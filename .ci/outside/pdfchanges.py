"""pdfchanges.py: what is wrong with a PDF of changes.

Without what came, it says what the one document says; without what went, what the other says. What came or went is told by the
lines that the tags say are drawn, and is announced in words. What stands before the marked document is the web page's.
"""

import re

import pypdf

from pdfparts import bookmarks, catalog, information, layout, letters, lists, loose, page_blocks, pictures_of, tables, text_of
from pdfread import HEADING, LINK_LINE, SOFT, blocks, pages_of, printed, tree_of, unlike

SIGNS = {"removed": "gone", "moved from here": "gone", "added": "come", "moved to here": "come"}
SIGN_PIECES = 4
LONGEST_NOTE = 2000
REPORTED = ("Summary", "Schedule of changes")
DOCUMENT = "The document with its changes marked"


def plain(text):
    """The letters of a note, but for what parts its reasons."""
    return re.sub("[:;]", "", letters(text))


def notes_of(page):
    """What may stand below a paragraph that changed: the kinds of its changes, and why they are so classed."""
    found = []
    for row in page.xpath('.//table[@class="schedule"]/tbody/tr'):
        kinds, why = row.find("th"), row.findall("td")[2]
        reasons = "".join(text_of(reason) for reason in why.findall("p"))
        found.append(plain(text_of(kinds) + reasons))
    return re.compile(f"(?:{'|'.join(map(re.escape, found)) or '(?!)'})+")


def becomes(lines, before):
    """What becomes of words with such lines. All links are underlined: they do what the words before them do."""
    if "LineThrough" in lines:
        return "gone"
    if "Underline" in lines:
        return "come"
    return before if LINK_LINE in lines else "kept"


class Marked:
    """The words of a PDF of changes with what becomes of each, without what announces it, and without notes."""

    def __init__(self, given, notes):
        self.notes = notes
        self.words, self.failures, self.changes, self.run_on = [], [], 0, 0
        label = "kept"
        for block in given:
            last = self.read(block.pieces, label)
            # What goes with its number is announced at the number.
            label = last if block.kind == "Lbl" else "kept"
            self.words.append((" ", "kept"))
        if self.run_on:
            self.failures.append(f"{self.run_on} notes are in one paragraph with the words before them")

    def read(self, pieces, last):
        """Reads a block, after words of which `last` becomes. Returns what becomes of its end."""
        announced, began = None, len(self.words)
        while pieces:
            if size := self.note(pieces):
                pieces = pieces[size:]
                self.run_on += len(self.words) > began
                continue
            if sign := self.sign(pieces):
                size, announced = sign
                pieces = pieces[size:]
                self.words.append((SOFT, "kept"))
                continue
            (text, lines), *pieces = pieces
            becoming = becomes(lines, announced or last)
            if becoming != "kept":
                self.changes += 1
                if becoming not in (announced, last):
                    self.failures.append(f'nothing but a line says that "{text}" has {becoming}')
            last, announced = becoming, None
            self.words.append((text if text.strip() else SOFT, becoming))
            self.words.append((SOFT, "kept"))
        return last

    def sign(self, pieces):
        """Whether the pieces begin with words that announce what becomes of the words after them: how many, and what."""
        for size in range(1, min(SIGN_PIECES, len(pieces) - 1) + 1):
            said = "".join(text for text, lines in pieces[:size] if not lines)
            becoming = SIGNS.get(" ".join(said.split()))
            if becoming and not any(lines for _, lines in pieces[:size]) and becomes(pieces[size][1], becoming) == becoming:
                return size, becoming
        return None

    def note(self, pieces):
        """How many of the pieces are a note."""
        said, longest = "", 0
        for size, (text, lines) in enumerate(pieces, 1):
            said += plain(text)
            if lines or len(said) > LONGEST_NOTE:
                break
            if said and self.notes.fullmatch(said):
                longest = size
        return longest

    def without(self, becoming):
        return "".join(text for text, what in self.words if what != becoming)


def reported(page):
    """The blocks of the web page of a comparison up to what follows its schedule of changes."""
    for kind, text in page_blocks(page):
        if kind == "H2" and text not in REPORTED:
            return
        if kind != "Caption":
            yield kind, text


def failures_of_changes(pdf, page, sides, same):
    """What is wrong with a PDF, beside the web page of the same comparison and the plain texts of its sides."""
    reader, pages = pypdf.PdfReader(pdf), list(pages_of(pdf))
    tree = tree_of(pdf, reader)
    given = list(blocks(tree))
    yield from catalog(reader, page.findtext(".//h1"))
    landscape = next((at for at, page in enumerate(pages) if page.width < page.height), len(pages))
    if not 0 < landscape < len(pages):
        yield f"the first {landscape} of its {len(pages)} pages lie"
    yield from information(pdf, landscape)
    for number, one in enumerate(pages, 1):
        if not one.foot.endswith(f"Page {number} of {len(pages)}"):
            yield f'below page {number} of {len(pages)} stands "{one.foot}"'
    yield from loose(given)
    yield from lists(tree)
    yield from bookmarks(reader, given)
    if pictures := pictures_of(tree):
        yield f"it has pictures: {pictures}"
    if wrong := printed(" ".join(block.text() for block in given), pages, tree):
        yield f"on the pages, {wrong}"
    headings = [at for at, block in enumerate(given) if HEADING.fullmatch(block.kind)]
    starts = [at for at in headings if letters(given[at].text()) == letters(DOCUMENT)]
    if len(starts) != 1:
        yield f'{len(starts)} headings say "{DOCUMENT}"'
        return
    yield from layout(reported(page), given[: starts[0]])
    schedules = page.xpath('.//table[@class="schedule"]')
    yield from tables(page, list(tree.all("Table"))[: len(schedules)])
    marked = Marked(given[starts[0] + 1 :], notes_of(page))
    yield from marked.failures
    if (marked.changes == 0) != same:
        yield f"{marked.changes} stretches of words are marked as changed"
    for becoming, side in (("come", sides[0]), ("gone", sides[1])):
        if wrong := unlike(side.read_text(), marked.without(becoming)):
            yield f"without what has {becoming}, {wrong}"
