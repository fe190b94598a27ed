"""Limits: counted together by all processes, without anybody's address."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from accounts import limits
from accounts.limits import LimitCounter, client_address, count, forget, hit, network_digest
from tests.together import together


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is moved."""
    times = [datetime(2026, 11, 21, 10, 0, tzinfo=UTC)]
    monkeypatch.setattr(limits.timezone, "now", lambda: times[-1])
    return lambda **step: times.append(times[-1] + timedelta(**step))


class TestHit:
    def test_the_first_tries_are_within_the_limit_and_the_next_is_over(self, db, clock):
        assert [hit("track", "a", limit=3, seconds=3600) for _ in range(5)] == [False, False, False, True, True]

    def test_a_new_window_begins_at_zero(self, db, clock):
        hit("track", "a", limit=1, seconds=3600)
        clock(hours=1)
        assert not hit("track", "a", limit=1, seconds=3600)

    def test_keys_and_scopes_are_counted_apart(self, db, clock):
        hit("track", "a", limit=1, seconds=3600)
        assert not hit("track", "b", limit=1, seconds=3600)
        assert not hit("file", "a", limit=1, seconds=3600)
        assert not hit("track", "a", limit=1, seconds=60)

    def test_scope_and_key_do_not_run_into_each_other(self, db, clock):
        hit("track", "a", limit=1, seconds=3600)
        assert not hit("track3", "a", limit=1, seconds=600)

    def test_neither_key_nor_scope_is_stored(self, db):
        hit("pelacakan", "10.1.2.3", limit=1, seconds=3600)
        stored = repr(LimitCounter.objects.values().get())
        assert "10.1.2.3" not in stored
        assert "pelacakan" not in stored

    def test_order_of_the_rows_tells_nothing(self, db):
        for key in "ab":
            hit("track", key, limit=1, seconds=3600)
        first, second = LimitCounter.objects.order_by("pk").values_list("pk", flat=True)
        assert second - first > 2**16

    def test_it_takes_few_queries(self, db, clock, django_assert_max_num_queries):
        hit("track", "a", limit=1, seconds=3600)
        with django_assert_max_num_queries(4):  # two of them open and close a savepoint
            hit("track", "a", limit=1, seconds=3600)


class TestHitTogether:
    def test_eight_threads_of_fifty_keep_four_hundred(self, transactional_db, clock):
        def work():
            for _ in range(50):
                hit("track", "a", limit=10, seconds=3600)

        together(8, work)
        assert count("track", "a", 3600) == 400


class TestCount:
    def test_it_counts_nothing_itself(self, db):
        assert [count("track", "a", 60), count("track", "a", 60)] == [0, 0]


class TestForget:
    def test_it_starts_the_window_again(self, db, clock):
        hit("track", "a", limit=1, seconds=3600)
        forget("track", "a", 3600)
        assert not hit("track", "a", limit=1, seconds=3600)


class TestPurge:
    def test_it_removes_old_windows_only(self, db):
        hit("track", "new", limit=1, seconds=86400)
        LimitCounter.objects.create(key_digest="x", started_at=timezone.now() - timedelta(days=3))
        assert LimitCounter.objects.purge() == 1
        assert count("track", "new", 86400) == 1


def request(remote="203.0.113.9", forwarded=None):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **headers)


class TestClientAddress:
    def test_without_proxies_a_forwarded_address_is_a_lie(self, settings):
        settings.TRUSTED_PROXIES = 0
        assert client_address(request(forwarded="198.51.100.1")) == "203.0.113.9"

    @pytest.mark.parametrize(("proxies", "found"), [(1, "192.0.2.2"), (2, "192.0.2.1")])
    def test_the_entry_of_the_outermost_trusted_proxy_counts(self, settings, proxies, found):
        settings.TRUSTED_PROXIES = proxies
        assert client_address(request(forwarded="6.6.6.6, 192.0.2.1,192.0.2.2")) == found

    @pytest.mark.parametrize("forwarded", [None, "", "192.0.2.1", ","])
    def test_too_short_a_list_falls_back_to_the_peer(self, settings, forwarded):
        settings.TRUSTED_PROXIES = 2
        assert client_address(request(forwarded=forwarded)) == "203.0.113.9"

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("198.51.100.7:4711", "198.51.100.7"),
            ("[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
            ("::ffff:198.51.100.7", "198.51.100.7"),
            ("fe80::1%eth0", "fe80::/64"),
            ("", ""),
            ("bukan alamat", ""),
            ("'; DROP TABLE", ""),
        ],
    )
    def test_addresses_are_made_alike(self, settings, text, found):
        settings.TRUSTED_PROXIES = 0
        assert client_address(request(remote=text)) == found


class TestNetworkDigest:
    def test_it_is_the_same_for_one_network_on_one_day(self, clock):
        assert network_digest(request("2001:db8::1")) == network_digest(request("2001:db8::2"))

    def test_it_differs_between_networks(self, clock):
        assert network_digest(request("203.0.113.1")) != network_digest(request("203.0.113.2"))

    def test_it_changes_every_day(self, clock):
        before = network_digest(request())
        clock(days=1)
        assert network_digest(request()) != before

    def test_it_needs_the_key(self, clock, settings):
        before = network_digest(request())
        settings.DIGEST_KEY = "kunci-lain"
        assert network_digest(request()) != before
