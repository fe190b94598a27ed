"""The measuring itself: figures are read right, a missed goal says so, and the planted slow page is noticed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

import pytest

from regions.paging import keyset_page
from reports.views import public
from tests.bench import control, table
from tests.bench.databases import Database, short
from tests.bench.front import https_front
from tests.bench.goals import Goal, Row, goals_of, other_goals, peer_goals
from tests.bench.load import Foreign, Result, Shot, by_python, read_wrk
from tests.bench.page import LIST, POST, Page
from tests.bench.pages import count
from tests.bench.run import best_of
from tests.factories import make_published_report

WRK = """Running 2s test @ http://127.0.0.1:8000/
  Latency Distribution
     50%    5.30ms
     75%    6.00ms
     90%  900.00us
     99%    1.02s
  1446 requests in 2.00s, 5.00MB read
  Socket errors: connect 0, read 1, write 0, timeout 2
  Non-2xx or 3xx responses: 4
Requests/sec:    723.40
"""


class TestFront:
    def test_says_https_with_every_request_and_hands_the_answer_on(self) -> None:
        class Echo(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = f"{self.path} {self.headers['X-Forwarded-Proto']}".encode()
                self.send_response(203)
                self.send_header("X-Own", "ada")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        behind = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        threading.Thread(target=behind.serve_forever, daemon=True).start()
        with https_front(f"http://127.0.0.1:{behind.server_port}") as front, urlopen(f"{front}/a?b=c") as answer:
            assert (answer.status, answer.read(), answer.headers["X-Own"]) == (203, b"/a?b=c https", "ada")
        behind.shutdown()
        behind.server_close()


class TestLoad:
    @pytest.fixture
    def origin(self) -> Iterator[str]:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(500 if self.path == "/rusak" else 200)
                self.end_headers()

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"]))
                seen.add(sent)
                self.send_response(302)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        seen: set[bytes] = set()
        server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        server.seen = seen
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.server = server
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()

    def test_what_wrk_prints_is_read(self) -> None:
        assert read_wrk(WRK) == Result(rps=723.4, p50=5.3, p99=1020.0, bad=7)

    def test_nothing_measured_is_zero(self) -> None:
        assert read_wrk("unable to connect").rps == 0

    def test_our_own_client_counts_and_times(self, origin: str) -> None:
        result = by_python(Shot(f"{origin}/"), 1)
        assert result.rps > 1
        assert 0 < result.p50 <= result.p99
        assert result.bad == 0

    def test_our_own_client_notes_failures(self, origin: str) -> None:
        assert by_python(Shot(f"{origin}/rusak"), 1).bad > 1

    def test_every_filing_has_a_key_of_its_own(self, origin: str) -> None:
        by_python(Shot(f"{origin}/", form={"submission_id": "{uuid}"}), 1)
        assert len(self.server.seen) > 1

    def test_other_programs_are_seen(self) -> None:
        with Foreign() as foreign:
            pass
        assert 0 <= foreign.percent <= 100
        assert foreign.slow >= 1


def row(rps: float = 500, p99: float = 10, sql: int = 3, **over: object) -> Row:
    page = Page("Daftar laporan", "/laporan/", LIST, 0.6, 4, 8192, grows=True, sql=sql, size=4000)
    small = Result(500, 5, 9, 0)
    return Row("sqlite", page, Result(723, 5, 9, 0), Result(rps, 5, p99, 0), small, **over)


class TestGoal:
    def test_a_fast_page_meets_them_all(self) -> None:
        assert [goal.verdict for goal in goals_of(row())] == ["tercapai"] * 4

    @pytest.mark.parametrize("bad", [{"rps": 300}, {"p99": 20}, {"sql": 5}, {"rps": 0}, {"p99": 0}])
    def test_each_fault_fails_one(self, bad: dict[str, float]) -> None:
        assert [goal.verdict for goal in goals_of(row(**bad))].count("gagal") == 1

    def test_a_filing_that_was_not_measured_is_no_success(self) -> None:
        page = Page("Kirim laporan", "/laporan/baru/", POST, 0.25, form={})
        none = Result(0, 0, 0, 0)
        assert not any(goal.is_met for goal in goals_of(Row("sqlite", page, none, none)))

    def test_peers_are_compared_at_the_speed_of_one_machine(self) -> None:
        twice = row(rps=300)
        twice.bare = Result(361.5, 5, 9, 0)  # a machine half as fast
        figures = {goal.what: goal.figure for goal in peer_goals([twice])}
        assert figures["Daftar laporan dibanding Signalen adbe8fc, daftar 20"] == 80

    def test_failures_and_memory_count(self) -> None:
        bad = row()
        bad.large = Result(500, 5, 10, 2)
        found = other_goals("sqlite", [bad], {"assets": 11_000, "search_p95": 4.0}, [90, 130])
        assert [goal.verdict for goal in found] == ["gagal", "tercapai", "tercapai", "gagal", "gagal"]

    def test_the_best_of_the_tries_is_kept_and_failures_stay(self) -> None:
        assert best_of([Result(5, 9, 20, 1), Result(7, 8, 30, 0)]) == Result(7, 8, 20, 1)


@pytest.mark.django_db
class TestControl:
    def list_goals(self) -> list[Goal]:
        page = row().page
        count(page)
        measured = Row("sqlite", page, Result(723, 5, 9, 0), Result(700, 5, 9, 0))
        return list(goals_of(measured))

    def test_the_planted_slow_list_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for _ in range(3):
            make_published_report()
        assert all(goal.is_met for goal in self.list_goals())
        monkeypatch.setattr(public, "keyset_page", keyset_page)
        control.sabotage()
        assert [goal.what for goal in self.list_goals() if not goal.is_met] == ["Daftar laporan (sqlite): SQL"]


class TestTable:
    def test_a_row_stands_under_its_heads(self) -> None:
        head, rule, first = table.page_table([row()])
        assert head.count("|") == rule.count("|") == first.count("|")
        assert "| 0,69 |" in first

    def test_growth_is_told_of_the_middle_and_of_the_slowest(self) -> None:
        grown = row()
        grown.small, grown.large = Result(100, 2, 4, 0), Result(100, 3, 8, 0)
        assert "| 1,5 | 2 |" in table.page_table([grown])[-1]

    def test_a_goal_says_figure_limit_and_verdict(self) -> None:
        assert table.goal_table([Goal("SQL", 5, 4)])[-1] == "| SQL | 5 | ≤ 4 | gagal |"
        assert "tidak terukur" in table.goal_table([Goal("p99", None, 4)])[-1]


class TestDatabase:
    def test_names_tell_the_size(self) -> None:
        assert (short(10_000), short(1_000_000), short(123)) == ("10k", "1m", "123")
        assert Database("postgres", 1_000_000).name == "bench_1m"
        assert Database("sqlite", 10_000).folder.name == "sqlite-10k"
