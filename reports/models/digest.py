"""The officers' morning mail: one a working day, however often the clock asks, and made up for after a lost night."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone

from accounts.models import Role, RoleGrant, User
from regions.calendar import ONE_DAY, working_days, zone_of
from reports import notifications
from reports.models.report import Report

HOUR = 7  # on the clock of the officer's area
MOST = 1000  # a longer queue is told as "1000"
WRITTEN_TO = (Role.REPORT_COORDINATOR, Role.LIAISON)


class OfficerDigest(models.Model):
    """The day an officer was last written to."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    last_on = models.DateField()

    class Meta:
        verbose_name = "ringkasan petugas"
        verbose_name_plural = "ringkasan petugas"

    def __str__(self) -> str:
        return f"Ringkasan {self.last_on}"

    @classmethod
    def send_due(cls, now: datetime | None = None) -> int:
        """Queue the mail of every officer whose working day has begun and who got none today; how many mails."""
        now = now or timezone.now()
        grants = RoleGrant.objects.current().filter(role__in=WRITTEN_TO, user__is_active=True)
        told = dict(cls.objects.values_list("user", "last_on"))
        places = {grant.user: place_of(grant) for grant in grants.select_related("user", "institution").order_by("-pk")}
        return sum(cls._tell(user, code, now, told.get(user.pk)) for user, code in places.items())

    @classmethod
    def _tell(cls, user: User, area_code: str, now: datetime, last_on: date | None) -> int:
        local = now.astimezone(zone_of(area_code))
        today = local.date()
        if local.hour < HOUR or last_on == today or today not in working_days(area_code, today - ONE_DAY, today):
            return 0
        with transaction.atomic():
            if not cls._claim(user, today):
                return 0
            counts = counts_of(user)
            if counts["pending"]:
                notifications.officer_digest(user, counts)
        return 1 if counts["pending"] else 0

    @classmethod
    def _claim(cls, user: User, today: date) -> bool:
        """Whether this worker, and no other, writes to this officer today."""
        OfficerDigest.objects.bulk_create([OfficerDigest(user=user, last_on=today - ONE_DAY)], ignore_conflicts=True)
        return bool(cls.objects.filter(user=user, last_on__lt=today).update(last_on=today))


def place_of(grant: RoleGrant) -> str:
    return (grant.institution.area_id if grant.institution else grant.area_id) or ""


def counts_of(user: User) -> dict[str, int]:
    """How many reports wait for this person, and how many too long."""
    handled = Report.objects.handled_by(user)
    return {"pending": handled.pending()[:MOST].count(), "overdue": handled.overdue()[:MOST].count()}
