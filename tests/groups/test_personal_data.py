from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import personal_data
from groups.models import FormDraft, MemberInvitation, Membership
from tests.factories import make_image, make_kim, make_membership, make_user
from uploads.models import Image

pytestmark = pytest.mark.django_db


class TestCopy:
    def test_holds_memberships_and_drafts_of_this_person_alone(self) -> None:
        user = make_user()
        kim = make_kim(name="KIM Singgalang")
        make_membership(kim, name="Siti", phone="0812999111", user=user)
        FormDraft.objects.keep(user, "kim", {"name": "KIM Baru"})
        FormDraft.objects.keep(make_user(), "kim", {"name": "KIM Orang"})
        copy = personal_data.copy_of(user)
        assert [(row["KIM"], row["nama"], row["nomor telepon"]) for row in copy["keanggotaan KIM"]] == [
            ("KIM Singgalang", "Siti", "0812999111")
        ]
        assert [row["isi"] for row in copy["isian yang belum selesai"]] == [{"name": "KIM Baru"}]


class TestErase:
    def test_the_post_stays_and_the_person_goes(self) -> None:
        user = make_user("siti@contoh.invalid")
        kim = make_kim(admin=user)
        member = kim.memberships.get()
        Membership.objects.update(name="Siti", phone="0812999111", photo=make_image(), is_public=True)
        FormDraft.objects.keep(user, "kim", {"name": "KIM Baru"})
        invited = make_membership(make_kim(name="KIM Lain"), name="Siti")
        MemberInvitation.send(invited, "Siti@contoh.invalid", makes_admin=False, by=make_user())
        personal_data.erase(user)
        member.refresh_from_db()
        assert (member.user, member.name, member.phone, member.photo) == (None, f"Anggota {member.pk}", "", None)
        assert (member.post, member.is_admin, member.is_public) == ("chair", False, False)
        assert not Image.objects.exists()
        assert not FormDraft.objects.exists()
        assert not MemberInvitation.objects.exists()

    def test_two_people_of_one_kim_can_both_be_erased(self) -> None:
        first, second = make_user(), make_user()
        make_membership(make_kim(admin=first), user=second)
        personal_data.erase(first)
        personal_data.erase(second)
        assert not Membership.objects.filter(user__isnull=False).exists()

    def test_the_earlier_post_of_the_same_person_goes_with_its_photo(self) -> None:
        user, start = make_user(), timezone.localdate() - timedelta(days=9)
        member = make_membership(make_kim(), "secretary", name="Siti", photo=make_image(), joined_on=start)
        now = member.change(by=None, post="treasurer")
        Membership.objects.filter(pk=now.pk).update(user=user)
        personal_data.erase(user)
        assert not Membership.objects.filter(name="Siti").exists()
        assert not Image.objects.exists()

    def test_a_name_that_somebody_else_bears_hinders_no_erasure(self) -> None:
        user, kim = make_user(), make_kim()
        member = make_membership(kim, user=user, name="Siti")
        make_membership(kim, name=f"anggota {member.pk}")
        personal_data.erase(user)
        assert not Membership.objects.filter(name="Siti").exists()
