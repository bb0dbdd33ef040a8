"""ics.py ENGROSS WORKSPACE HOSTILE: a calendar program takes what `engross review --format ics` writes.

Read by icalendar, and by the octet where that is lenient: lines end in CR LF and are no longer than RFC 5545 (3.1) allows.
Held against the register as JSON: an entry for each document that is to be reviewed, on its day, with its title, its address
on the web and its reminders. A document keeps its identifier from register to register, and the later one outranks the earlier.
"""

import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from icalendar import Calendar

from workspaces import DAYS, register, review, say

LONGEST_LINE = 75  # octets, without the line break
LONGEST_TITLE = 200  # letters, the council's name and the title together: more may be cut
REMINDERS = {(): (90, 30, 7), ("--remind", "14d,1d"): (14, 1), ("--remind", "2w"): (14,)}


def lines(octets):
    """What is wrong with the lines."""
    if not octets.endswith(b"\r\n"):
        yield "it does not end in CR LF"
    for line in octets.removesuffix(b"\r\n").split(b"\r\n"):
        if b"\n" in line or b"\r" in line:
            yield f"a line does not end in CR LF: {line[:80]!r}"
        if len(line) > LONGEST_LINE:
            yield f"a line has {len(line)} octets: {line[:80]!r}"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"a letter is cut in two by the fold: {line!r}"


def parsed(octets, failures):
    """The one calendar in the file; what icalendar could not read is kept beside each component."""
    calendars = Calendar.from_ical(octets, multiple=True)
    if len(calendars) != 1:
        raise ValueError(f"it holds {len(calendars)} calendars")
    calendar = calendars[0]
    for component in calendar.walk():
        failures += [f"{component.name}: {key}: {why}" for key, why in component.errors]
        missing = [key for key in component.required if key not in component]
        failures += [f"a {component.name} has no {key}" for key in missing]
        twice = [key for key in ("UID", "DTSTAMP", "SUMMARY", "SEQUENCE", "URL") if isinstance(component.get(key), list)]
        failures += [f"a {component.name} has {key} twice" for key in twice]
    for key, wanted in (("VERSION", "2.0"),):
        if calendar.get(key) != wanted:
            failures.append(f"its {key} is {calendar.get(key)}, not {wanted}")
    if not calendar.get("PRODID", "").strip():
        failures.append("it does not say what made it (PRODID)")
    for component in calendar.subcomponents:
        if component.name not in ("VEVENT", "VTODO"):
            failures.append(f"it holds a {component.name}")
    return calendar


def last_day(text):
    """The last day of a date as precise as a year, a month or a day."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def wanted_day(row, as_of):
    """The component an entry of the register is, and its day."""
    if row["state"] in ("overdue", "undated"):
        return "VTODO", as_of
    due = date.fromisoformat(row["due"])
    return "VEVENT", min(due, last_day(row["planned"])) if row["planned"] else due


def entry_of(component, rows):
    """The entry that a component tells of: the version stands on a line of its description."""
    said = component.get("DESCRIPTION", "").split()
    return next((rows[word] for word in said if word in rows), None)


def about(component, row, as_of, days):
    """What is wrong with one event or task."""
    name, day = wanted_day(row, as_of)
    if component.name != name:
        yield f"it is a {component.name}, not a {name}"
        return
    key = "DTSTART" if name == "VEVENT" else "DUE"
    given = component.get(key) and component[key].dt
    # A moment is a day too, in Python: an all-day entry has the type of a day and nothing more.
    if type(given) is not date or given != day:
        yield f"its {key} is {given}, not {day}"
    for other in ("DTEND", "DURATION", "RRULE"):
        if other in component:
            yield f"it has {other}: it is not one whole day"

    whole = ", ".join(part for part in (row["council"], row["title"]) if part)
    summary = str(component.get("SUMMARY", ""))
    cut = summary.partition(": ")[2].removesuffix("…")
    if row["title"] not in summary and not (len(whole) > LONGEST_TITLE and len(cut) >= 100 and whole.startswith(cut)):
        yield f'its SUMMARY is "{summary}", in which "{row["title"]}" is not'
    if row["link"] and str(component.get("URL", "")) != row["link"]:
        yield f"its URL is {component.get('URL')}, not {row['link']}"

    alarms = component.walk("VALARM")
    for alarm in alarms:
        if alarm.get("ACTION") != "DISPLAY" or not str(alarm.get("DESCRIPTION", "")).strip():
            yield f"an alarm shows nothing: ACTION {alarm.get('ACTION')}, DESCRIPTION {alarm.get('DESCRIPTION')!r}"
    before = Counter(alarm["TRIGGER"].dt for alarm in alarms if "TRIGGER" in alarm)
    # A task is due at once; when it reminds is its own affair.
    if name == "VEVENT" and before != Counter(timedelta(days=-number) for number in days):
        yield f"it reminds at {sorted(map(str, before.elements()))}, not {days} days before"


def one(octets, rows, as_of, days):
    """What is wrong with one file, and its components by document."""
    failures = list(lines(octets))
    calendar = parsed(octets, failures)
    wanted = {row["address"]: row for row in rows if row["state"] != "not-in-force"}
    if not wanted:
        failures.append("nothing is to be reviewed: the check has nothing to look at")
    found = {}
    for component in calendar.subcomponents:
        row = entry_of(component, wanted)
        if row is None:
            failures.append(f"{component.get('SUMMARY')} is of no document that is to be reviewed")
            continue
        address = row["address"]
        if address in found:
            failures.append(f"{address} is there twice")
        found[address] = component
        failures += [f"{address}: {wrong}" for wrong in about(component, row, as_of, days)]
    failures += [f"{address} is missing" for address in wanted if address not in found]
    uids = Counter(str(component.get("UID")) for component in calendar.walk() if component is not calendar)
    failures += [f"the identifier {uid} is there {count} times" for uid, count in uids.items() if count > 1]
    return failures, {address.partition("@")[0]: component for address, component in found.items()}


def outranks(earlier, later):
    """What is wrong between the registers of two days: a document's identifier stays, its sequence number rises."""
    for document in earlier.keys() & later.keys():
        old, new = earlier[document], later[document]
        if old.get("UID") != new.get("UID"):
            yield f"{document} was {old.get('UID')} and is {new.get('UID')}"
        if not old.get("SEQUENCE", 0) < new.get("SEQUENCE", 0):
            yield f"{document} has SEQUENCE {new.get('SEQUENCE')} after {old.get('SEQUENCE')}"
        if not old["DTSTAMP"].dt < new["DTSTAMP"].dt:
            yield f"{document} has DTSTAMP {new['DTSTAMP'].dt} after {old['DTSTAMP'].dt}"


def check(engross, workspace):
    failures, days_before, kinds = [], None, set()
    for day in DAYS:
        rows, as_of = register(engross, workspace, day), date.fromisoformat(day)
        for options, days in REMINDERS.items():
            ask = ("--format", "ics", "--as-of", day, *options)
            octets = review(engross, workspace, *ask)
            if review(engross, workspace, *ask) != octets:
                failures.append(f"{day}: two runs differ")
            wrong, found = one(octets, rows, as_of, days)
            failures += [f"{day} {' '.join(options)}: {what}" for what in wrong]
        failures += [f"{day}: {what}" for what in outranks(days_before or {}, found)]
        days_before = found
        kinds |= {component.name for component in found.values()}
    if kinds != {"VEVENT", "VTODO"}:
        failures.append(f"the check saw only {kinds}")
    return failures


def main():
    engross, *workspaces = sys.argv[1:]
    good = True
    for name, workspace in zip(("five", "hostile"), workspaces, strict=True):
        try:
            failures = check(engross, Path(workspace))
        except Exception as error:  # whatever icalendar, or this, trips over in a file that is not as it should be
            failures = [f"it cannot be read: {error!r}"]
        good = say("ics", name, failures) and good
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
