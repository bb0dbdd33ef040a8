"""writer.py LEFT RIGHT CHANGES PROFILE: LibreOffice Writer's Edit > Track Changes > Compare Document, without a screen: opens the
RIGHT Word file, compares it with the LEFT one, and saves that with its tracked changes. Run by the Python that has the bridge."""

import sys
from pathlib import Path
from types import SimpleNamespace

import uno

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / ".ci/outside"))
sys.dont_write_bytecode = True
from office import Office, settings  # noqa: E402


def compared(office, left, right, changes):
    url = uno.systemPathToFileUrl
    document = office.desktop.loadComponentFromURL(url(right), "_blank", 0, settings(Hidden=True))
    try:
        dispatcher = office.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", office.context)
        frame = document.getCurrentController().getFrame()
        dispatcher.executeDispatch(frame, ".uno:CompareDocuments", "", 0, settings(URL=url(left), NoAcceptDialog=True))
        if not document.getRedlines().createEnumeration().hasMoreElements():
            sys.exit("LibreOffice finds no change")
        document.storeToURL(url(changes), settings(FilterName="MS Word 2007 XML"))
    finally:
        document.close(True)


left, right, changes, profile = sys.argv[1:]
# A profile that is there already and stays: nobody makes one for each start.
with Office(SimpleNamespace(name=profile, cleanup=lambda: None)) as office:
    compared(office, left, right, changes)
