"""Workspaces of many councils, made out of seven real documents as councils would have made theirs: see `engross-corpus`.

Each council's document is made of one of the seven (the five, and two of the tests), varied as councils do: other names of the roles,
other words for the same, other force here and there, words put in and left out, sentences left out, moved, or parted into a clause
of their own, clauses left out, moved, or taken from another of the seven, whole sections too, sections in another order and under other headings,
and other numbers or none. The dice are seeded: the same documents each time.
"""
import random
import re
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [
    *sorted(ROOT.glob("protocols/*/member-officer/*.toml")),
    *(path for name in ("aldermere", "penfold") for path in sorted(ROOT.glob(f"tests/cases/compare/protocols/{name}/member-officer/*.toml"))),
]

# What one council calls the roles.
ROLES = [("Members", "Member"), ("Councillors", "Councillor"), ("Elected Members", "Elected Member")]
STAFF = [("Officers", "Officer"), ("employees", "employee"), ("staff", "member of staff")]
# Other words for the same, and other force.
WORDS = [
    ("ensure", "make sure"), ("respect", "courtesy"), ("confidential", "private"), ("assist", "help"), ("appropriate", "suitable"),
    ("require", "need"), ("inform", "tell"), ("request", "ask"), ("complaint", "grievance"), ("provide", "give"),
    ("prior to", "before"), ("in accordance with", "under"), ("obtain", "get"), ("regarding", "about"), ("concerning", "about"),
    ("relationship", "working relationship"), ("promptly", "without delay"), ("discuss", "talk over"), ("undertake", "carry out"),
    ("understanding", "appreciation"), ("support", "backing"), ("responsible", "answerable"), ("duties", "tasks"), ("advice", "guidance"),
    ("honest", "truthful"), ("openly", "frankly"), ("essential", "vital"), ("information", "details"), ("behaviour", "conduct"),
    ("meeting", "sitting"), ("matters", "issues"), ("matter", "issue"), ("decision", "resolution"), ("raise", "bring up"), ("seek", "look for"),
    ("improper", "undue"), ("personal", "private"), ("individual", "single"), ("public", "residents"), ("guidance", "direction"),
    ("ability", "power"), ("correspondence", "letters"), ("senior", "leading"), ("criticise", "find fault with"), ("aware", "conscious"),
    ("prejudice", "harm"), ("influence", "sway"), ("position", "office"), ("contact", "approach"), ("political", "party-political"),
    ("workload", "amount of work"), ("pressures", "strains"), ("at all times", "always"), ("should not", "ought not to"), ("must not", "may not"),
    ("in order to", "to"), ("such as", "for instance"), ("as soon as possible", "at the earliest opportunity"), ("employees", "workforce"),
]
FORCE = [("must", "should"), ("shall", "will"), ("should", "must"), ("may", "can"), ("will", "shall")]
# What is put in before a sentence or at its end, and what is left out.
BEFORE = ["As a rule, ", "For the avoidance of doubt, ", "In the interests of good administration, ", "Wherever practicable, "]
AFTER = [" as far as is practicable", " in the opinion of the Council", ", save in an emergency", " and in good time"]
FILLERS = [" at all times", " where appropriate", " as soon as possible", " respective", " properly", " successful", " effectively", " mutual"]
HEADINGS = [
    ("Introduction", "Purpose of this protocol"), ("Roles", "Who does what"), ("Expectations", "What each may expect"),
    ("Relationships", "Working together"), ("Complaints", "If things go wrong"), ("Correspondence", "Letters and e-mail"),
]


def clauses(text):
    """The head of a source, and its sections, each a head and clauses."""
    head, *sections = re.split(r"(?m)^(?=\[\[section\]\])", text)
    return head, [re.split(r"(?m)^(?=\[\[section\.clause\]\])", section) for section in sections]


TEXT = re.compile(r'(?ms)^text = ("""\n?.*?"""|"(?:[^"\\\n]|\\.)*")\n?')


def words_of(clause):
    """The words of a clause, as they are written in TOML; none of a clause that is a heading."""
    found = TEXT.search(clause)
    quote = found and (3 if found[1].startswith('"""') else 1)
    return found and found[1][quote:-quote].strip()


def with_words(clause, words):
    return TEXT.sub(lambda _: f'text = """\n{words}\n"""\n', clause, count=1)


def in_other_words(dice, text, roles, staff):
    for plural, singular in ROLES:
        text = replaced(plural, roles[0], text) if plural != "Elected Members" else text
        text = replaced(singular, roles[1], text) if singular != "Elected Member" else text
    return other_words(dice, replaced("Officers", staff[0], text))


def other_words(dice, text):
    for old, new in WORDS:
        if dice.random() < 0.5:
            text = replaced(old, new, text)
    for filler in FILLERS:
        if dice.random() < 0.5 and filler in text:
            text = re.sub(rf"{filler}\b", "", text)
    if dice.random() < 0.08:
        old, new = dice.choice(FORCE)
        text = replaced(old, new, text, count=1)
    return text


def replaced(old, new, text, count=0):
    # Most words are not in most clauses, and to look for them is much faster than to match.
    return re.sub(rf"\b{old}\b", new, text, count=count) if old in text else text


def put_in(dice, sentence):
    if dice.random() < 0.12:
        return dice.choice(BEFORE) + sentence[0].lower() + sentence[1:]
    if dice.random() < 0.12 and sentence.endswith("."):
        return sentence[:-1] + dice.choice(AFTER) + "."
    return sentence


def varied(dice, seed, clause, roles, staff):
    """What becomes of a clause: one or more, each with its seed: the clause it was made of and which of its sentences it has."""
    words = words_of(clause)
    if not words:
        return [(None, clause)]
    words = in_other_words(dice, words, roles, staff)
    sentences = list(enumerate(re.split(r"(?<=[a-z]\.) (?=[A-Z])", words)))
    if "\n" in words or words.endswith(":"):
        return [((seed, None), with_words(clause, words))]
    if len(sentences) > 2 and dice.random() < 0.15:
        sentences.pop(dice.randrange(len(sentences)))
    if len(sentences) > 1 and dice.random() < 0.1:
        dice.shuffle(sentences)
    parts = [sentences]
    if len(sentences) > 1 and dice.random() < 0.1:
        at = dice.randrange(1, len(sentences))
        parts = [sentences[:at], sentences[at:]]
    made = []
    for part in parts:
        text = " ".join(put_in(dice, sentence) for _, sentence in part)
        made.append(((seed, frozenset(nth for nth, _ in part)), with_words(clause, text)))
    return made


def numbered(dice, sections):
    """Numbers the clauses of all sections in one manner, or not at all."""
    manner = dice.choice(["as it was", "by section", "through", "none"])
    if manner == "as it was":
        return
    through = 0
    for at, (_, made) in enumerate(sections, 1):
        for nth, (seed, clause) in enumerate(made):
            through += 1
            number = {"by section": f'number = "{at}.{nth + 1}"\n', "through": f'number = "{through}."\n', "none": ""}[manner]
            made[nth] = (seed, re.sub(r"(?m)^number = .*\n", number, clause, count=1))


def protocol(dice, sources):
    """The source of a council's protocol, and for each clause with words, in order, what it was made of."""
    at = dice.randrange(len(sources))
    head, sections = sources[at]
    roles, staff = dice.choice(ROLES), dice.choice(STAFF)
    order = list(range(len(sections)))
    if dice.random() < 0.3 and len(order) > 2:
        move = dice.randrange(1, len(order))
        order.insert(dice.randrange(1, len(order)), order.pop(move))
    made = []
    for number in order:
        of = at
        if dice.random() < 0.15:
            of = dice.randrange(len(sources))
            number = dice.randrange(len(sources[of][1]))
        first, *rest = sources[of][1][number]
        kept = [((of, number, nth), clause) for nth, clause in enumerate(rest) if dice.random() > 0.12]
        if dice.random() < 0.4:
            other = dice.randrange(len(sources))
            theirs = dice.randrange(len(sources[other][1]))
            lent = sources[other][1][theirs][1:]
            if lent:
                nth = dice.randrange(len(lent))
                kept.append(((other, theirs, nth), lent[nth]))
        if len(kept) > 2 and dice.random() < 0.3:
            kept.insert(dice.randrange(len(kept)), kept.pop(dice.randrange(len(kept))))
        for old, new in HEADINGS:
            if dice.random() < 0.3:
                first = re.sub(rf'(?m)^heading = "[^"\n]*\b{old}\b[^"\n]*"', f'heading = "{new}"', first)
        made.append((first, [part for seed, clause in kept for part in varied(dice, seed, clause, roles, staff)]))
    if dice.random() < 0.3 and len(made) > 1:
        from_, to = dice.sample(made, 2)
        if from_[1]:
            to[1].append(from_[1].pop(dice.randrange(len(from_[1]))))
    numbered(dice, made)
    # Ids and silences name clauses that may be gone.
    body = "".join(first + "".join(clause for _, clause in parts) for first, parts in made)
    text = re.sub(r"(?m)^(id|under) = .*\n", "", head + body)
    text = re.sub(r"(?ms)^\[\[silence\]\].*?(?=^\[|\Z)", "", text)
    text = re.sub(r"(?m)^status = .*$", 'status = "draft"', text)
    return text, [seed for _, parts in made for seed, _ in parts if seed]


def write(folder, name, version, text):
    document = folder / "protocols" / name / "member-officer"
    document.mkdir(parents=True, exist_ok=True)
    (document.parent / "council.toml").write_text(f'name = "{name.title()} Parish Council"\nkind = "parish"\n')
    (document / f"{version}.toml").write_text(text)


def council(dice, folder, name, sources):
    """Writes a council's protocol; gives for each clause with words, in order, what it was made of."""
    text, seeds = protocol(dice, sources)
    write(folder, name, "draft", text)
    return seeds


def adopted(text, dates):
    """The source as it is after an adoption on the last of these days, and on the others before; a review is due a year later."""
    head, body = text[: text.index("[[section]]")], text[text.index("[[section]]") :]
    # What was made of another council's has its dates, and what it prints of them.
    head = re.sub(r"(?ms)^\[\[?(history|review|control)\]?\]\n.*?(?=^\[|\Z)", "", head)
    head = re.sub(r"(?m)^(front|back) = .*\n", "", head)
    head = re.sub(r"(?m)^status = .*$", 'status = "adopted"', head)
    events = "".join(f'[[history]]\nevent = "{"readopted" if at else "adopted"}"\ndate = {date}\n\n' for at, date in enumerate(dates))
    return f'{head}{events}[review]\ndue = {dates[-1].replace(year=dates[-1].year + 1)}\n\n{body}'


def amended(dice, text):
    """The source after an amendment: of its clauses some are left out and some say it in other words."""
    head, sections = clauses(text)
    kept = []
    for first, *rest in sections:
        kept.append(first)
        for clause in rest:
            chance, words = dice.random(), words_of(clause)
            if words and chance < 0.1:
                kept.append(with_words(clause, other_words(dice, words)))
            elif chance < 0.95:
                kept.append(clause)
    return head + "".join(kept)


def workspace(folder, councils, versions=1, seed=7):
    """Writes a workspace of so many councils, each with so many adopted versions of its protocol."""
    dice, sources = random.Random(seed), read_sources()
    for nth in range(councils):
        text, _ = protocol(dice, sources)
        # The 29th of a month is not in every year.
        dates = [date(dice.randrange(2019, 2026), dice.randrange(1, 13), dice.randrange(1, 29))]
        for version in range(versions):
            if version:
                text, dates = amended(dice, text), [*dates, dates[-1].replace(year=dates[-1].year + 1)]
            status = "adopted" if version + 1 == versions else "superseded"
            current = adopted(text, dates).replace('status = "adopted"', f'status = "{status}"', 1)
            write(folder, f"council-{nth:05}", dates[-1].isoformat(), current)


def long(provisions, seed=7):
    """Two versions of one document of so many clauses: what many councils say, one after the other."""
    dice, sources = random.Random(seed), read_sources()
    head, left = 'title = "Standing Orders"\nstatus = "draft"\n', provisions
    sections = []
    while left > 0:
        for first, *rest in clauses(protocol(dice, sources)[0])[1]:
            heading = re.search(r"(?m)^heading = .*\n", first)
            at, rest = len(sections) + 1, rest[: max(0, left)]
            left -= len(rest)
            if rest:
                numbers = (re.sub(r"(?m)^number = .*\n", "", clause) for clause in rest)
                numbers = (clause.replace("\n", f'\nnumber = "{at}.{nth}"\n', 1) for nth, clause in enumerate(numbers, 1))
                sections.append(f'[[section]]\nnumber = "{at}."\n{heading[0] if heading else ""}\n' + "".join(numbers))
    text = head + "".join(sections)
    return text, amended(dice, text)


def read_sources():
    return [clauses(path.read_text()) for path in SOURCES]
