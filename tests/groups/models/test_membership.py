from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.models import Membership, Post, Section
from groups.workflow import Status
from tests.factories import make_image, make_kim, make_membership, make_user
from uploads.models import Image

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


class TestAdd:
    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"post": Post.CHAIR}, "Jabatan ini sudah ada pemegangnya"),
            ({"post": Post.SECTION_HEAD}, "Pilih seksi yang dipimpin"),
            ({"post": Post.SECTION_HEAD, "section": Section.COLLECTION}, "Seksi ini sudah ada ketuanya"),
            ({"name": "KETUA UJI"}, "Orang ini sudah tercatat"),
            ({"is_admin": True}, "Admin KIM harus punya akun"),
        ],
    )
    def test_each_rule_has_its_sentence(self, over: dict[str, object], sentence: str) -> None:
        kim = make_kim()
        make_membership(kim, Post.SECTION_HEAD, section=Section.COLLECTION)
        with pytest.raises(ValidationError, match=sentence):
            make_membership(kim, **over)

    def test_the_database_holds_one_chair_by_itself(self) -> None:
        kim = make_kim()
        row = Membership(kim=kim, name="Lain", post=Post.CHAIR)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    def test_an_account_stands_for_one_person(self) -> None:
        user = make_user()
        with pytest.raises(ValidationError, match="Akun ini sudah tercatat"):
            make_membership(make_kim(admin=user), user=user)

    def test_spaces_do_not_make_another_person(self) -> None:
        kim = make_kim()
        assert make_membership(kim, name="  Siti \n Aminah ").name == "Siti Aminah"
        with pytest.raises(ValidationError, match="Orang ini sudah tercatat"):
            make_membership(kim, name="siti  aminah")

    def test_writes_an_event_without_a_name(self) -> None:
        kim = make_kim()
        member = make_membership(kim, name="Siti Rahasia")
        event = kim.events.get(action="member_added", data__member=member.pk)
        assert "Siti" not in str(event.data)


class TestChange:
    def test_a_post_held_for_some_time_becomes_history(self) -> None:
        member = make_membership(make_kim(), name="Siti", joined_on=TODAY() - timedelta(days=9))
        now = member.change(by=None, post=Post.SECRETARY)
        member.refresh_from_db()
        assert (member.post, member.left_on) == (Post.MEMBER, TODAY())
        assert (now.post, now.joined_on, now.left_on, now.name) == (Post.SECRETARY, TODAY(), None, "Siti")

    @pytest.mark.parametrize(("asked", "begins"), [(9, 0), (12, 0), (3, 3)])
    def test_the_new_post_begins_after_the_old_one_whatever_day_the_form_repeats(self, asked: int, begins: int) -> None:
        today = TODAY()
        member = make_membership(make_kim(), joined_on=today - timedelta(days=9))
        now = member.change(by=None, post=Post.SECRETARY, joined_on=today - timedelta(days=asked))
        member.refresh_from_db()
        assert member.left_on == now.joined_on == today - timedelta(days=begins)

    def test_the_right_of_an_admin_goes_with_the_new_post(self) -> None:
        admin = make_user()
        kim = make_kim(admin=admin)
        kim.memberships.update(joined_on=TODAY() - timedelta(days=9))
        kim.memberships.get().change(by=admin, post=Post.SECRETARY)
        assert [(row.post, row.user) for row in kim.memberships.current().filter(is_admin=True)] == [
            (Post.SECRETARY, admin)
        ]

    def test_a_slip_of_today_is_put_right_in_place(self) -> None:
        member = make_membership(make_kim(), name="Siti")
        assert member.change(by=None, post=Post.SECRETARY).pk == member.pk

    def test_a_taken_post_leaves_everything_as_it_was(self) -> None:
        member = make_membership(make_kim(), joined_on=TODAY() - timedelta(days=9))
        with pytest.raises(ValidationError, match="Jabatan ini sudah ada pemegangnya"):
            member.change(by=None, post=Post.CHAIR)
        member.refresh_from_db()
        assert member.is_current

    @pytest.mark.parametrize(("over", "left"), [({}, 1), ({"post": Post.SECRETARY}, 2)])
    def test_a_replaced_photo_is_erased_where_no_history_shows_it(self, over: dict[str, object], left: int) -> None:
        member = make_membership(make_kim(), photo=make_image(), joined_on=TODAY() - timedelta(days=9))
        member.change(by=None, photo=make_image(), **over)
        assert Image.objects.count() == left

    def test_who_left_is_not_changed(self) -> None:
        member = make_membership(make_kim())
        member.leave(TODAY(), by=None)
        with pytest.raises(ValidationError, match="sudah keluar"):
            member.change(by=None, name="Lain")
        with pytest.raises(ValidationError, match="sudah keluar"):
            member.leave(TODAY(), by=None)


class TestLeave:
    def test_an_active_kim_stays_active_when_a_member_leaves(self) -> None:
        kim = make_kim(status=Status.ACTIVE)
        kim.memberships.get(post=Post.TREASURER).leave(TODAY(), by=None)
        kim.refresh_from_db()
        assert kim.status == Status.ACTIVE

    def test_the_last_admin_stays(self) -> None:
        kim = make_kim()
        with pytest.raises(ValidationError, match="Jadikan orang lain admin dulu"):
            kim.memberships.get().leave(TODAY(), by=None)
        make_membership(kim, user=make_user(), is_admin=True)
        kim.memberships.get(post=Post.CHAIR).leave(TODAY(), by=None)
        assert kim.memberships.current().count() == 1


class TestCurrent:
    def test_begins_and_ends_with_its_days(self) -> None:
        kim = make_kim()
        member = make_membership(kim, joined_on=TODAY() + timedelta(days=1))
        assert not member.is_current
        assert kim.memberships.current().count() == 1
        member.joined_on, member.left_on = TODAY() - timedelta(days=2), TODAY() + timedelta(days=1)
        member.save()
        assert member.is_current
        assert kim.memberships.current().count() == 2
