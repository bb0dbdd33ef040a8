"""measure.py: programs one after the other, round by round, and what each took: seconds that pass, seconds of the processors,
and memory at the peak, of the whole process and all that it starts."""

import json
import os
import shutil
import statistics
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# A process of its own and a small one, as Linux counts the memory of who starts a program as that program's.
ALONE = """
import os, sys, time
null = os.open(os.devnull, os.O_RDWR)
quiet = [(os.POSIX_SPAWN_DUP2, null, at) for at in (0, 1, 2)]
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - start
print([wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)])
"""


@dataclass
class Program:
    """How one program does a work."""

    command: list
    # What it does less, or otherwise; empty if it does the same.
    note: str = ""
    # What it is to leave behind, and how many files: a program that does nothing is quick.
    makes: tuple = ()
    # `git diff` says with 1 that there are differences.
    done: tuple = (0,)


@dataclass
class Taken:
    """What one run took: seconds, seconds of the processors, MiB."""

    wall: float
    processors: float
    peak: float


def alone(program, cwd):
    command = [str(part) for part in program.command]
    run = subprocess.run([sys.executable, "-I", "-S", "-c", ALONE, *command], cwd=cwd, capture_output=True, text=True, check=True)
    *taken, status = json.loads(run.stdout)
    if status not in program.done:
        # Once more, to hear what it has to say.
        subprocess.run(command, cwd=cwd, stdout=sys.stderr)
        sys.exit(f"{' '.join(command)[:300]} ended with status {status}")
    return Taken(*taken)


def least():
    """The MiB that any program is said to take, as that is what starts it."""
    return alone(Program(["true"]), "/").peak


class Bench:
    """Runs works and prints them as the rows of one table. What the programs write goes into the folder `out`."""

    def __init__(self, rounds, out):
        self.rounds, self.out = rounds, out
        self.least = least()

    def head(self, title):
        print(f"\n## {title}\n")
        print("| work | program | median | fastest to slowest | of processors | MiB | to engross, time | to engross, processors |")
        print("|---|---|---|---|---|---|---|---|", flush=True)

    def once(self, name, program, cwd):
        # Into an empty folder each time: what is there already would not be written again.
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()
        taken = alone(program, cwd)
        if program.makes:
            pattern, count = program.makes
            made = len(list(self.out.rglob(pattern)))
            assert made == count, f"{name} made {made} of {count} {pattern}"
        return taken

    def work(self, name, programs, cwd):
        """The programs, of which the first is engross, alternating. A ratio is the median of each round's, so that what
        else the machine did meanwhile counts for less."""
        taken = {program: [] for program in programs}
        # The first time warms the caches, and is not counted.
        for at in range(-1 if self.rounds > 1 else 0, self.rounds):
            for program, does in programs.items():
                one = self.once(program, does, cwd)
                if at >= 0:
                    taken[program].append(one)
        first = next(iter(taken.values()))
        for at, (program, runs) in enumerate(taken.items()):
            wall = [run.wall for run in runs]
            cells = [name if at == 0 else "", program + (f" ({programs[program].note})" if programs[program].note else "")]
            cells += [seconds(statistics.median(wall)), f"{seconds(min(wall))} to {seconds(max(wall))}"]
            cells += [seconds(statistics.median(run.processors for run in runs)), self.memory(max(run.peak for run in runs))]
            for of in ("wall", "processors"):
                ratios = [getattr(run, of) / max(getattr(ours, of), 0.001) for run, ours in zip(runs, first, strict=True)]
                cells.append("" if at == 0 else times(statistics.median(ratios)))
            print(f"| {' | '.join(cells)} |", flush=True)

    def memory(self, peak):
        return f"under {self.least + 1:.0f}" if peak < self.least + 1 else f"{peak:.0f}"


def seconds(value):
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms"


def times(ratio):
    """How often a peer takes what engross takes. Below one engross is slower, and it says so."""
    if ratio >= 0.995:
        return f"× {ratio:.1f}" if ratio < 10 else f"× {ratio:.0f}"
    return f"**× {ratio:.2f}**"


@contextmanager
def watched():
    """Says at the end how much of the machine others had meanwhile."""

    def now():
        user, nice, system, _, _, interrupts, soft, stolen = map(int, Path("/proc/stat").read_text().split()[1:9])
        own = os.times()
        busy = (user + nice + system + interrupts + soft + stolen) / os.sysconf("SC_CLK_TCK")
        return busy, own.user + own.system + own.children_user + own.children_system, own.elapsed

    before = now()
    yield
    busy, own, elapsed = (after - before for after, before in zip(now(), before, strict=True))
    others = max(0, busy - own) / elapsed
    print(f"\nMeanwhile other work took {others:.1f} of the {os.cpu_count()} processors, {elapsed / 60:.0f} minutes long.")
