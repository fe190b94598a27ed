"""Keep the clock: send mail, close what is due, forget what the law says to forget."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from kimportal.clock import run_due
from kimportal.middleware import is_database_away

logger = logging.getLogger("kimportal.clock")

TICK = 1.0  # seconds between two looks at the clock
LONGEST_WAIT = 60.0  # while the database is away


class Command(BaseCommand):
    help = "Menjalankan tugas berkala (surat, tenggat, pembersihan) sampai dihentikan dengan Ctrl-C atau SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="jalankan yang sudah waktunya sekali, lalu selesai")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.once()
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        logger.info("Pekerja latar mulai.")
        keep_clock(stopped)
        logger.info("Pekerja latar berhenti.")

    def once(self) -> None:
        failed = run_due()
        if failed:
            raise CommandError(f"Tugas gagal: {', '.join(failed)}. Lihat catatan di atas.")
        self.stdout.write("Semua tugas yang sudah waktunya selesai dijalankan.")


def keep_clock(stopped: threading.Event) -> None:
    """Tick until stopped; a task that runs is finished first. Outlives the database being away."""
    wait = TICK
    while not stopped.is_set():
        wait = TICK if tick() else min(wait * 2, LONGEST_WAIT)
        stopped.wait(wait)
    connection.close()


def tick() -> bool:
    """One look at the clock; False while the database is away."""
    close_old_connections()
    try:
        run_due()
    except (DatabaseError, InterfaceError) as error:
        if not is_database_away(error):
            raise
        logger.warning("Basis data tidak terjangkau (%s); dicoba lagi sebentar lagi.", type(error).__name__)
        connection.close()
        return False
    return True
