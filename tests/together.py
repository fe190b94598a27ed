"""Run something in several threads at the same moment, as several worker processes would."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection


def together(number: int, work: Callable[[], object]) -> list[object]:
    """What `work` returned in each of `number` threads that started together; a failure of one is raised."""
    start, results, errors = threading.Barrier(number), [], []

    def run() -> None:
        start.wait()
        try:
            results.append(work())
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results
