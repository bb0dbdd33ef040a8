"""councils.py WORKSPACE FOLDER NUMBER: writes into FOLDER a workspace of so many councils, for the matrix of many.

The first are those of the WORKSPACE as they are. The others have a document of one of them with provisions left out and words
changed, always in the same way; one has a name and a provision full of what means something in HTML.
"""

import json
import random
import re
import sys
from pathlib import Path

CLAUSE = re.compile(r"(?=^\[\[section\.clause\]\]$)", re.M)
TEXT = re.compile(r'^text = ".*"$', re.M)
# Words that weaken, strengthen, or say the same otherwise.
WORDS = (
    ("must", "should"),
    ("should", "must"),
    ("shall", "will"),
    ("will", "may"),
    ("Officers", "Members of staff"),
    ("Councillors", "Members"),
    ("Clerk", "Proper Officer"),
    ("24", "48"),
    ("ensure", "make sure"),
    ("public", "residents"),
)
LEFT_OUT = 0.15
CHANGED = 0.3
HOSTILE_NAME = "<script>alert(1)</script> & \"Parish\" 'Council'"
HOSTILE_TEXT = r"Nobody writes \<script>alert(document.title)\</script> or \<img src=x onerror=alert(2)> & {{ matrix }} into a minute."


def changed(text, chance):
    for old, new in WORDS:
        if chance.random() < CHANGED:
            text = re.sub(rf"\b{old}\b", new, text)
    return text


def document(source, chance):
    """The document with clauses left out, but for those that begin a list, and with other words."""
    head, *clauses = CLAUSE.split(source)
    kept = [clause for clause in clauses if ':"' in clause or "[[section]]" in clause or chance.random() > LEFT_OUT]
    return head + "".join(TEXT.sub(lambda text: changed(text[0], chance), clause) for clause in kept)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def councils(workspace, folder, number):
    sources = sorted(workspace.glob("protocols/*/member-officer/*.toml"))
    write(folder / "engross.toml", "# Made for a check.\n")
    for nth in range(number):
        source = sources[nth % len(sources)]
        text, about = source.read_text(encoding="utf-8"), (source.parents[1] / "council.toml").read_text(encoding="utf-8")
        if nth >= len(sources):
            text = document(text, random.Random(nth))
            name = f"Parish Council No. {nth + 1}"
            if nth == len(sources):
                name = HOSTILE_NAME
                text += f"\n[[section.clause]]\nnumber = \"99.9\"\ntext = {json.dumps(HOSTILE_TEXT)}\n"
            about = re.sub(r"^name = .*$", lambda _: f"name = {json.dumps(name)}", about, flags=re.M)
        council = folder / "protocols" / f"council-{nth + 1:02}"
        write(council / "council.toml", about)
        write(council / "member-officer" / source.name, text)


if __name__ == "__main__":
    councils(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
