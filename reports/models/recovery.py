"""A new tracking code for who lost the old one. Never for an anonymous report: nobody knows whom to write to."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reports import codes, notifications
from reports.models.actor import Actor, Audience
from reports.models.report import Report
from reports.models.reporter import RecoveryLink, RecoveryRequest

NEWEST = 5  # links in one request; more would be a burden on the mailbox


def send_recovery_links(address: str, site_url: str) -> int:
    """Queue one mail for each of the newest reports filed with this e-mail; how many."""
    reports = Report.objects.filter(reporter__email=address, reporter__withdrawn_at__isnull=True)
    with transaction.atomic():
        chosen = list(reports.select_related("category", "area").order_by("-created_at", "-id")[:NEWEST])
        for report in chosen:
            token = secrets.token_urlsafe(24)
            RecoveryLink.objects.create(report=report, token_digest=codes.token_digest(token))
            notifications.code_recovery(report, address, f"{site_url}/laporan/kode-baru/{token}/")
    return len(chosen)


def answer_recovery_requests() -> int:
    """Send what was asked for and forget who asked; how many requests. Each is answered once, by one worker."""
    answered = 0
    for key in RecoveryRequest.objects.values_list("pk", flat=True)[:100]:
        with transaction.atomic():
            request = RecoveryRequest.objects.select_for_update().filter(pk=key).first()
            if request is None:
                continue
            send_recovery_links(request.email, settings.SITE_URL)
            request.delete()
            answered += 1
    return answered


def use_recovery_link(token: str) -> str | None:
    """The new code, once; the old one ends at this moment. None for a used, old or unknown link."""
    with transaction.atomic():
        usable = RecoveryLink.objects.usable().select_for_update(of=("self",))
        link = usable.filter(token_digest=codes.token_digest(token)).first()
        if link is None:
            return None
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        report = Report.objects.select_for_update().get(pk=link.report_id)
        code = codes.new_code()
        report.code_digest = codes.code_digest(code)
        report.save(update_fields=["code_digest"])
        report.record("code_replaced", Actor.reporter(), audience=Audience.REPORTER)
    return code
