"""503 while the database is away, in views and before them; other errors stay what they are."""

import logging

import psycopg2
import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from kimportal.middleware import away_page, is_database_away
from kimportal.urls import urlpatterns as portal_urls
from uploads.files import NotStored

failure: list[Exception] = []


@login_not_required
def failing(request):
    if failure:
        raise failure[0]
    return HttpResponse("ok")


@login_not_required
def greeting(request):
    return HttpResponse(str(request.user.is_authenticated))


urlpatterns = [path("uji/", failing), path("salam/", greeting), *portal_urls]


class CodedError(Exception):
    def __init__(self, pgcode):
        self.pgcode = pgcode


class NamedError(Exception):
    def __init__(self, sqlite_errorname):
        self.sqlite_errorname = sqlite_errorname


def caused(cause, kind=OperationalError):
    error = kind("uji")
    error.__cause__ = cause
    return error


AWAY = [
    caused(CodedError(None)),
    caused(CodedError("57P01")),
    caused(CodedError("08006")),
    caused(CodedError("53300")),
    caused(CodedError("53100")),
    caused(NamedError("SQLITE_BUSY")),
    caused(NamedError("SQLITE_IOERR_READ")),
    caused(NamedError("SQLITE_FULL")),
    InterfaceError("connection already closed"),
]
PRESENT = [
    caused(CodedError("57014")),  # a statement that took too long
    caused(CodedError("40P01")),  # a deadlock
    caused(NamedError("SQLITE_ERROR")),  # no such table
    caused(CodedError("42P01"), ProgrammingError),
    OperationalError("no cause"),
    InterfaceError("cursor already closed"),
    ValueError("x"),
    None,
]


class TestIsDatabaseAway:
    @pytest.mark.parametrize("error", AWAY, ids=repr)
    def test_connection_errors(self, error):
        assert is_database_away(error)

    @pytest.mark.parametrize("error", PRESENT, ids=repr)
    def test_everything_else(self, error):
        assert not is_database_away(error)

    def test_a_server_that_is_not_there(self):
        with pytest.raises(psycopg2.OperationalError) as found:
            psycopg2.connect("postgresql://tidak@127.0.0.1:1/ada")
        assert is_database_away(caused(found.value))

    def test_a_table_that_is_not_there(self, db):
        with pytest.raises((OperationalError, ProgrammingError)) as found, connection.cursor() as cursor:
            cursor.execute("SELECT * FROM tidak_ada")
        assert not is_database_away(found.value)


@pytest.mark.urls(__name__)
class TestDatabaseAwayMiddleware:
    @pytest.fixture(autouse=True)
    def no_failure(self, client):
        failure.clear()
        client.raise_request_exception = False

    def check(self, answer):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "istirahat sebentar" in answer.content.decode()

    def test_a_view_that_loses_the_database(self, client):
        failure.append(AWAY[0])
        self.check(client.get("/uji/"))

    def test_a_disk_that_fills_up_while_a_photo_is_stored(self, client):
        failure[:] = [NotStored("penuh")]
        answer = client.get("/uji/")
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")

    def test_middleware_that_loses_the_database(self, client, monkeypatch, settings):
        """Reading the session for `request.user` is the usual place, and no view is involved."""

        def lose(self):
            raise AWAY[0]

        monkeypatch.setattr(SessionStore, "load", lose)
        client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
        settings.REQUIRE_SECOND_FACTOR = True
        self.check(client.get("/salam/"))

    def test_an_error_of_the_program_is_a_500(self, client):
        failure.append(ProgrammingError("salah"))
        assert client.get("/uji/").status_code == 500

    def test_without_an_error_nothing_changes(self, client):
        assert client.get("/uji/").content == b"ok"


class TestAwayPage:
    def test_it_needs_no_database(self):
        """This test asks for none, so any query fails it."""
        assert away_page().status_code == 503


class TestLogs:
    @pytest.mark.parametrize("address", ["/laporan/baru/", "/laporan/lacak/", "/laporan/tidak-ada/"])
    def test_refused_form_leaves_no_minute_behind(self, db, client, caplog, address):
        """An anonymous report is often sent right after a refused one: the log would date it."""
        logging.getLogger("django").addHandler(caplog.handler)
        try:
            assert client.post(address, {}).status_code >= 400
            Client(enforce_csrf_checks=True).post(address, {})
            assert not caplog.records
            logging.getLogger("django.request").error("Yang rusak tetap tercatat.")
            assert caplog.records
        finally:
            logging.getLogger("django").removeHandler(caplog.handler)


@pytest.mark.django_db
class TestNulMiddleware:
    @pytest.mark.parametrize(
        "address",
        [
            "/perpustakaan/indikator/%00/",
            "/perpustakaan/indikator/%00/unduh.csv",
            "/perpustakaan/indikator/13%00/belum-melapor/",
            "/perpustakaan/sinergi/%00/",
            "/laporan/a%00b/",
            "/kim/cakupan/%00/",
            "/%00",
        ],
    )
    def test_nothing_is_called_so(self, client: Client, address: str) -> None:
        """SQLite looks for it and finds nothing; PostgreSQL answers with an error."""
        answer = client.get(address)
        assert answer.status_code == 404
        assert "Tidak ditemukan" in answer.content.decode() or "tidak ada" in answer.content.decode()
