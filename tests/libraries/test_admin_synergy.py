from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from accounts.models.institutions import Sector
from libraries.models import Article, ConsultantBridge, InternetPoint, StudentPlacement
from libraries.workflow import ArticleStatus, PointStatus
from tests.factories import make_area, make_grant, make_institution, make_kim, make_user
from tests.libraries.making import make_library_officer
from tests.libraries.models.test_article import make_article
from tests.libraries.models.test_synergy import make_point
from tests.partnerships.meetings import make_attendance, make_commitment, make_meeting

VILLAGES = ("13.07.11.2004", "13.07.03.2002")


def add(client: Client, model: str, **data: Any) -> Any:
    return client.post(reverse(f"admin:libraries_{model}_add"), data)


@pytest.fixture
def officer(client: Client) -> None:
    for code in VILLAGES:
        make_area(code)
    client.force_login(make_library_officer("13.07"))


@pytest.mark.django_db
@pytest.mark.usefixtures("officer")
class TestInternetPointAdmin:
    def test_recorded_then_moved_step_by_step(self, client: Client) -> None:
        assert add(client, "internetpoint", area=VILLAGES[0], place="Ruang baca").status_code == 302
        row = InternetPoint.objects.get()
        action = reverse("admin:libraries_internetpoint_action", args=[row.pk, "keadaan"])
        assert client.post(action, {"to": "installed", "day": "2026-01-05"}).status_code == 200
        for to, day in (("proposed", ""), ("scheduled", "2026-02-05"), ("installed", "2026-03-05")):
            assert client.post(action, {"to": to, "day": day}).status_code == 302
        row.refresh_from_db()
        assert row.status == PointStatus.INSTALLED
        assert row.events.count() == 4

    def test_not_outside_the_own_area(self, client: Client) -> None:
        make_area("51.03.02.2009")
        response = add(client, "internetpoint", area="51.03.02.2009", place="Ruang baca")
        assert "di luar wilayah tugas Anda" in response.content.decode()
        assert not InternetPoint.objects.exists()

    def test_a_foreign_point_is_not_there(self, client: Client) -> None:
        row = make_point("51.03.02.2009")
        assert client.get(reverse("admin:libraries_internetpoint_change", args=[row.pk])).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("officer")
class TestStudentPlacementAdmin:
    def posted(self, **over: Any) -> dict[str, Any]:
        today = timezone.localdate()
        university = make_institution(area="13", sector=Sector.EDUCATION)
        return {
            "university": university.pk,
            "programme": "KKN Literasi",
            "area": "13.07",
            "village_lines": "\n".join(VILLAGES),
            "students": "12",
            "starts_on": today.isoformat(),
            "ends_on": (today + timedelta(days=20)).isoformat(),
            **over,
        }

    def test_villages_are_written_one_a_line(self, client: Client) -> None:
        assert add(client, "studentplacement", **self.posted()).status_code == 302
        row = StudentPlacement.objects.get()
        assert set(row.villages.values_list("pk", flat=True)) == set(VILLAGES)
        page = client.get(reverse("admin:libraries_studentplacement_change", args=[row.pk])).content.decode()
        assert re.search(rf"{VILLAGES[1]}\s+{VILLAGES[0]}", page)

    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"village_lines": "Desa Tiada Sama Sekali"}, "Desa Tiada Sama Sekali"),
            ({"area": "13.07.11"}, "Di luar wilayah penempatan"),
            ({"students": "-3"}, "id_students_error"),
            ({"ends_on": "2020-01-01"}, "sesudah tanggal mulai"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, client: Client, over: dict[str, str], sentence: str
    ) -> None:
        page = add(client, "studentplacement", **self.posted(**over)).content.decode()
        assert sentence in page
        assert "KKN Literasi" in page
        assert not StudentPlacement.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("officer")
class TestConsultantBridgeAdmin:
    def test_only_consultants_near_are_offered(self, client: Client) -> None:
        consultant, stranger = make_user(name="Konsultan Dekat"), make_user(name="Konsultan Jauh")
        make_area("51.03")
        make_grant(consultant, Role.TPBIS_CONSULTANT, "13")
        make_grant(stranger, Role.TPBIS_CONSULTANT, "51")
        page = client.get(reverse("admin:libraries_consultantbridge_add")).content.decode()
        assert "Konsultan Dekat" in page
        assert "Konsultan Jauh" not in page
        one, other = make_institution(), make_institution()
        data = {"consultant": consultant.pk, "area": "13.07", "one": one.pk, "other": other.pk, "about": "Pelatihan"}
        assert add(client, "consultantbridge", **data, bridged_on="2026-01-05").status_code == 302
        assert ConsultantBridge.objects.get().consultant == consultant

    def test_a_meeting_for_its_participants_alone_is_not_named(self, client: Client) -> None:
        open_one, closed = (make_meeting(make_kim("13.07.11.2004"), is_public=each) for each in (True, False))
        make_commitment(party=make_attendance(closed, "Dinas Rahasia"), what="Janji tertutup")
        page = client.get(reverse("admin:libraries_consultantbridge_add")).content.decode()
        assert (open_one.title in page, closed.title in page) == (True, False)
        page = client.get(reverse("admin:libraries_internetpoint_add")).content.decode()
        assert "Janji tertutup" not in page
        assert "Dinas Rahasia" not in page


@pytest.mark.django_db
@pytest.mark.usefixtures("officer")
class TestArticleAdmin:
    def test_written_then_published(self, client: Client) -> None:
        agency = make_institution(area="13.07")
        data = {"kind": "faq", "agency": agency.pk, "title": "Apakah gratis?", "body": "Ya."}
        answer = add(client, "article", **data)
        row = Article.objects.get()
        assert answer["Location"] == reverse("admin:libraries_article_change", args=[row.pk])  # where it is published
        assert row.status == ArticleStatus.DRAFT
        client.post(reverse("admin:libraries_article_action", args=[row.pk, "tayangkan"]))
        assert "Apakah gratis?" in Client().get("/perpustakaan/tanya-jawab/").content.decode()

    def test_a_byline_without_a_yes_is_refused_in_words(self, client: Client) -> None:
        agency = make_institution(area="13.07")
        data = {"kind": "article", "agency": agency.pk, "title": "Judul", "body": "Isi.", "writer": "Naskah Uji"}
        page = add(client, "article", **data).content.decode()
        assert "Centang bahwa mereka setuju" in page
        assert "Naskah Uji" in page

    def test_another_areas_article_is_not_there(self, client: Client) -> None:
        row = make_article(area="51")
        assert client.get(reverse("admin:libraries_article_change", args=[row.pk])).status_code == 404
