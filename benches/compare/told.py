"""told.py: what each program tells of changes that are known: two versions of standing orders whose provisions were laid side by
side by hand (tests/cases/compare/versions.jsonl says which corresponds to which, and what became of it).

What a program marks as removed or added is laid over the words of each provision, numbers left out. So the same is asked of all:
is a provision whose words are the same left in peace, are changed words shown among those that stay, are new and lost provisions
shown whole?
"""

import json
import re
import subprocess
import zipfile
from difflib import SequenceMatcher
from xml.etree import ElementTree

from measure import alone
from works import HERE, NEW, OLD, ROOT, STANDING_ORDERS, Program

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORCE = ("strengthened", "weakened")


class Truth:
    """The provisions of both sides by id, and how they were labelled."""

    def __init__(self, comparison):
        sides = (comparison[side]["provisions"] for side in ("left", "right"))
        self.left, self.right = ({one["id"]: one["text"].split() for one in side} for side in sides)
        labels = (ROOT / "tests/cases/compare/versions.jsonl").read_text().splitlines()
        self.labels = [json.loads(label) for label in labels]
        pairs = [(label["left"], label["right"]) for label in self.labels]
        self.same = [pair for pair in pairs if self.left[pair[0]] == self.right[pair[1]]]
        self.changed = [pair for pair in pairs if pair not in self.same]
        self.gone = [id for id in self.left if id not in {left for left, _ in pairs}]
        self.new = [id for id in self.right if id not in {right for _, right in pairs}]

    def kept(self, pair):
        """How many words of the pair stay, at least."""
        matcher = SequenceMatcher(None, self.left[pair[0]], self.right[pair[1]], autojunk=False)
        return sum(block.size for block in matcher.get_matching_blocks())


def laid_over(provisions, marked):
    """For each provision whether each of its words is marked, given all words of its side and their marks, in their order. A
    provision is found by its words."""
    words, found, start = [word for word, _ in marked], {}, 0
    for id, wanted in provisions.items():
        at = next((at for at in range(start, len(words)) if words[at : at + len(wanted)] == wanted), None)
        assert at is not None, f"{id} is not in what the program shows: {wanted[:6]}"
        found[id] = [mark for _, mark in marked[at : at + len(wanted)]]
        start = at + len(wanted)
    return found


# --- What the programs mark: two lists of words, each with whether it is marked --------------------------------------------


def by_git(peers, texts):
    command = [peers.git, "diff", "--no-index", "--word-diff=porcelain", "-U100000", *texts]
    lines = subprocess.run(command, capture_output=True, text=True).stdout.partition("\n@@")[2].splitlines()[1:]
    return sides((line[0], line[1:].split()) for line in lines if line[0] in " +-")


def by_difflib(texts):
    left, right = (path.read_text().split() for path in texts)
    operations = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    parts = []
    for kind, a, b, c, d in operations:
        parts += [(" ", left[a:b])] if kind == "equal" else [("-", left[a:b]), ("+", right[c:d])]
    return sides(parts)


def sides(parts):
    left, right = [], []
    for sign, words in parts:
        left += [(word, sign == "-") for word in words if sign != "+"]
        right += [(word, sign == "+") for word in words if sign != "-"]
    return left, right


def by_word(path):
    """What is tracked in a Word file. What is marked as moved is neither removed nor added."""
    letters = {"left": [], "right": []}

    def walk(element, change):
        tag = element.tag.removeprefix(W)
        if tag in ("ins", "del", "moveFrom", "moveTo") and len(element):
            change = tag
        text = element.text or "" if tag in ("t", "delText") else " " if tag in ("tab", "br", "cr") else ""
        if change not in ("ins", "moveTo"):
            letters["left"] += [(letter, change == "del") for letter in text]
        if change not in ("del", "moveFrom"):
            letters["right"] += [(letter, change == "ins") for letter in text]
        for child in element:
            walk(child, change)
        if tag == "p":
            # Marks of paragraphs are not words; where one ends, so does a word.
            for side in letters.values():
                side.append((" ", False))

    with zipfile.ZipFile(path) as archive:
        walk(ElementTree.fromstring(archive.read("word/document.xml")).find(f"{W}body"), None)
    return words(letters["left"]), words(letters["right"])


def words(letters):
    text = "".join(letter for letter, _ in letters)
    found = re.finditer(r"\S+", text)
    return [(word[0], any(mark for _, mark in letters[word.start() : word.end()])) for word in found]


# --- The table ---------------------------------------------------------------------------------------------------------


def told(truth, marks):
    """The row of one program."""
    left, right = (laid_over(provisions, marked) for provisions, marked in zip((truth.left, truth.right), marks, strict=True))
    peace = sum(not any(left[a]) and not any(right[b]) for a, b in truth.same)
    noise = sum(sum(right[b]) for _, b in truth.same)
    shown = sum(any(left[a]) or any(right[b]) for a, b in truth.changed)
    among = sum(
        (any(left[a]) or any(right[b])) and min(left[a].count(False), right[b].count(False)) >= truth.kept((a, b)) / 2
        for a, b in truth.changed
    )
    whole = sum(all(left[id]) for id in truth.gone) + sum(all(right[id]) for id in truth.new)
    return [f"{peace} of {len(truth.same)}", noise, f"{shown} of {len(truth.changed)}", f"{among} of {len(truth.changed)}",
            f"{whole} of {len(truth.gone) + len(truth.new)}"]


def of_json(comparison):
    """The words that the comparison itself has, which its text, Markdown, web page and PDF show."""
    parts = {"left": {}, "right": {}}
    for change in comparison["changes"]:
        signs = {"equal": " ", "delete": "-", "insert": "+"}
        letters = [(letter, signs[part["op"]]) for part in change["words"] for letter in part["text"]]
        for side, other, own in (("left", "+", "-"), ("right", "-", "+")):
            marked = words([(letter, sign == own) for letter, sign in letters if sign != other])
            for id in change[side]:
                count = len(next(one["text"] for one in comparison[side]["provisions"] if one["id"] == id).split())
                parts[side].setdefault(id, marked[:count])
                marked = marked[count:]
    # In the order of the documents, as `laid_over` wants it.
    return tuple([mark for one in comparison[side]["provisions"] for mark in parts[side].get(one["id"], [])] for side in parts)


def kinds(truth, comparison):
    """How many of the labelled pairs are told by their kind; how many of the changes of force are named, and how many the wrong way
    round; and how often a change of force is named where the words changed and people see none."""
    said = {(left, right): change for change in comparison["changes"] for left in change["left"] for right in change["right"]}
    kind, named, turned, forces, unseen, equal = 0, 0, 0, 0, 0, 0
    for label in truth.labels:
        pair = label["left"], label["right"]
        change = said.get(pair, {"kind": None, "aspects": []})
        force = set(change["aspects"]) & set(FORCE)
        kind += change["kind"] == label["kind"]
        if label["kind"] in FORCE:
            forces, named, turned = forces + 1, named + (force == {label["kind"]}), turned + bool(force - {label["kind"]})
        elif label["strength"] == ["equal"] and pair in truth.changed:
            equal, unseen = equal + 1, unseen + bool(force)
    return [f"{kind} of {len(truth.labels)}", f"{named} of {forces}, {turned} the wrong way round", f"{unseen} of {equal}"]


def table(inputs, peers):
    diff = [inputs.engross, "diff", "--workspace", inputs.workspace, *(f"{STANDING_ORDERS}@{version}" for version in (OLD, NEW))]
    comparison = json.loads(subprocess.run([*diff, "--format", "json"], capture_output=True, check=True).stdout)
    truth = Truth(comparison)
    texts, files, out = inputs.orders["txt"], inputs.orders["docx"], inputs.folder
    rows = {"engross diff": [*told(truth, of_json(comparison)), *kinds(truth, comparison)]}
    subprocess.run([*diff, "--format", "docx", "--output", out / "told.docx"], check=True)
    rows["engross, tracked changes"] = [*told(truth, by_word(out / "told.docx")), "", "", ""]
    if peers.uno:
        alone(Program([peers.uno, HERE / "writer.py", *files, out / "office.docx", inputs.profile]), out)
        rows["LibreOffice, Compare Document"] = [*told(truth, by_word(out / "office.docx")), "none", "none", ""]
    if peers.git:
        rows["git's word diff"] = [*told(truth, by_git(peers, texts)), "none", "none", ""]
    rows["difflib, words"] = [*told(truth, by_difflib(texts)), "none", "none", ""]
    print("\n## What is told of known changes\n")
    print("| program | same words, left in peace | words marked in these | changed, shown | shown among the words that stay "
          "| new or gone, shown whole | kind as people say it | stronger or weaker named | named where people see none |")
    print("|---|---|---|---|---|---|---|---|---|")
    for program, cells in rows.items():
        print(f"| {program} | {' | '.join(map(str, cells))} |")
