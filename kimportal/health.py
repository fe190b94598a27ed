"""/healthz: whether the portal can do its work, for whoever watches over it. No paths, no names, no versions."""

from __future__ import annotations

import shutil
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.outbox import OutgoingMail
from uploads.files import storage_state

LEAST_DISK = 200  # megabytes; below, photos and the database's log soon find no room
LATE_MAIL = 3600  # seconds


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when reports can be filed, 503 when not. Late mail and refused photos are told, but send nobody away."""
    facts: dict[str, Any] = {
        "database": "ok",
        "migrations": "ok",
        "disk_free_mb": disk_free(),
        "media": storage_state(),
        "outbox_oldest_seconds": None,
    }
    try:
        facts["migrations"] = "ok" if has_all_migrations() else "pending"
        facts["outbox_oldest_seconds"] = outbox_age() if facts["migrations"] == "ok" else None
    except (DatabaseError, InterfaceError):
        facts["database"], facts["migrations"] = "away", "unknown"
    works = facts["database"] == facts["migrations"] == "ok" and facts["disk_free_mb"] >= LEAST_DISK
    return JsonResponse({"status": word_for(works, facts), **facts}, status=200 if works else 503)


def word_for(works: bool, facts: dict[str, Any]) -> str:
    if not works:
        return "failing"
    if facts["media"] != "ok":
        return "no photos"
    return "late mail" if (facts["outbox_oldest_seconds"] or 0) > LATE_MAIL else "ok"


def has_all_migrations() -> bool:
    """Whether the tables are those of this code. Asked anew until it is so; then it stays so for this process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    try:
        return _require_all_migrations()
    except LookupError:
        return False


@cache
def _require_all_migrations() -> bool:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise LookupError  # not kept: only an answer is
    return True


def outbox_age() -> int | None:
    """Seconds since the mail that waits longest was written."""
    oldest = OutgoingMail.objects.oldest_waiting()
    return int((timezone.now() - oldest).total_seconds()) if oldest else None


def disk_free() -> int:
    """Megabytes left where the data live."""
    return shutil.disk_usage(settings.VAR_DIR).free // 2**20
