"""works.py: what is done by engross and by its peers: publishing, PDF files, comparing, the site, importing. Each work is the same
for all, from files that engross made where a peer cannot read its sources; what a peer does less, or otherwise, its note says."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from measure import Program

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FORMATS = ("md", "html", "txt", "docx", "pdf")
# So often the longest of the five is thirty pages of a PDF.
THIRTY_PAGES = 3
STANDING_ORDERS = "cranbrook-st-mary/standing-orders"
OLD, NEW = "2023-05-15", "2025-05-12"


def made(engross, *arguments, cwd=ROOT):
    subprocess.run([engross, "build", *map(str, arguments)], cwd=cwd, check=True, stdout=subprocess.DEVNULL)


class Inputs:
    """What the works start from, made once by engross."""

    def __init__(self, engross, folder):
        self.engross, self.folder = engross, folder
        wanted = ",".join(FORMATS)
        made(engross, "--format", wanted, "--out", folder / "five")
        self.five = {form: sorted((folder / "five").rglob(f"*.{form}")) for form in FORMATS}
        assert all(len(files) == 5 for files in self.five.values()), self.five
        self.workspace = ROOT / "tests/cases/compare"
        for version in (OLD, NEW):
            address = f"{STANDING_ORDERS}@{version}"
            made(engross, address, "--workspace", self.workspace, "--format", wanted, "--out", folder / "orders")
        orders = folder / "orders" / STANDING_ORDERS
        self.orders = {form: [orders / f"{version}.{form}" for version in (OLD, NEW)] for form in FORMATS}
        self.sources = long_documents(folder)
        for source in self.sources:
            made(engross, source, "--format", wanted, "--out", folder / "long" / source.stem, cwd=folder)
        self.long = {form: [next((folder / "long" / path.stem).rglob(f"*.{form}")) for path in self.sources] for form in FORMATS}
        self.words = len(self.long["txt"][0].read_text().split())
        self.out, self.profile = folder / "fresh", folder / "profile"

    def office(self, form, files):
        """LibreOffice converting files, all in one start, with a profile that is there."""
        profile = f"-env:UserInstallation={self.profile.as_uri()}"
        return ["soffice", profile, "--headless", "--convert-to", form, "--outdir", self.out, *files]


def long_documents(folder):
    """The longest of the five, its sections over and over under numbers that go on, and a version with a word more in every fifth
    clause."""
    head, first, sections = (ROOT / "protocols/thanet/member-officer/proposed.toml").read_text().partition("\n[[section]]")
    count = sections.count("[[section]]") + 1

    def again(nth):
        return re.sub(r'^number = "(\d+)', lambda at: f'number = "{int(at[1]) + nth * count}', sections, flags=re.MULTILINE)

    text = head + "".join(first + again(nth) for nth in range(THIRTY_PAGES))
    lines = re.sub(r"^id = .*\n", "", text, flags=re.MULTILINE).splitlines(keepends=True)
    (folder / "old.toml").write_text("".join(lines))
    for line in [at for at, line in enumerate(lines) if line.startswith("text = ") and " the " in line][::5]:
        lines[line] = lines[line].replace(" the ", " the said ", 1)
    (folder / "new.toml").write_text("".join(lines))
    return folder / "old.toml", folder / "new.toml"


def one_after_another(commands):
    """Several commands as one."""
    return ["sh", "-e", "-c", "\n".join(" ".join(f"'{part}'" for part in command) for command in commands)]


# --- Publishing --------------------------------------------------------------------------------------------------------


def publishing(bench, inputs, peers):
    bench.head("Publishing")
    for form, five, one in (("html", "web pages", "a web page"), ("docx", "Word files", "a Word file")):

        def pandoc(file, form=form):
            # The five are called by their councils, as two may be of one day.
            return [peers.pandoc, "-f", "gfm", "-t", form, "-s", file, "-o", inputs.out / f"{file.parent.parent.name}.{form}"]

        options = ["--format", form, "--out", inputs.out]
        works = (
            (f"the five as {five}", [], inputs.five["md"], ROOT),
            (f"thirty pages as {one}", inputs.sources[:1], inputs.long["md"][:1], inputs.folder),
        )
        for name, sources, markdown, cwd in works:
            makes = (f"*.{form}", len(markdown))
            programs = {"engross": Program([inputs.engross, "build", *sources, *options], makes=makes)}
            if peers.pandoc:
                note = "from Markdown" + (", one after the other" if len(markdown) > 1 else "")
                programs["pandoc"] = Program(one_after_another(map(pandoc, markdown)), note, makes)
            bench.work(name, programs, cwd)


# --- PDF ---------------------------------------------------------------------------------------------------------------

RUN_TYPST = """
import sys
from pathlib import Path
import typst
fonts, out, *sources = sys.argv[1:]
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
for source in map(Path, sources):
    pdf = compiler.compile(source / "document.typ", root=source, format="pdf", pdf_standards=["ua-1", "a-2a"])
    Path(out, f"{source.name}.pdf").write_bytes(pdf)
"""


def templates(folder):
    """The templates, without the function that marks cells as headings of rows: Typst has it as an extra, which its binding
    cannot turn on. engross is given the same."""
    folder.mkdir(parents=True)
    for template in (ROOT / "templates/pdf").glob("*.typ"):
        (folder / template.name).write_text(template.read_text().replace('pdf.header-cell(scope: "row", ', "(it => it)("))


def typst_source(inputs, protocol, folder):
    """What engross gives Typst for a document, as a folder. A template may read all of it, and say it."""
    asking = folder / "asking"
    (asking / "templates/pdf").mkdir(parents=True)
    shutil.copytree(protocol, asking / "protocols" / protocol.name)

    def given(name):
        (asking / "templates/pdf/document.typ").write_text(f'#panic(read("/{name}"))')
        command = [inputs.engross, "build", "--format", "pdf", "--workspace", asking, "--out", folder / "none"]
        said = subprocess.run(command, capture_output=True, text=True).stderr
        return said.partition("panicked with: ")[2].removesuffix("\n")

    source = folder / protocol.name
    templates(source)
    data = given("data.json")
    (source / "data.json").write_text(data)
    if json.loads(data)["watermark"] is not None:
        (source / "watermark.svg").write_text(given("watermark.svg"))
    return source


def pdf(bench, inputs, peers):
    bench.head("PDF files")
    long = inputs.folder / "long-workspace/protocols/long"
    (long / "rules").mkdir(parents=True)
    shutil.copy(ROOT / "protocols/thanet/council.toml", long)
    shutil.copy(inputs.sources[0], long / "rules/proposed.toml")
    five = inputs.folder / "five-workspace/protocols"
    shutil.copytree(ROOT / "protocols", five)
    works = (
        ("one of the five, 3 pages", five, ["kings-hill"], [inputs.five["docx"][1]]),
        ("the five", five, sorted(path.name for path in five.iterdir()), inputs.five["docx"]),
        ("thirty pages", long.parent, ["long"], inputs.long["docx"][:1]),
    )
    for protocols in (five, long.parent):
        templates(protocols.parent / "templates/pdf")
    for nth, (name, protocols, councils, words) in enumerate(works):
        build = [inputs.engross, "build", *councils, "--format", "pdf", "--workspace", protocols.parent, "--out", inputs.out]
        makes = ("*.pdf", len(councils))
        programs = {"engross": Program(build, makes=makes)}
        if peers.typst:
            sources = [typst_source(inputs, protocols / council, inputs.folder / f"typst-{nth}-{council}") for council in councils]
            command = [peers.typst, "-c", RUN_TYPST, ROOT / "templates/pdf/fonts", inputs.out, *sources]
            programs["Typst"] = Program(command, "the same templates and data, by its Python binding, in one process", makes)
        if peers.soffice:
            programs["LibreOffice"] = Program(inputs.office("pdf", words), "from Word files, not for screen readers", makes)
        bench.work(name, programs, ROOT)


# --- Comparing ---------------------------------------------------------------------------------------------------------

DIFFLIB = """
import difflib, sys
left, right = (open(path, encoding="utf-8").read().split() for path in sys.argv[1:])
for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
    print(kind, *left[a:b], "->", *right[c:d])
"""

HTML_DIFF = """
import difflib, sys
left, right = (open(path, encoding="utf-8").read().splitlines() for path in sys.argv[1:])
print(difflib.HtmlDiff().make_file(left, right))
"""


def comparing(bench, inputs, peers):
    bench.head("Comparing two documents")
    councils = [next(path for path in inputs.five["txt"] if council in path.parts) for council in ("kings-hill", "battle")]
    versions = [f"{STANDING_ORDERS}@{version}" for version in (OLD, NEW)]
    works = (
        ("two councils' documents, as text", ["kings-hill", "battle"], ROOT, councils),
        ("two versions of standing orders, as text", [*versions, "--workspace", inputs.workspace], ROOT, inputs.orders["txt"]),
        ("two versions of thirty pages, as text", [*inputs.sources], inputs.folder, inputs.long["txt"]),
    )
    for name, sides, cwd, texts in works:
        programs = {"engross": Program([inputs.engross, "diff", *sides])}
        if peers.git:
            # With all words that stay, as it is read.
            command = [peers.git, "diff", "--no-index", "--word-diff", "-U100000", *texts]
            programs["git's word diff"] = Program(command, "plain texts; words only", done=(0, 1))
        programs["difflib, words"] = Program([sys.executable, "-c", DIFFLIB, *texts], "plain texts; words only")
        programs["difflib, HtmlDiff"] = Program([sys.executable, "-c", HTML_DIFF, *texts], "plain texts; lines and letters")
        bench.work(name, programs, cwd)
    for name, files in (("standing orders", inputs.orders["docx"]), ("thirty pages", inputs.long["docx"])):
        out = inputs.out / "changes.docx"
        makes = (out.name, 1)
        programs = {"engross": Program([inputs.engross, "diff", *files, "--format", "docx", "--output", out], makes=makes)}
        if peers.uno:
            command = [peers.uno, HERE / "writer.py", *files, out, inputs.profile]
            programs["LibreOffice"] = Program(command, "Compare Document, no kinds of change", makes)
        bench.work(f"Word files of {name} to one with tracked changes", programs, inputs.folder)


# --- The site ----------------------------------------------------------------------------------------------------------

PLAIN_BOOK = """
[book]
title = "Protocols"
src = "src"
[output.html.print]
enable = false
"""


def site(bench, inputs, peers):
    bench.head("The site of the five")
    day, made = ["--as-of", "2025-03-01"], ("site/index.html", 1)
    command = [inputs.engross, "site", "--workspace", ROOT, "--out", inputs.out / "site", *day]
    programs = {"engross site": Program(command, makes=made)}
    if peers.mdbook:
        book, plain = inputs.folder / "book", inputs.folder / "plain-book"
        for part in ("docs", "protocols", "templates"):
            shutil.copytree(ROOT / part, book / part, ignore=shutil.ignore_patterns("files"))
        settings = (ROOT / "book.toml").read_text()
        (book / "book.toml").write_text(settings.replace('"engross mdbook"', f'"{inputs.engross} mdbook {" ".join(day)}"'))
        command = [peers.mdbook, "build", book, "--dest-dir", inputs.out / "site"]
        programs["mdBook with engross in it"] = Program(command, "the same site, and mdBook's own look beside", made)
        shutil.copytree(ROOT / "docs", plain / "src", ignore=shutil.ignore_patterns("files"))
        with (plain / "src/SUMMARY.md").open("a") as summary:
            for page in inputs.five["md"]:
                council = page.parent.parent.name
                shutil.copy(page, plain / "src" / f"{council}.md")
                summary.write(f"- [{council}]({council}.md)\n")
        (plain / "book.toml").write_text(PLAIN_BOOK)
        command = [peers.mdbook, "build", plain, "--dest-dir", inputs.out / "site"]
        less = "the manual and the five from Markdown: no PDF, Word files, comparisons, matrix or register"
        programs["mdBook alone"] = Program(command, less, made)
    bench.work("the whole site", programs, ROOT)


# --- Importing ---------------------------------------------------------------------------------------------------------


def importing(bench, inputs, peers):
    bench.head(f"Importing thirty pages, {inputs.words:,} words")
    kinds = (("docx", "Word", "docx"), ("html", "web page", "html"), ("md", "Markdown", "gfm"), ("pdf", "PDF", None))
    for form, name, reader in kinds:
        file = inputs.long[form][0]
        programs = {"engross": Program([inputs.engross, "import", file, "--output", "-"])}
        if reader and peers.pandoc:
            command = [peers.pandoc, "-f", reader, "-t", "gfm", file, "-o", inputs.out / "read.md"]
            programs["pandoc"] = Program(command, "to Markdown; nothing recognised", ("read.md", 1))
        if form == "docx" and peers.soffice:
            programs["LibreOffice"] = Program(inputs.office("txt:Text (encoded):UTF8", [file]), "to plain text", ("*.txt", 1))
        if form == "pdf" and peers.pdftotext:
            command = [peers.pdftotext, "-layout", file, inputs.out / "read.txt"]
            programs["pdftotext"] = Program(command, "to plain text; nothing recognised", ("read.txt", 1))
        bench.work(name, programs, inputs.folder)


WORKS = {"publishing": publishing, "pdf": pdf, "comparing": comparing, "site": site, "importing": importing}
