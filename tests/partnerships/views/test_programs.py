"""The page on which a workshop's KIM are given draft programmes."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Role
from groups.models import WorkProgram
from tests.factories import make_grant, make_institution, make_kim, make_user
from tests.partnerships.meetings import make_attendance, make_liaison, make_meeting

pytestmark = pytest.mark.django_db


class TestMeetingPrograms:
    def test_the_office_that_held_it_gives_to_the_kim_of_its_area(self, client: Client) -> None:
        liaison, host = make_liaison(make_institution(area="13.07"))
        row = make_meeting(host, kind="workshop")
        near, far = make_kim(name="KIM Melati"), make_kim("51.03.02.2009", name="KIM Mengwi")
        for kim in (near, far):
            make_attendance(row, kim.name)
        client.force_login(liaison)
        address = f"{row.get_absolute_url()}program-kerja/"
        assert address in client.get(row.get_absolute_url()).content.decode()
        page = client.get(address).content.decode()
        assert "KIM Melati" in page
        assert "KIM Mengwi" not in page
        assert client.post(address, {"year": "2027", "kims": [far.pk]}).status_code == 422
        assert client.post(address, {"year": "dua ribu", "kims": [near.pk]}).status_code == 422
        for _ in range(2):
            assert client.post(address, {"year": "2027", "kims": [near.pk]}).status_code == 302
        assert list(WorkProgram.objects.values_list("kim", flat=True)) == [near.pk]

    def test_of_two_kim_with_one_name_a_person_chooses_also_when_only_one_is_near(self, client: Client) -> None:
        liaison, host = make_liaison(make_institution(area="13.07"))
        row = make_meeting(host, kind="workshop")
        near, only = make_kim(name="KIM Melati"), make_kim(name="KIM Kenanga")
        beside = make_kim("13.07.03.2005", name="KIM Melati")
        for name in ("KIM Melati", "KIM Kenanga"):
            make_attendance(row, name)
        client.force_login(liaison)
        address = f"{row.get_absolute_url()}program-kerja/"
        for _ in range(2):
            form = client.get(address).context["form"]
            assert form["kims"].initial == [str(only.pk)]
            assert "lebih dari satu KIM: KIM Melati." in form["kims"].help_text
            type(beside).objects.filter(pk=beside.pk).update(regency_code="13.06")  # out of the host's reach
        assert str(near.pk) in dict(form.fields["kims"].choices)
        assert str(beside.pk) not in dict(form.fields["kims"].choices)

    def test_another_host_may_not_and_the_verifier_of_the_area_may(self, client: Client) -> None:
        liaison, host = make_liaison(make_institution(area="13.07", sector="finance"))
        row = make_meeting(host, kind="workshop")
        address = f"{row.get_absolute_url()}program-kerja/"
        client.force_login(liaison)
        assert client.get(address).status_code == 403
        assert address not in client.get(row.get_absolute_url()).content.decode()
        for code, status in (("13.07", 200), ("51.03", 403)):
            officer = make_user()
            make_grant(officer, Role.KIM_VERIFIER, code)
            client.force_login(officer)
            assert client.get(address).status_code == status
