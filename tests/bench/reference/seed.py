"""Make the reference's tables and rows: `python -m tests.bench.reference.seed 1000000` prints a signed-in cookie."""

from __future__ import annotations

import os
import sys

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.reference.settings"
    django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection

from tests.bench.reference.models import Posted, Report

TEXT = "'Lubang besar di tengah jalan sudah dua minggu belum diperbaiki. Warga menaruh ban bekas sebagai tanda. '"
SQLITE = f"""
INSERT INTO reference_report (title, body, category, status, area, reporter, created)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
SELECT 'Jalan rusak di depan pasar ' || i, {TEXT} || {TEXT} || i, i %% 12, abs(random() %% 5), abs(random() %% 5000),
  'warga' || (i %% 60000), datetime('2020-01-01', '+' || (i * 150) || ' seconds') FROM n"""
POSTGRESQL = f"""
INSERT INTO reference_report (title, body, category, status, area, reporter, created)
SELECT 'Jalan rusak di depan pasar ' || i, {TEXT} || {TEXT} || i, i %% 12, floor(random() * 5), floor(random() * 5000),
  'warga' || (i %% 60000), timestamptz '2020-01-01 00:00+00' + i * interval '150 seconds'
FROM generate_series(1, %s) AS n(i)"""


def seed(rows: int) -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    Posted.objects.all().delete()
    if Report.objects.count() == rows:
        return
    Report.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE, [rows])
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def signed_in() -> str:
    user, _ = get_user_model().objects.get_or_create(username="petugas", defaults={"password": "!"})
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


if __name__ == "__main__":
    seed(int(sys.argv[1]))
    first = Report.objects.order_by("pk").first()
    print(first.pk if first else 0, signed_in())
