"""Print how to sign in to the demo; nothing where there is none."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from kimportal.demo.people import PASSWORD, accounts
from kimportal.demo.stories import sample_code


class Command(BaseCommand):
    help = "Mencetak akun contoh, sandinya, dan satu kode lacak contoh."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = accounts()
        if not rows:
            return
        widest = max(len(email) for email, _ in rows)
        lines = [f"  {email.ljust(widest)}  {what}" for email, what in rows]
        self.stdout.write("\n".join([f"Akun contoh, semua dengan sandi {PASSWORD}", *lines]))
        self.stdout.write(f"Kode lacak contoh: {sample_code()}")
