"""Check every chain of events: nothing altered, removed or inserted behind the portal's back."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from accounts.events import Event, broken_chains


class Command(BaseCommand):
    help = "Memeriksa rantai semua peristiwa dan menyebut yang rusak. Selesai dengan galat bila ada."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for model in event_models():
            found = [f"  {subject}: {fault}" for subject, fault in broken_chains(model)]
            faults += len(found)
            number = model._default_manager.count()
            self.stdout.write("\n".join([f"{model._meta.db_table}: {number} peristiwa, {len(found)} rusak", *found]))
        if faults:
            raise CommandError(f"{faults} kerusakan ditemukan. Simpan basis data ini dan bandingkan dengan cadangan.")


def event_models() -> list[type[Event]]:
    return [model for model in apps.get_models() if issubclass(model, Event)]
