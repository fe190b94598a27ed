"""The member card."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from groups.models import Post
from tests.factories import make_kim, make_membership, make_user

pytestmark = pytest.mark.django_db


class TestMemberCard:
    def test_names_person_post_and_kim_with_a_code_to_its_page(self) -> None:
        admin = make_user()
        kim = make_kim(name="KIM Singgalang", admin=admin)
        member = make_membership(kim, Post.SECRETARY, name="Siti", phone="0812999111")
        client = Client()
        client.force_login(admin)
        page = client.get(f"/kim/{kim.slug}/kelola/anggota/{member.pk}/kartu/").content.decode()
        for words in ("KIM Singgalang", "Siti", "Sekretaris", "<svg", f"{settings.SITE_URL}/kim/{kim.slug}/"):
            assert words in page
        assert "0812999111" not in page

    @pytest.mark.parametrize("case", ["left", "not listed"])
    def test_there_is_none_for_who_left_and_before_the_kim_is_verified(self, case: str) -> None:
        admin = make_user()
        kim = make_kim(admin=admin, status="submitted" if case == "not listed" else "verified")
        member = make_membership(kim, Post.SECRETARY)
        if case == "left":
            member.leave(timezone.localdate(), by=admin)
        client = Client()
        client.force_login(admin)
        assert client.get(f"/kim/{kim.slug}/kelola/anggota/{member.pk}/kartu/").status_code == 404
