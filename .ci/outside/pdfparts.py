"""pdfparts.py: what is wrong with the parts of a PDF: what it says of itself, and its headings, lists, tables and links, held
against a web page's.

Shared by pdf.py and pdfchanges.py.
"""

import re
from itertools import groupby, zip_longest

from pypdf.generic import BooleanObject

from pdfread import HEADING, LOOSE, SOFT, Element, output_of
from word import A4, LANGUAGE

OUTWARD = re.compile("https?://|mailto:")
SCOPES = {"col": "Column", "row": "Row", None: None}
CHANGED = {"del": "removed", "ins": "added"}
# Around these parts of a web page, words end.
PARTED = {"br", "p", "div", "li", "td", "th"}


def catalog(reader, title):
    """What is wrong with what the file says of itself."""
    root = reader.root_object
    if root.get("/Lang") != LANGUAGE:
        yield f"its language is {root.get('/Lang')}, not {LANGUAGE}"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") != BooleanObject(True):
        yield "a reader shows the file's name, not its title"
    for name in ("/AcroForm", "/OpenAction", "/AA"):
        if name in root:
            yield f"it has {name}"
    if root.get("/Names", {}).get("/EmbeddedFiles"):
        yield "it has files within it"
    if (reader.metadata.title if reader.metadata else None) != title:
        yield f'its title is "{reader.metadata and reader.metadata.title}", not "{title}"'
    if (reader.xmp_metadata.dc_title if reader.xmp_metadata else {}).get("x-default") != title:
        yield f"the title in its metadata is not {title!r}"


def information(pdf, landscape):
    """What is wrong with what poppler says of the file, its pages and its typefaces. The first `landscape` pages lie."""
    info = output_of("pdfinfo", "-l", "-1", str(pdf))
    said = dict(re.findall(r"^(\S[^:]*):\s*(.*)$", info, re.MULTILINE))
    wanted = {"Tagged": "yes", "Suspects": "no", "JavaScript": "no", "Encrypted": "no", "Form": "none", "PDF version": "1.7"}
    for name, value in wanted.items():
        if said.get(name) != value:
            yield f"pdfinfo: {name} is {said.get(name)}, not {value}"
    sizes = re.findall(r"^Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)", info, re.MULTILINE)
    for number, size in enumerate(sizes, 1):
        sides = A4[::-1] if number <= landscape else A4
        if any(abs(float(side) - a4) > 1 for side, a4 in zip(size, sides, strict=True)):
            yield f"page {number} is {' x '.join(size)} pt"
    fonts = output_of("pdffonts", str(pdf)).splitlines()[2:]
    if not fonts:
        yield "it has no typefaces"
    for font in fonts:
        # Embedded, a subset, with a table of what its shapes mean: before the two numbers of its object.
        if not re.search(r" yes\s+yes\s+yes\s+\d+\s+\d+$", font):
            yield f"the typeface {font.split()[0]} is not embedded as it should be: {font}"


def text_of(element, signs=False):
    """The words of a part of a web page, where `signs` with what the PDF says before words that come or go."""
    text = element.text or ""
    for child in element:
        # Which side a cell is of, a narrow screen shows only.
        if isinstance(child.tag, str) and child.get("class") != "side":
            said = text_of(child, signs)
            if signs and child.tag in CHANGED:
                said = f" {CHANGED[child.tag]} {said}"
            text += f" {said} " if child.tag in PARTED else said
        text += child.tail or ""
    return text


def page_blocks(main):
    """The blocks of a web page, each with its kind as a tag of PDF, and its words."""
    for element in main.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "caption", "th", "td", "a", "li"):
        if next(element.iterancestors("td", "th"), None) is not None:
            continue
        if element.tag == "p":
            yield "P", text_of(element)
        elif element.tag == "a":
            if element.get("class") in ("number", "label"):
                yield "Lbl", text_of(element)
        elif element.tag == "li":
            if element.find("a[@class='label']") is None:
                yield "Lbl", "•"
        else:
            yield element.tag.capitalize() if element.tag == "caption" else element.tag.upper(), text_of(element, signs=True)


def letters(text):
    """The letters alone, a bullet too."""
    return "".join(text.replace(SOFT, "").split())


def first_difference(what, wanted, given):
    """The first place where two lists differ, if any."""
    for at in range(max(len(wanted), len(given))):
        left, right = (side[at] if at < len(side) else None for side in (wanted, given))
        if left != right:
            yield f"{what} {at + 1}: {shown(left)} on the web page became {shown(right)}"
            return


def shown(something):
    return re.sub(r"[^\s']{80,}", lambda word: f"{word[0][:80]}…", str(something))


def layout(wanted, given):
    """What is wrong with headings, labels, cells and paragraphs, each for itself and all in their order."""
    # A caption may be a paragraph before its table.
    wanted = [(kind.replace("Caption", "P"), letters(text)) for kind, text in wanted]
    given = [(block.kind.replace("Caption", "P"), letters(block.text())) for block in given]
    for what, kinds in (("heading", HEADING), ("label", re.compile("Lbl")), ("cell", re.compile("T[HD]"))):
        sides = ([block for block in side if kinds.fullmatch(block[0])] for side in (wanted, given))
        yield from first_difference(what, *sides)
    # That words are in no paragraph is told once.
    if not any(kind.startswith(LOOSE) for kind, _ in given):
        yield from first_difference("block", wanted, given)


def loose(given):
    """Whether words are in no paragraph."""
    found = [block for block in given if block.kind.startswith(LOOSE)]
    if found:
        yield f'{len(found)} stretches of words are in {found[0].kind}, the first is "{shown(letters(found[0].text()))}"'


def tables(main, given):
    """What is wrong with the cells that are headers, and with how many there are."""
    wanted = [
        [[(cell.tag.upper(), SCOPES[cell.get("scope")]) for cell in row.iter("th", "td")] for row in table.iter("tr")]
        for table in main.iter("table")
    ]
    given = [
        [[(cell.tag, cell.attributes.get("Scope")) for cell in row.all("TH", "TD")] for row in table.all("TR")]
        for table in given
    ]
    yield from first_difference("table", wanted, given)


def lists(tree):
    """What is wrong with lists: one of bullets is not tagged as one with numbers, and in a list are items and lists only."""
    for number, one in enumerate(tree.all("L"), 1):
        items = [item for item in one.inside if isinstance(item, Element) and item.tag == "LI"]
        labels = {letters(label.text()) for item in items for label in item.inside if label.tag == "Lbl"}
        if labels == {"•"} and one.attributes.get("ListNumbering") == "Decimal":
            yield "a list of bullets is tagged as one with numbers"
        if not items or any(not isinstance(child, Element) or child.tag not in ("LI", "L") for child in one.inside):
            yield f"list {number} has no items, or something else beside them"


def bookmarks(reader, given):
    """What is wrong with the bookmarks: they are the headings."""

    def flat(outline):
        for entry in outline:
            yield from flat(entry) if isinstance(entry, list) else [letters(entry.title)]

    wanted = [letters(block.text()) for block in given if HEADING.fullmatch(block.kind)]
    for number, (heading, bookmark) in enumerate(zip_longest(wanted, flat(reader.outline)), 1):
        if heading != bookmark:
            yield f"heading {number}, {shown(heading)}, has the bookmark {shown(bookmark)}"
            return


def links(main, tree, reader):
    """What is wrong with links to elsewhere: where they lead, what is said of them, and which words they are."""
    wanted = [(link.get("href"), letters(text_of(link))) for link in main.iter("a") if OUTWARD.match(link.get("href") or "")]
    given = []
    for number, page in enumerate(reader.pages, 1):
        for annotation in page.get("/Annots", []):
            annotation = annotation.get_object()
            if annotation.get("/Subtype") != "/Link":
                yield f"page {number} has a {annotation.get('/Subtype')} on it"
            if not annotation.get("/Contents"):
                yield f"a link on page {number} does not say where it leads"
            if url := annotation.get("/A", {}).get("/URI"):
                given.append(url)
    # A link of two lines is two.
    collapsed = [[url for url, _ in groupby(side)] for side in ((url for url, _ in wanted), given)]
    yield from first_difference("link", *collapsed)
    said = [letters(link.text()) for link in tree.all("Link")]
    for url, words in wanted:
        if words not in said:
            yield f'"{shown(words)}", which leads to {url}, is not tagged as a link'


def pictures_of(tree):
    """What is said instead of each picture."""
    return [figure.attributes.get("Alt") for figure in tree.all("Figure")]
