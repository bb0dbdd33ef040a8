"""wordml.py: Word files (.docx) as what they are, a ZIP archive of XML, and what two validators say of them.

Shared by word.py and tracked.py. Nothing here knows how engross writes a .docx: only what ECMA-376 says of one.
"""

import zipfile
from collections import Counter
from pathlib import PurePosixPath

from docx_integrity import ERROR, check
from lxml import etree
from openxml_audit import OpenXmlValidator, ValidationSeverity

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# What may be in the archive: no macros, no fonts, no documents in the document.
PARTS = {".xml", ".rels", ".png", ".jpeg", ".jpg"}
LINKS = ("http://", "https://", "mailto:")

# Inside of these, words are taken away when all changes are accepted, or when all are rejected; so are paragraphs' ends
# and rows of tables that are marked with them.
REMOVED = {"accept": {f"{W}del", f"{W}moveFrom"}, "reject": {f"{W}ins", f"{W}moveTo"}}
SPACES = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": " ", f"{W}cr": " "}
STAND_IN = "\N{WORD JOINER}"


def said_by_validators(path):
    """What the Open XML SDK's rules (openxml-audit) and docx-integrity find wrong. docx-integrity's warnings are of words and
    cells that get lost, and count too."""
    # One validator for each file: it (0.8.0) may take what it remembers of one file for the next one's.
    for error in OpenXmlValidator(max_errors=0).validate(path).errors:
        if error.severity == ValidationSeverity.ERROR:
            yield f"openxml-audit: {error}"
    for finding in check(path):
        if finding.severity == ERROR or finding.code in ("TBL002", "TXT001", "STY002", "NUM004", "INT001"):
            yield f"docx-integrity: {finding}"


def opened(path):
    """The parts of a .docx that are XML, by name, and what is wrong with the archive."""
    trees, failures = {}, []
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if broken := archive.testzip():
            failures.append(f"{broken} is damaged")
        times = Counter(name.lower() for name in names)
        failures += [f"{name} is in it twice" for name, count in times.items() if count > 1]
        for name in names:
            suffix = PurePosixPath(name).suffix or PurePosixPath(name).name
            if suffix not in PARTS:
                failures.append(f"{name} does not belong in it")
            if suffix not in (".xml", ".rels"):
                continue
            try:
                tree = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
            except etree.XMLSyntaxError as error:
                failures.append(f"{name} is not well-formed: {error}")
                continue
            if tree.getroottree().docinfo.doctype:
                failures.append(f"{name} has a DTD")
            trees[name] = tree
    for needed in ("word/document.xml", "word/styles.xml"):
        if needed not in trees:
            failures.append(f"it has no {needed}")
    for name, tree in trees.items():
        for relationship in tree.iter(RELATIONSHIP) if name.endswith(".rels") else ():
            kind, target = relationship.get("Type", "").rpartition("/")[2], relationship.get("Target", "")
            if relationship.get("TargetMode") == "External" and (kind != "hyperlink" or not target.startswith(LINKS)):
                failures.append(f"{name} has an external relationship, a {kind} to {target}")
    return trees, failures


def value(element, path):
    """The w:val at a path below, or None."""
    found = element.find(path)
    return None if found is None else found.get(f"{W}val")


def is_on(element, path):
    return element.find(path) is not None and value(element, path) not in ("0", "false", "off")


def styles(trees):
    """The names of the styles, by their ids."""
    return {style.get(f"{W}styleId"): value(style, f"{W}name") for style in trees["word/styles.xml"].iter(f"{W}style")}


def style_of(paragraph):
    return value(paragraph, f"{W}pPr/{W}pStyle")


def laid_out(body, changes=None):
    """The paragraphs of a body as they are, or with all changes accepted or rejected ("accept", "reject"): the style of each
    and its words. A paragraph whose end is taken away runs on into the next, and looks like that."""
    removed = REMOVED.get(changes, set())
    found, text = [], ""

    def marked(element, path):
        properties = element.find(path)
        return properties is not None and any(child.tag in removed for child in properties)

    def style(paragraph):
        before = paragraph.find(f"{W}pPr/{W}pPrChange")
        return style_of(paragraph if before is None or changes != "reject" else before)

    def walk(element):
        nonlocal text
        if not isinstance(element.tag, str) or element.tag in removed or element.tag in (f"{W}pPr", f"{W}rPr"):
            return
        if element.tag == f"{W}tr" and marked(element, f"{W}trPr"):
            return
        if element.tag in (f"{W}t", f"{W}delText"):
            text += element.text or ""
        elif element.tag in SPACES:
            text += SPACES[element.tag]
        elif element.tag == f"{W}noBreakHyphen":
            text += "\N{NON-BREAKING HYPHEN}"
        for child in element:
            walk(child)
        if element.tag == f"{W}p" and not marked(element, f"{W}pPr/{W}rPr"):
            found.append((style(element), text))
            text = ""

    walk(body)
    return [*found, (None, text)]


def paragraphs(body, changes=None):
    """The words of each paragraph."""
    return [text for _, text in laid_out(body, changes)]


def without_comments(path, copy):
    """Writes a copy in which a sign without width (STAND_IN) stands wherever a comment stood."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as without:
        for name in archive.namelist():
            octets = archive.read(name)
            if name == "word/document.xml":
                tree = etree.fromstring(octets)
                for mark in list(tree.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd")):
                    mark.getparent().remove(mark)
                for mark in list(tree.iter(f"{W}commentReference")):
                    mark.tag, mark.text = f"{W}t", STAND_IN
                    mark.attrib.clear()
                octets = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            without.writestr(name, octets)


def rows(body, changes=None):
    """How many rows of tables there are, or would be."""
    gone = REMOVED.get(changes, set())
    marks = (row.find(f"{W}trPr") for row in body.iter(f"{W}tr"))
    return sum(1 for marks_of in marks if marks_of is None or not any(mark.tag in gone for mark in marks_of))


def counted(trees):
    """What is wrong where Word counts: the numbers of a document are words in it, and only bullets may be Word's."""
    numbering = trees.get("word/numbering.xml")
    for level in () if numbering is None else numbering.iter(f"{W}lvl"):
        form = value(level, f"{W}numFmt")
        if form not in ("bullet", "none"):
            yield f"Word counts the paragraphs of a list ({form}): {value(level, f'{W}lvlText')}"
