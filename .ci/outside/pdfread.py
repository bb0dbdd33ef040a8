"""pdfread.py: PDFs as others read them: the tree of tags (pypdf) with its words (pdfium), and the words on the pages (poppler).

For pdf.py. The tree is what a screen reader is told; running heads and drawings are not in it. Words come in pieces, wherever a
line ends or the looks change, and no piece says whether a space follows it. So between two pieces a word may end, within a
piece it ends where a space is: see `unlike`. Poppler could read the tree as well, but takes a hundred times as long.
"""

import ctypes
import html
import os
import re
import subprocess
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from words import words

# Where a word may end.
SOFT = "\0"
# After these, a line may end within a word.
BREAKABLE = ("-", "–", "—", "/")
# What pdfium makes of a hyphen at the end of a line.
HYPHEN_AT_END = "\x02"
NEAR = 30  # letters
POINTS_IN_MM = 72 / 25.4
# The lines above and below the text are this near to the edges of the page, and the text is not.
HEAD, FOOT = 22 * POINTS_IN_MM, 18.5 * POINTS_IN_MM

HEADING = re.compile(r"H[1-6]")
# A line below words that all links have.
LINK_LINE = "Underline of a link"
# What is part of a line, what is a whole in which nothing else is looked for, and what to call words that are in no such whole.
INLINE = {"Span", "Link", "Em", "Strong", "Code", "Quote", "Reference", "Annot"}
WHOLE = {"P", "Lbl", "TH", "TD", "Caption", "Note"}
LOOSE = "no paragraph but a"


def output_of(*command):
    """What a program says; poppler's complaints are no concern of these checks, for veraPDF has stricter ones."""
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@dataclass
class Element:
    """A tag with its attributes, and what is inside: elements, and words as they are."""

    tag: str
    attributes: dict = field(default_factory=dict)
    inside: list = field(default_factory=list)

    def all(self, *tags):
        """The elements inside that have one of the tags, in reading order."""
        for child in self.inside:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def pieces(self, lines=(), in_link=False):
        """The words inside, each piece with the lines that are drawn through it or below."""
        drawn = self.attributes.get("TextDecorationType")
        if drawn is not None:
            lines = (*lines, LINK_LINE if in_link and drawn == "Underline" else drawn)
        for child in self.inside:
            if isinstance(child, Element):
                yield from child.pieces(lines, in_link or self.tag == "Link")
            else:
                yield child, lines

    def text(self):
        return SOFT.join(piece for piece, _ in self.pieces())


def tree_of(pdf, reader):
    """The tree of tags, below one element that stands for the file."""
    root = reader.root_object.get("/StructTreeRoot", {})
    roles = root.get("/RoleMap", {})
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    said = words_of(pdf)

    def filled(element, source, page):
        """The element, with all that is inside its source. `page` is what the source stands on, unless it says so itself."""
        page = page_of(source, page)
        children = source.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            child = child.get_object()
            if isinstance(child, int):
                element.inside += said.get((page, child), [])
            elif child.get("/Type") == "/MCR":
                element.inside += said.get((page_of(child, page), child["/MCID"]), [])
            elif "/S" in child:
                tag = child["/S"]
                while tag in roles:
                    tag = roles[tag]
                element.inside.append(filled(Element(tag[1:], attributes(child)), child, page))
        return element

    def page_of(source, page):
        return numbers[source.raw_get("/Pg").idnum] if "/Pg" in source else page

    return filled(Element("File"), root, None)


def attributes(source):
    """What a tag says of itself, but for whose words it uses."""
    found = {"Alt": source["/Alt"]} if "/Alt" in source else {}
    owned = source.get("/A", [])
    for one in owned if isinstance(owned, list) else [owned]:
        one = one.get_object()
        found |= {key[1:]: str(one[key]).removeprefix("/") for key in one if key != "/O"}
    return found


def words_of(pdf):
    """The words on the pages in pieces, by the numbers of the page and of the marked content. Spaces are those that are
    written: pdfium takes gaps for such, too."""
    found = {}
    document = pdfium.PdfDocument(pdf)
    for number, page in enumerate(document):
        letters = page.get_textpage()
        last = None
        for at in range(letters.count_chars()):
            if raw.FPDFText_IsGenerated(letters, at):
                continue
            piece = raw.FPDFText_GetTextObject(letters, at)
            letter = chr(raw.FPDFText_GetUnicode(letters, at))
            pieces = found.setdefault((number, raw.FPDFPageObj_GetMarkedContentID(piece)), [])
            if last != (last := ctypes.addressof(piece.contents)) or not pieces:
                pieces.append("")
            pieces[-1] += "-" if letter == HYPHEN_AT_END else letter
    document.close()
    return found


@dataclass
class Block:
    """A heading, a paragraph, a label or a cell, as `kind` says, or words that are in none of these."""

    kind: str
    pieces: list

    def text(self):
        return SOFT.join(piece for piece, _ in self.pieces)


def blocks(element):
    """The blocks in reading order. An item of a list may have its words in its body, with or without paragraphs."""
    own = "P" if element.tag == "LBody" else f"{LOOSE} {element.tag}"
    run = []
    for child in element.inside:
        if not isinstance(child, Element):
            run.append((child, ()))
        elif child.tag in INLINE:
            run.extend(child.pieces())
        else:
            if run:
                yield Block(own, run)
                run = []
            if child.tag in WHOLE or HEADING.fullmatch(child.tag):
                yield Block(child.tag, list(child.pieces()))
            elif child.tag != "Figure":
                yield from blocks(child)
    if run:
        yield Block(own, run)


@dataclass
class Page:
    """The words on a page: `text` is what stands between the lines above and below it, in the order in which it was drawn."""

    width: float
    height: float
    head: str
    text: str
    foot: str
    # How far down the text goes, in points.
    lowest: float


WORD = re.compile(r'<word xMin="[\d.-]+" yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">(.*?)</word>')


def pages_of(pdf):
    """The pages as poppler reads them."""
    said = output_of("pdftotext", "-raw", "-bbox", str(pdf), "-")
    for page in re.finditer(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', said, re.DOTALL):
        width, height = float(page[1]), float(page[2])
        head, foot, text, lowest, last_line = [], [], "", 0.0, None
        for word in WORD.finditer(page[3]):
            top, bottom, said = float(word[1]), float(word[2]), html.unescape(word[3])
            if bottom < HEAD:
                head.append(said)
            elif top > height - FOOT:
                foot.append(said)
            else:
                # A line may end within a word, after its hyphen or slash.
                broken = last_line is not None and top > last_line and text.endswith(BREAKABLE)
                text += (SOFT if broken else " ") + said
                lowest, last_line = max(lowest, bottom), top
        yield Page(width, height, " ".join(head), text, " ".join(foot), lowest)


def spelled(text):
    """The letters of a text, where among them words end, and where they may end."""
    letters, ends, may_end = "", set(), set()
    for at, part in enumerate(re.split(rf"([\s{SOFT}]+)", text)):
        if at % 2 == 0:
            letters += "".join(words(part))
        else:
            (ends if part.strip(SOFT) else may_end).add(len(letters))
    return letters, ends, may_end


def unlike(wanted, given):
    """What is wrong with the words of a text, or None."""
    (wanted, wanted_ends, wanted_may_end), (given, ends, may_end) = spelled(wanted), spelled(given)
    if wanted != given:
        at = len(os.path.commonprefix([wanted, given]))
        near = slice(max(0, at - NEAR), at + NEAR)
        return f'"{wanted[near]}" became "{given[near]}"'
    wrong = (ends - wanted_ends - wanted_may_end) | (wanted_ends - ends - may_end)
    for at in sorted(wrong - {0, len(given)}):
        became = "one word became two" if at in ends else "two words became one"
        return f'{became}: "{given[max(0, at - NEAR) : at]}" and "{given[at : at + NEAR]}"'
    return None


def printed(wanted, pages, tree):
    """What is wrong with the words on the pages. The header row of a table is there again on each page it goes on to."""
    headers = {spelled(header_of(table))[0] for table in tree.all("Table")} - {""}
    letters = spelled(wanted)[0]
    text, at = "", 0
    for page in pages:
        own = spelled(page.text)[0]
        again = next((header for header in headers if own.startswith(header)), "")
        if letters.startswith(own[: 2 * NEAR], at):
            again = ""
        at += len(own) - len(again)
        text += (SOFT if text.endswith(BREAKABLE) else " ") + without(page.text, again).strip(f" {SOFT}")
    return unlike(wanted, text)


def header_of(table):
    """The words of the rows in which all cells are the headers of columns."""
    rows = ([row, *row.all("TH", "TD")] for row in table.all("TR"))
    return " ".join(row.text() for row, *cells in rows if all(cell.attributes.get("Scope") == "Column" for cell in cells))


def without(text, header):
    """A text without the letters it begins with."""
    for letter in header:
        text = text[text.index(letter) + 1 :]
    return text
