"""Questions asked inside a drill's portal: `python -m tests.bench.drills.inside QUESTION`, JSON in, JSON out."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import django

VILLAGE = "13.07.11.2004"


def fill(given: Any) -> int:
    """A village that exists, somebody who receives its reports, and its KIM with a decree."""
    from accounts.models import Role
    from tests.factories import make_area, make_grant, make_user

    make_area(VILLAGE)
    make_grant(make_user("petugas@contoh.invalid"), Role.REPORT_COORDINATOR, "13.07")
    return 1


def audit(given: list[list[Any]]) -> dict[str, int]:
    """What became of acknowledged reports, [key, code, number of photos] each."""
    from PIL import Image as Picture

    from accounts.chains import broken_chains
    from reports import codes
    from reports.models import Report, ReportCount, ReportEvent, ReportPhoto
    from uploads.files import photo_path
    from uploads.images import SIZES

    lost = wrong_code = photos = 0
    for key, code, sent in given:
        found = list(Report.objects.filter(submission_digest=codes.submission_digest(UUID(key))))
        lost += len(found) != 1
        for report in found:
            wrong_code += report.code_digest != codes.code_digest(codes.normalize_code(code) or "")
            keys = report.photos.values_list("image_id", flat=True)
            photos += len(keys) != sent
            for path in [photo_path(each, size) for each in keys for size in SIZES]:
                try:
                    with Picture.open(path) as picture:
                        picture.load()
                except OSError:
                    photos += 1
    reports = Report.objects.count()
    return {
        "reports": reports,
        "lost": lost,
        "wrong_code": wrong_code,
        "photos_missing": photos,
        "half": half_reports(),
        "twice": sum(number > 1 for number in Counter(Report.objects.values_list("description", flat=True)).values()),
        "counted_wrong": abs(sum(ReportCount.objects.values_list("count", flat=True)) - reports),
        "broken_chains": len(list(broken_chains(ReportEvent))),
        "stray_drafts": ReportPhoto.objects.drafts().count(),
    }


def half_reports() -> int:
    """Reports without their first event or whose photo has no file of every size."""
    from reports.models import Report, ReportPhoto
    from uploads.files import photo_path
    from uploads.images import SIZES

    unfiled = Report.objects.exclude(events__sequence=1).count()
    photos = ReportPhoto.objects.exclude(report=None).values_list("image_id", flat=True)
    return unfiled + sum(not photo_path(key, size).exists() for key in photos for size in SIZES)


def write_mails(number: int) -> int:
    from accounts.outbox import write

    for place in range(number):
        write(f"warga{place}@contoh.invalid", f"Surat {place}", "Isi surat.")
    return number


def mails(given: Any) -> dict[str, int]:
    from accounts.outbox import OutgoingMail

    return dict(Counter(OutgoingMail.objects.values_list("state", flat=True)))


def reminders(given: Any) -> dict[str, int]:
    """How many mails each person got about each thing."""
    from accounts.outbox import OutgoingMail

    pairs = OutgoingMail.objects.exclude(template="").values_list("to", "template", "subject")
    return {"|".join(pair): number for pair, number in Counter(pairs).items()}


def queue_work(number: int) -> int:
    """Officers with a report that waits, and a KIM whose decree ends in a month."""
    from django.utils import timezone

    from accounts.models import Role
    from groups.workflow import Status
    from tests.factories import make_grant, make_kim, make_report, make_user

    for place in range(number):
        make_grant(make_user(f"petugas{place}@contoh.invalid"), Role.REPORT_COORDINATOR, "13.07")
    make_report(VILLAGE)
    kim = make_kim(VILLAGE, status=Status.ACTIVE, admin=make_user("ketua@contoh.invalid"))
    kim.decrees.update(valid_until=timezone.localdate() + timedelta(days=30))
    kim.settle()
    return number


def contents(given: Any) -> dict[str, int]:
    """Rows of every table that an archive carries."""
    from django.apps import apps

    from kimportal.backup import rows

    return {model._meta.db_table: model._base_manager.count() for model in rows.tables(apps)}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()
    given = json.loads(sys.stdin.read() or "null")
    print(json.dumps(globals()[sys.argv[1]](given)))


if __name__ == "__main__":
    main()
