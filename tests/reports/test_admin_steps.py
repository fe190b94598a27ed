"""Which step is open to whom, in which state: the whole table, written here by hand a second time."""

from __future__ import annotations

import pytest
from django.urls import reverse

from reports.admin.steps import BY_CODE, STEPS, actor_for
from reports.models import Report
from reports.workflow import Status
from tests.factories import make_grant, make_report, make_user

_S = Status
MOVES = {
    _S.SUBMITTED: {"verifikasi", "tanya", "tunda", "alihkan", "arsipkan"},
    _S.ON_HOLD: {"buka-lagi", "alihkan", "arsipkan"},
    _S.VERIFIED: {"teruskan", "tindaklanjuti", "tanya", "tunda", "alihkan", "arsipkan"},
    _S.FORWARDED: {"tindaklanjuti", "kembalikan", "alihkan"},
    _S.IN_FOLLOW_UP: {"tanggapi", "teruskan", "tanya", "tunda"},
    _S.ANSWERED: {"selesaikan", "tindaklanjuti"},
    _S.DISPUTED: {"tindaklanjuti", "tanggapi", "selesaikan"},
    _S.CLOSED: set(),
    _S.NOT_AUTHORIZED: {"buka-lagi"},
    _S.ARCHIVED: {"buka-lagi"},
}
LIAISON = {
    _S.FORWARDED: {"tindaklanjuti", "kembalikan", "catat", "rahasiakan"},
    _S.IN_FOLLOW_UP: {"tanggapi", "catat", "rahasiakan"},
    _S.ANSWERED: {"catat", "rahasiakan"},
    _S.DISPUTED: {"tindaklanjuti", "tanggapi", "catat", "rahasiakan"},
    _S.CLOSED: {"catat", "rahasiakan"},
}
WITHOUT_STEPS = ("owner", "other", "foreign_officer", "province_reader", "national_reader", "superuser")


def expected(name, status):
    if name == "officer":
        publish = set() if status in {_S.SUBMITTED, _S.ARCHIVED} else {"terbitkan"}
        return MOVES[status] | publish | {"catat", "rahasiakan", "identitas"}
    if name == "confidentiality":
        return {"catat", "rahasiakan", "identitas"}
    return LIAISON.get(status, set()) if name == "liaison" else set()


def open_steps(user, report):
    return {step.code for step in STEPS if step.is_open(user, report)}


@pytest.mark.parametrize("status", list(Status))
class TestStep:
    def test_the_table_of_roles_and_states(self, cast, status):
        report = make_report(status=status)
        for name, user in cast.people.items():
            if user:
                assert open_steps(user, report) == expected(name, status), name

    def test_page_shows_these_steps_and_the_server_refuses_the_others(self, client, cast, status):
        report = make_report(status=status)
        for name in ("officer", "liaison", "confidentiality", "province_reader", "superuser"):
            client.force_login(cast.people[name])
            if not Report.objects.handled_by(cast.people[name]).filter(pk=report.pk).exists():
                continue
            content = client.get(reverse("admin:reports_report_change", args=(report.pk,))).content.decode()
            shown = {code for code in BY_CODE if act_url(report, code) in content}
            assert shown == expected(name, status), name
            for code in sorted(set(BY_CODE) - shown):
                answer = client.post(act_url(report, code), whole_form(cast, report))
                assert answer.status_code == 403, (name, code)
        fresh = Report.objects.get(pk=report.pk)
        assert (fresh.status, fresh.version, fresh.is_secret) == (status, report.version, report.is_secret)


def act_url(report, code):
    return reverse("admin:reports_report_act", args=(report.pk, code))


def whole_form(cast, report):
    """Every field that any step has."""
    text = "Keterangan yang cukup panjang."
    public = {"public_text": text, "public_place": "Jorong", "is_checked": "on"}
    return {"version": report.version, "text": text, "institution": cast.institution.pk, **public}


@pytest.mark.django_db
class TestSecrecy:
    def test_of_a_secret_report_only_the_named_right_opens_identity_and_lowers(self, cast):
        report = make_report(status="verified", is_secret=True)
        assert open_steps(cast.officer, report) == MOVES[_S.VERIFIED] | {"catat"}
        assert open_steps(cast.confidentiality, report) == {"catat", "lepas-rahasia", "identitas"}

    def test_of_an_anonymous_report_nobody_opens_identity(self, cast):
        report = make_report(is_anonymous=True)
        assert all("identitas" not in open_steps(user, report) for user in cast.people.values() if user)

    def test_only_a_published_report_is_withdrawn(self, cast):
        assert "tarik" in open_steps(cast.officer, make_report(status="verified", published=True))
        assert "tarik" not in open_steps(cast.officer, make_report(status="verified"))


@pytest.mark.django_db
class TestActor:
    def test_liaison_speaks_for_the_institution(self, cast):
        report = make_report(status="in_follow_up")
        assert actor_for(cast.liaison, report, BY_CODE["tanggapi"]).label == cast.institution.name

    def test_officer_speaks_for_the_nearest_area(self, cast):
        report = make_report()
        assert actor_for(cast.officer, report, BY_CODE["verifikasi"]).label.endswith("Kabupaten Lima Puluh Kota")
        make_grant(cast.officer, "report_coordinator", "13.07.11")
        assert "Kecamatan" in actor_for(cast.officer, report, BY_CODE["verifikasi"]).label

    def test_who_is_both_answers_for_the_institution_and_publishes_as_officer(self, cast):
        make_grant(cast.officer, "liaison", institution=cast.institution)
        report = make_report(status="in_follow_up")
        assert actor_for(cast.officer, report, BY_CODE["tanggapi"]).label == cast.institution.name
        assert actor_for(cast.officer, report, BY_CODE["terbitkan"]).label.startswith("Petugas laporan")

    def test_national_officer_names_no_place(self, db):
        user = make_user()
        make_grant(user, "report_coordinator")
        assert actor_for(user, make_report(), BY_CODE["verifikasi"]).label == "Petugas laporan"
