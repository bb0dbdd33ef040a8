"""office.py: Word files as LibreOffice reads them, with their tracked changes as they are, all accepted or all rejected.

`read` is for the other checks. It runs this file with Debian's Python (UNO_PYTHON), the one that has LibreOffice's bridge;
there it starts one LibreOffice, without a screen and with a profile of its own, lets it do every job, and ends it.

A job says which `file` to open, whether to do anything with its `changes` ("accept", "reject"), and where to write its `text`
and its `pdf`. The answer to a job says which `changes` LibreOffice found, how many were `left` in the end, or what `failed`.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DISPATCH = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
PATIENCE = 120  # seconds for LibreOffice to start, and to end


def read(jobs):
    """The answers to the jobs, in their order."""
    command = [os.environ["UNO_PYTHON"], __file__]
    jobs = [{key: value if key == "changes" else str(Path(value).resolve()) for key, value in job.items()} for job in jobs]
    # What the checks' own Python was told is not for Debian's.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    run = subprocess.run(command, input=json.dumps(jobs), capture_output=True, text=True, env=environment)
    if run.returncode != 0:
        raise ValueError(f"LibreOffice ended with status {run.returncode}: {run.stderr.strip()[-2000:]}")
    return json.loads(run.stdout)


def opens(files, folder):
    """Those of the files that LibreOffice cannot make into text, in `folder`, as they are."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, *files]
        subprocess.run(command, capture_output=True, timeout=PATIENCE, stdin=subprocess.DEVNULL)
    return [file for file in files if not (folder / file.with_suffix(".txt").name).is_file()]


def settings(**values):
    from com.sun.star.beans import PropertyValue

    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def connected(process, pipe):
    import uno
    from com.sun.star.connection import NoConnectException

    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)


def changes_in(document):
    found = []
    changes = document.getRedlines().createEnumeration()
    while changes.hasMoreElements():
        change = changes.nextElement()
        when = change.getPropertyValue("RedlineDateTime")
        kind, author = change.getPropertyValue("RedlineType"), change.getPropertyValue("RedlineAuthor")
        found.append({"kind": kind, "author": author, "date": f"{when.Year:04}-{when.Month:02}-{when.Day:02}"})
    return found


def done(job, context, desktop):
    import uno

    url = uno.systemPathToFileUrl(job["file"])
    document = desktop.loadComponentFromURL(url, "_blank", 0, settings(Hidden=True))
    if document is None:
        return {"failed": "LibreOffice does not open it"}
    try:
        if not document.supportsService("com.sun.star.text.TextDocument"):
            return {"failed": "LibreOffice takes it for something other than a text document"}
        answer = {"changes": changes_in(document)}
        if job.get("changes"):
            dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
            frame = document.getCurrentController().getFrame()
            dispatcher.executeDispatch(frame, DISPATCH[job["changes"]], "", 0, ())
            answer["left"] = len(changes_in(document))
        if job.get("text"):
            # UTF-8, lines that end in LF, and the numbers of numbered paragraphs as words.
            form = settings(FilterName="Text (encoded)", FilterOptions="UTF8,LF,,en-GB,")
            document.storeToURL(uno.systemPathToFileUrl(job["text"]), form)
        if job.get("pdf"):
            document.storeToURL(uno.systemPathToFileUrl(job["pdf"]), settings(FilterName="writer_pdf_Export"))
        return answer
    finally:
        document.close(True)


class Office:
    """LibreOffice, running, with a profile of its own unless it is given one."""

    def __init__(self, profile=None):
        self.profile = profile or tempfile.TemporaryDirectory()
        self.pipe = f"engross-{os.getpid()}-{Path(self.profile.name).name}"
        command = ["soffice", "--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={self.pipe};urp;"]
        command.append(f"-env:UserInstallation={Path(self.profile.name).as_uri()}")
        self.process = subprocess.Popen(command, stdout=sys.stderr, start_new_session=True)

    def __enter__(self):
        try:
            self.context = connected(self.process, self.pipe)
            self.desktop = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        with contextlib.suppress(Exception):
            self.desktop.terminate()  # It may hang up before it answers.
            self.process.wait(PATIENCE)
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.profile.cleanup()


def main():
    import uno  # noqa: F401 (without it, there is no com.sun.star)
    from com.sun.star.lang import DisposedException
    from com.sun.star.uno import Exception as UnoException

    jobs = json.load(sys.stdin)
    answers = []
    crashed_at = None
    while len(answers) < len(jobs):
        with Office() as office:
            while len(answers) < len(jobs):
                at = len(answers)
                try:
                    answers.append(done(jobs[at], office.context, office.desktop))
                except DisposedException:
                    # One more try with a LibreOffice that did nothing else before.
                    if crashed_at == at:
                        answers.append({"failed": f"LibreOffice crashes, told to {jobs[at].get('changes') or 'read'}"})
                    crashed_at = at
                    break
                except UnoException as error:
                    answers.append({"failed": f"LibreOffice: {type(error).__name__}: {error.Message}"})
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
