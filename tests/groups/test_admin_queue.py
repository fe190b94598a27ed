"""The verifiers' queue: whose KIM, in which order, found by what, at which cost; and the downloads beside it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from groups.admin.queue import in_words
from groups.models import Kim, Membership
from tests.cast import OTHER_VILLAGE, REGENCY
from tests.factories import make_area, make_grant, make_kim, make_membership, make_user

QUEUE = reverse("admin:groups_kim_changelist")
INDEX = reverse("admin:index")


def holder(role, area=None):
    user = make_user()
    make_grant(user, role, area)
    return user


@pytest.fixture
def verifier(db):
    return holder(Role.KIM_VERIFIER, REGENCY)


def change(kim):
    return reverse("admin:groups_kim_change", args=(kim.pk,))


def page(client, user, query="", status=200):
    client.force_login(user)
    answer = client.get(f"{QUEUE}{query}")
    assert answer.status_code == status
    return answer.content.decode()


class TestQueue:
    def test_each_role_sees_the_kim_of_its_area_and_no_draft(self, client, cast, verifier):
        make_area(OTHER_VILLAGE)
        here, there = make_kim(status="submitted"), make_kim(OTHER_VILLAGE, status="submitted")
        draft = make_kim(status="draft")
        expected = {
            verifier: {here},
            holder(Role.KIM_VERIFIER, "13.71"): {there},
            cast.province_reader: {here, there},
            cast.national_reader: {here, there},
            holder(Role.PROVINCE_READER, "32"): set(),
            cast.superuser: {here, there},
        }
        for user, seen in expected.items():
            content = page(client, user)
            assert {kim for kim in (here, there, draft) if change(kim) in content} == seen, user

    @pytest.mark.parametrize("name", ["officer", "liaison", "confidentiality", "personal_data_officer"])
    def test_officers_of_other_matters_have_no_queue(self, client, cast, name):
        page(client, cast.people[name], status=403)

    @pytest.mark.parametrize("name", ["owner", "visitor"])
    def test_who_holds_no_office_is_sent_away(self, client, cast, name):
        if user := cast.people[name]:
            client.force_login(user)
        assert client.get(QUEUE).status_code in {302, 403}

    def test_a_kim_admin_is_no_officer(self, client, db):
        kim = make_kim(status="submitted", admin=make_user("ketua@contoh.invalid"))
        client.force_login(kim.memberships.get().user)
        assert client.get(QUEUE).status_code in {302, 403}

    def test_shows_what_was_submitted_oldest_first(self, client, verifier):
        new, old, done = make_kim(status="submitted"), make_kim(status="submitted"), make_kim(status="verified")
        Kim.objects.filter(pk=old.pk).update(submitted_at="2026-01-05T00:00:00Z")
        content = page(client, verifier)
        assert content.index(change(old)) < content.index(change(new))
        assert change(done) not in content
        assert "diajukan hari ini" in content

    @pytest.mark.parametrize("status", ["revision", "rejected", "verified", "active", "inactive", "dissolved"])
    def test_another_state_is_asked_for(self, client, verifier, status):
        waiting, other = make_kim(status="submitted"), make_kim(status=status)
        content = page(client, verifier, f"?status={status}")
        assert change(other) in content
        assert change(waiting) not in content

    @pytest.mark.parametrize("query", ["?status=draft", "?status=x", "?cara=x", "?wilayah=99", "?halaman=x"])
    def test_an_unknown_choice_does_nothing(self, client, verifier, query):
        waiting, draft = make_kim(status="submitted"), make_kim(status="draft")
        content = page(client, verifier, query)
        assert change(waiting) in content
        assert change(draft) not in content

    def test_mode_and_area_narrow(self, client, verifier):
        make_area("13.07.03.2002")
        here, there = make_kim(status="submitted", mode="analog"), make_kim("13.07.03.2002", status="submitted")
        assert change(there) not in page(client, verifier, "?cara=analog")
        assert change(here) not in page(client, verifier, "?wilayah=13.07.03")
        assert change(there) in page(client, verifier, "?wilayah=13.07.03")

    def test_words_are_looked_for_in_every_state_however_spelled(self, client, verifier):
        found, other = make_kim(name="KIM Tanjuang Bungo", status="active"), make_kim(name="KIM Lain", status="active")
        content = page(client, verifier, "?q=tanjung%20bunga")
        assert change(found) in content
        assert change(other) not in content

    def test_words_with_a_nul_are_harmless(self, client, verifier):
        page(client, verifier, "?q=a%00b")

    @pytest.mark.parametrize("number", [1, 20])
    def test_costs_at_most_eight_queries(self, client, verifier, number):
        for _ in range(number):
            make_kim(status="submitted")
        client.force_login(verifier)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(QUEUE).status_code == 200
        assert len(queries) <= 8, [query["sql"] for query in queries]

    def test_nothing_is_counted(self, client, verifier):
        client.force_login(verifier)
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        assert not any("COUNT(" in query["sql"] for query in queries)

    def test_history_speaks_indonesian(self, client, verifier):
        kim = make_kim(status="submitted")
        client.force_login(verifier)
        content = client.get(reverse("admin:groups_kim_history", args=(kim.pk,))).content.decode()
        assert "Pendaftaran dibuat" in content


class TestIndexCard:
    def test_the_verifier_reads_how_many_wait(self, client, verifier):
        make_kim(status="submitted")
        make_kim(status="verified")
        client.force_login(verifier)
        content = client.get(INDEX).content.decode()
        assert "KIM menunggu verifikasi" in content
        assert "1 KIM" in content

    def test_a_reader_who_cannot_act_has_no_such_card(self, client, cast):
        client.force_login(cast.province_reader)
        assert "KIM menunggu verifikasi" not in client.get(INDEX).content.decode()

    @pytest.mark.parametrize(
        ("number", "words"), [(0, "Tidak ada."), (1, "1 KIM"), (99, "99 KIM"), (100, "Lebih dari 99 KIM")]
    )
    def test_counts_up_to_a_hundred(self, number, words):
        assert in_words(number) == words


class TestExport:
    URL = reverse("admin:groups_kim_export")

    def text(self, client, user):
        client.force_login(user)
        answer = client.get(self.URL)
        assert answer.status_code == 200
        return b"".join(answer.streaming_content).decode()

    def test_an_officer_gets_the_own_area_and_only_its_verifier_the_phones(self, client, cast, verifier):
        make_area(OTHER_VILLAGE)
        here, there = make_kim(), make_kim(OTHER_VILLAGE)
        Membership.objects.filter(kim=here).update(phone="0812 999")
        assert there.name not in self.text(client, verifier)
        assert "'0812 999" in self.text(client, verifier)
        for reader in (cast.province_reader, cast.national_reader, cast.superuser):
            content = self.text(client, reader)
            assert there.name in content
            assert "0812 999" not in content

    def test_drafts_stay_their_writers(self, client, verifier):
        draft = make_kim(status="draft")
        assert draft.name not in self.text(client, verifier)

    @pytest.mark.parametrize("name", ["officer", "personal_data_officer"])
    def test_other_officers_get_none(self, client, cast, name):
        client.force_login(cast.people[name])
        assert client.get(self.URL).status_code == 403

    def test_costs_the_same_for_one_and_twenty(self, client, verifier):
        counts = []
        for number in (1, 19):
            for _ in range(number):
                make_membership(make_kim(), "secretary")
            client.force_login(verifier)
            with CaptureQueriesContext(connection) as queries:
                b"".join(client.get(self.URL).streaming_content)
            counts.append(len(queries))
        assert counts[1] <= counts[0] <= 8
