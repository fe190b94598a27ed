from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Role
from accounts.models.institutions import Sector
from libraries.models import ConsultantBridge, InternetPoint, StudentPlacement
from libraries.workflow import POINT_TRANSITIONS, PointStatus
from regions.models import CustomaryVillage
from tests.factories import make_area, make_grant, make_institution, make_user
from tests.libraries.making import make_library

VILLAGE = "13.07.11.2004"


def make_point(area: str = VILLAGE, **over: Any) -> InternetPoint:
    row = InternetPoint(area=make_area(area), **{"place": "Ruang baca", **over})
    row.keep(by=make_user())
    return row


def make_placement(area: str = "13.07", villages: tuple[str, ...] = (VILLAGE,), **over: Any) -> StudentPlacement:
    today = timezone.localdate()
    values = {"programme": "KKN Literasi", "students": 12, "starts_on": today, "ends_on": today + timedelta(days=30)}
    university = over.pop("university", None) or make_institution(area="13", sector=Sector.EDUCATION)
    row = StudentPlacement(area=make_area(area), university=university, **{**values, **over})
    row.keep(by=make_user())
    row.villages.set([make_area(code) for code in villages])
    return row


def make_bridge(area: str = "13.07", **over: Any) -> ConsultantBridge:
    consultant = over.pop("consultant", None)
    if consultant is None:
        consultant = make_user(name="Konsultan Bertanda")
        make_grant(consultant, Role.TPBIS_CONSULTANT, "13")
    values = {"one": make_institution(), "other": make_institution(), "about": "Pelatihan bersama", **over}
    row = ConsultantBridge(area=make_area(area), consultant=consultant, bridged_on=timezone.localdate(), **values)
    row.keep(by=make_user())
    return row


@pytest.mark.django_db
class TestInternetPoint:
    def test_the_table_is_the_only_way(self) -> None:
        today = timezone.localdate()
        paths = {
            PointStatus.NOT_SERVED: [],
            PointStatus.PROPOSED: [PointStatus.PROPOSED],
            PointStatus.SCHEDULED: [PointStatus.PROPOSED, PointStatus.SCHEDULED],
            PointStatus.INSTALLED: [PointStatus.PROPOSED, PointStatus.SCHEDULED, PointStatus.INSTALLED],
        }
        for number, (status, path) in enumerate(paths.items()):
            row = make_point(place=f"Tempat {number}")
            for step in path:
                row.move(step, by=make_user(), day=today)
            for to in set(PointStatus) - POINT_TRANSITIONS[status]:
                with pytest.raises(ValidationError, match="tidak dapat menjadi"):
                    row.move(to, by=make_user(), day=today)

    def test_scheduled_and_installed_need_their_day(self) -> None:
        row, by = make_point(), make_user()
        row.move(PointStatus.PROPOSED, by=by)
        with pytest.raises(ValidationError, match="memerlukan tanggal pemasangan"):
            row.move(PointStatus.SCHEDULED, by=by)
        row.move(PointStatus.SCHEDULED, by=by, day=timezone.localdate())
        with pytest.raises(ValidationError, match="di masa depan"):
            row.move(PointStatus.INSTALLED, by=by, day=timezone.localdate() + timedelta(days=1))
        row.move(PointStatus.INSTALLED, by=by, day=timezone.localdate())
        assert [each.action for each in row.events.order_by("sequence")][-1] == "installed"

    def test_the_same_place_twice_and_what_lies_elsewhere_are_refused(self) -> None:
        make_point()
        with pytest.raises(ValidationError, match="sudah dicatat"):
            make_point()
        with pytest.raises(ValidationError, match="kecamatan lain"):
            make_point(place="Lain", library=make_library("13.07.03.2002"))
        elsewhere = CustomaryVillage.objects.create(area=make_area("51.03.02.2009"), name="Uji")
        with pytest.raises(ValidationError, match="desa lain"):
            make_point(place="Lain", customary_village=elsewhere)


@pytest.mark.django_db
class TestStudentPlacement:
    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"students": 0}, "antara 1 dan"),
            ({"ends_on": timezone.localdate()}, "sesudah tanggal mulai"),
        ],
    )
    def test_bad_values_get_a_sentence(self, over: dict[str, Any], sentence: str) -> None:
        with pytest.raises(ValidationError, match=sentence):
            make_placement(**over)

    def test_only_a_school_places_students(self) -> None:
        with pytest.raises(ValidationError, match="lembaga pendidikan"):
            make_placement(university=make_institution())


@pytest.mark.django_db
class TestConsultantBridge:
    def test_only_a_consultant_of_the_area_bridges_two_that_differ(self) -> None:
        make_bridge()
        with pytest.raises(ValidationError, match="bukan Konsultan"):
            make_bridge(consultant=make_user())
        with pytest.raises(ValidationError, match="bukan Konsultan"):
            make_bridge(area="51")
        same = make_institution()
        with pytest.raises(ValidationError, match="berbeda"):
            make_bridge(one=same, other=same)

    def test_a_role_that_ended_later_takes_nothing_from_what_was_done(self) -> None:
        row = make_bridge()
        row.consultant.role_grants.all().delete()
        row = ConsultantBridge.objects.get(pk=row.pk)
        row.about = "Pelatihan lain"
        row.keep(by=make_user())
