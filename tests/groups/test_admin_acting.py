"""What a press on a button changes: one step through the model's method, once, by who may."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.outbox import OutgoingMail
from groups.models import Kim, MemberInvitation, Post
from tests.cast import OTHER_VILLAGE, REGENCY
from tests.factories import make_area, make_kim, make_membership, make_user
from tests.groups.test_admin_queue import change, holder

TEXT = "SK belum ditandatangani."


@pytest.fixture
def verifier(db):
    return holder(Role.KIM_VERIFIER, REGENCY)


def url(kim, code):
    return reverse("admin:groups_kim_act", args=(kim.pk, code))


def press(client, user, kim, code, version=None, **data):
    client.force_login(user)
    return client.post(url(kim, code), {"version": version or kim.version, "seen": 1, "text": TEXT, **data})


def fresh(kim):
    return Kim.objects.get(pk=kim.pk)


class TestStep:
    @pytest.mark.parametrize(
        ("before", "code", "after"),
        [
            ("submitted", "setujui", "verified"),
            ("submitted", "minta-perbaikan", "revision"),
            ("submitted", "tolak", "rejected"),
            ("submitted", "bubarkan", "dissolved"),
            ("active", "bubarkan", "dissolved"),
        ],
    )
    def test_the_step_is_taken_recorded_and_told(self, client, verifier, before, code, after):
        kim = make_kim(status=before, admin=make_user("ketua@contoh.invalid"))
        OutgoingMail.objects.all().delete()
        answer = press(client, verifier, kim, code)
        assert (answer.status_code, answer.url) == (302, change(kim))
        assert fresh(kim).status == after
        event = kim.events.get(action=after, actor_key=verifier.pk)
        assert (event.text, event.actor_label) == (TEXT, "Verifikator KIM")
        assert TEXT in OutgoingMail.objects.get(to="ketua@contoh.invalid").body

    def test_approval_needs_no_words(self, client, verifier):
        kim = make_kim(status="submitted")
        press(client, verifier, kim, "setujui", text="")
        assert fresh(kim).status == "verified"

    @pytest.mark.parametrize("code", ["minta-perbaikan", "tolak", "bubarkan"])
    @pytest.mark.parametrize("text", ["", "  ", "ab"])
    def test_other_steps_need_a_reason(self, client, verifier, code, text):
        kim = make_kim(status="submitted")
        answer = press(client, verifier, kim, code, text=text)
        assert answer.status_code == 422
        assert f'id="langkah-{code}"' in answer.content.decode()
        assert fresh(kim).status == "submitted"

    def test_what_was_typed_is_kept_when_refused(self, client, verifier):
        kim = make_kim(status="submitted")
        answer = press(client, verifier, kim, "tolak", text="x" * 2001)
        assert "x" * 2001 in answer.content.decode()

    def test_a_step_the_state_forbids_is_refused_in_a_sentence(self, client, verifier):
        kim = make_kim(status="verified")
        answer = press(client, verifier, kim, "tolak")
        assert answer.status_code == 422
        assert "tidak dapat menjadi" in answer.content.decode()
        assert fresh(kim).status == "verified"

    def test_unknown_steps_are_404_and_reading_one_leads_back(self, client, verifier):
        kim = make_kim(status="submitted")
        assert press(client, verifier, kim, "hapus").status_code == 404
        assert client.get(url(kim, "setujui")).url == change(kim)


class TestWhoMay:
    @pytest.mark.parametrize(
        ("name", "status"),
        [
            ("province_reader", 403),
            ("national_reader", 403),
            ("superuser", 403),
            ("officer", 404),
            ("liaison", 404),
            ("personal_data_officer", 404),
            ("owner", 302),
            ("visitor", 302),
        ],
    )
    def test_nobody_but_the_verifier_of_the_area(self, client, cast, name, status):
        kim = make_kim(status="submitted")
        if user := cast.people[name]:
            client.force_login(user)
        answer = client.post(url(kim, "setujui"), {"version": kim.version, "text": TEXT})
        assert answer.status_code in {status, 403 if status == 302 else status}
        assert fresh(kim).status == "submitted"

    def test_a_verifier_of_another_area_gets_404(self, client, verifier):
        make_area(OTHER_VILLAGE)
        kim = make_kim(OTHER_VILLAGE, status="submitted")
        assert press(client, verifier, kim, "setujui").status_code == 404

    @pytest.mark.parametrize("is_admin", [True, False])
    def test_nobody_reviews_the_own_kim(self, client, verifier, is_admin):
        kim = make_kim(status="submitted")
        make_membership(kim, Post.SECRETARY, user=verifier, is_admin=is_admin)
        assert press(client, verifier, kim, "setujui").status_code == 403
        assert fresh(kim).status == "submitted"

    def test_a_verifier_of_the_province_reviews_its_regencies(self, client, db):
        kim = make_kim(status="submitted")
        press(client, holder(Role.KIM_VERIFIER, "13"), kim, "setujui")
        assert fresh(kim).status == "verified"


class TestTwoOfficers:
    def test_the_slower_one_meets_both_versions(self, client, verifier):
        kim = make_kim(status="submitted")
        seen = kim.version
        kim.ask_changes(by=holder(Role.KIM_VERIFIER, REGENCY), text="Lengkapi AD/ART.")
        answer = press(client, verifier, kim, "tolak", version=seen, seen=2)
        content = answer.content.decode()
        assert answer.status_code == 409
        assert "Lengkapi AD/ART." in content
        assert TEXT in content
        assert fresh(kim).status == "revision"

    def test_a_step_still_open_can_be_pressed_again_with_both_in_view(self, client, verifier):
        kim = make_kim(status="verified")
        seen = kim.version
        kim.confirm_data(by=verifier)
        answer = press(client, verifier, kim, "bubarkan", version=seen)
        assert answer.status_code == 409
        assert f'name="version" value="{fresh(kim).version}"' in answer.content.decode()
        assert fresh(kim).status == "verified"

    def test_a_button_pressed_twice_does_it_once(self, client, verifier):
        kim = make_kim(status="submitted")
        version = kim.version
        for _ in range(2):
            assert press(client, verifier, kim, "minta-perbaikan", version=version).status_code == 302
        assert kim.events.filter(action="revision").count() == 1

    @pytest.mark.parametrize("version", ["", "x", "0", "-1", str(2**40)])
    def test_a_forged_version_is_refused(self, client, verifier, version):
        kim = make_kim(status="submitted")
        client.force_login(verifier)
        answer = client.post(url(kim, "setujui"), {"version": version, "text": TEXT})
        assert answer.status_code == 422
        assert fresh(kim).status == "submitted"


class TestInvite:
    def orphan(self):
        kim = make_kim(status="verified")
        kim.memberships.update(is_admin=False, user=None)
        return kim

    def test_a_member_of_a_kim_without_admin_is_invited_in_the_offices_name(self, client, verifier):
        kim = self.orphan()
        member = kim.memberships.get()
        press(client, verifier, kim, "undang-admin", member=member.pk, email="ketua@contoh.invalid")
        invitation = MemberInvitation.objects.get()
        assert (invitation.membership, invitation.makes_admin) == (member, True)
        assert kim.events.get(action="member_invited").actor_label == "Verifikator KIM"
        assert OutgoingMail.objects.filter(to="ketua@contoh.invalid").exists()

    def test_members_of_other_kim_cannot_be_named(self, client, verifier):
        kim, other = self.orphan(), self.orphan()
        answer = press(client, verifier, kim, "undang-admin", member=other.memberships.get().pk, email="a@b.id")
        assert answer.status_code == 422
        assert not MemberInvitation.objects.exists()

    def test_a_kim_that_has_an_admin_gets_no_other_from_outside(self, client, verifier):
        kim = make_kim(status="verified")
        member = make_membership(kim)
        answer = press(client, verifier, kim, "undang-admin", member=member.pk, email="a@b.id")
        assert answer.status_code == 422
        assert not MemberInvitation.objects.exists()
