"""The control of several drills: a server that gives the code first and stores the report a moment later."""

from __future__ import annotations

import queue
import threading
import time
from typing import Any

from kimportal.wsgi import application as application
from reports import codes
from reports.models.filing import Filed, file_report
from reports.views import filing as views

waiting: queue.Queue[Any] = queue.Queue()


def promise(filing: Any) -> Filed:
    waiting.put(filing)
    return Filed(None, codes.code_for_submission(filing.submission_id), is_new=True)  # type: ignore[arg-type]  # planted on purpose


def keep_promises() -> None:
    while True:
        filing = waiting.get()
        time.sleep(0.02)
        try:
            file_report(filing)
        except Exception as error:
            print(f"promise broken: {error!r}", flush=True)


views.file_report = promise  # type: ignore[attr-defined]  # planted on purpose
views.looks_automatic = lambda request: False  # it counts in the database, and a full one would answer first
threading.Thread(target=keep_promises, daemon=True).start()
