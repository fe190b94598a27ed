"""Quotas that hold across worker processes: rows raised with F(), never a refusal of their own.

What a caller does with "over the limit" is its own affair: sign-in and tracking codes refuse, filing a report only
holds it back for a look (quality.md D5). Call outside the action's transaction, so that a rollback forgets no try.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from accounts.events import random_key

KEEP = timedelta(days=2)  # the longest window is a day


def secret_digest(*parts: str) -> str:
    """HMAC of the parts under DIGEST_KEY, 64 hexadecimal characters: the table alone tells nobody's address."""
    return hmac.new(settings.DIGEST_KEY.encode(), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def cache_key(key: str, key_prefix: str, version: int) -> str:
    """Where the cache keeps a value: allauth writes plain digests of addresses into its keys, which can be guessed."""
    return secret_digest("cache", key_prefix, str(version), key)


class LimitCounterQuerySet(models.QuerySet["LimitCounter"]):
    def purge(self) -> int:
        """Forget windows that ended; returns how many."""
        return self.filter(started_at__lt=timezone.now() - KEEP).delete()[0]


class LimitCounter(models.Model):
    """How often something was tried in one window of time, by whom is only a keyed digest."""

    # A running number would put a day's window, begun by an anonymous report, between two windows of an hour.
    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    key_digest = models.CharField(max_length=64)
    started_at = models.DateTimeField(db_index=True)
    hits = models.PositiveIntegerField(default=0)

    objects = LimitCounterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key_digest", "started_at"], name="limit_counter_window")]


def hit(scope: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one try of `key` and say whether it is over `limit` tries in this window of `seconds`."""
    with transaction.atomic():
        row = window(scope, key, seconds)
        if not row.update(hits=F("hits") + 1):
            create_window(scope, key, seconds)
            row.update(hits=F("hits") + 1)
        return row.values_list("hits", flat=True)[0] > limit


def count(scope: str, key: str, seconds: int) -> int:
    """Tries of `key` so far in this window; counts nothing."""
    return window(scope, key, seconds).values_list("hits", flat=True).first() or 0


def forget(scope: str, key: str, seconds: int) -> None:
    """Start the window again: after a success the failed tries before it do not matter."""
    window(scope, key, seconds).update(hits=0)


def window(scope: str, key: str, seconds: int) -> models.QuerySet[LimitCounter]:
    return LimitCounter.objects.filter(**window_fields(scope, key, seconds))


def create_window(scope: str, key: str, seconds: int) -> None:
    """Two processes may come here at once: the second one's row is ignored, not an error."""
    LimitCounter.objects.bulk_create([LimitCounter(**window_fields(scope, key, seconds))], ignore_conflicts=True)


def window_fields(scope: str, key: str, seconds: int) -> dict[str, Any]:
    now = int(timezone.now().timestamp())
    started_at = datetime.fromtimestamp(now - now % seconds, UTC)
    return {"key_digest": secret_digest(scope, str(seconds), key), "started_at": started_at}


def client_address(request: HttpRequest) -> str:
    """The address that the outermost trusted proxy saw; without proxies, the peer's. "" when it is none.

    Each trusted proxy appends one entry to X-Forwarded-For, so the true one stands TRUSTED_PROXIES from the right; what
    stands left of it was written by the client and proves nothing.
    """
    proxies = settings.TRUSTED_PROXIES
    entries = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    trusted = 0 < proxies <= len(entries) and entries[-proxies]
    return normal_address(trusted or request.META.get("REMOTE_ADDR", ""))


def normal_address(text: str) -> str:
    """IPv4 as it is, IPv6 as its /64 (one subscriber), ports and brackets taken off, "" for anything else."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


def network_digest(request: HttpRequest) -> str:
    """A name for the client's network that changes every day and cannot be turned back (32 characters)."""
    return secret_digest("network", timezone.localdate().isoformat(), client_address(request))[:32]
