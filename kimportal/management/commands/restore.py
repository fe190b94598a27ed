"""Put the rows, photos and documents of an archive in place, on either database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from kimportal.backup.archive import Faulty
from kimportal.backup.progress import dotted
from kimportal.backup.restoring import restore

UNCHANGED = "Basis data tidak berubah."


class Command(BaseCommand):
    help = "Memulihkan cadangan. Memeriksa semuanya dulu; gagal di tengah jalan berarti tidak ada yang berubah."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", help="berkas dari perintah backup")
        parser.add_argument("--replace", action="store_true", help="ganti isi basis data yang sudah ada")
        parser.add_argument("--other-keys", action="store_true", help="kunci yang lama hilang; terima akibatnya")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["path"])
        try:
            manifest = restore(path, self.stdout.write, replace=options["replace"], other_keys=options["other_keys"])
        except Faulty as error:
            raise CommandError(f"{error} {UNCHANGED}") from error
        except OSError as error:
            raise CommandError(f"Pemulihan berhenti: {error.strerror or error}. {UNCHANGED}") from error
        except DatabaseError as error:
            raise CommandError(f"Pemulihan berhenti ({type(error).__name__}: {error}). {UNCHANGED}") from error
        count = sum(table["rows"] for table in manifest["tables"])
        self.stdout.write(
            f"Pulih: {dotted(count)} baris dan {dotted(manifest['files']['count'])} berkas, keadaan "
            f"{manifest['created_at'][:16].replace('T', ' ')} UTC. Periksa rantai peristiwa: manage.py verify_events"
        )
