"""One KIM on one page: everything a verifier needs, and nothing for whom it is not."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from groups.models import KimPolicy, Membership, Post
from tests.cast import OTHER_VILLAGE, REGENCY
from tests.factories import make_area, make_decree, make_document, make_grant, make_kim, make_membership, make_user
from tests.groups.test_admin_queue import change, holder


@pytest.fixture
def verifier(db):
    return holder(Role.KIM_VERIFIER, REGENCY)


@pytest.fixture
def kim(db):
    kim = make_kim(name="KIM Talang Maur", status="submitted", admin=make_user(name="Rina Ketua"))
    Membership.objects.update(phone="0812 999 111")
    return kim


def page(client, user, kim, status=200):
    client.force_login(user)
    answer = client.get(change(kim))
    assert answer.status_code == status
    return answer.content.decode()


class TestChangePage:
    def test_the_verifier_reads_everything_on_one_page(self, client, verifier, kim):
        kim.bylaws = make_document()
        kim.save()
        decree = make_decree(kim, file=make_document(), number="140/7/2026")
        content = page(client, verifier, kim)
        for words in ("Rina Ketua", "0812 999 111", "140/7/2026", "Berlaku hari ini", "Terpenuhi", "Belum", "Diajukan"):
            assert words in content, words
        for document in (kim.bylaws, decree.file):
            address = reverse("groups:kim_document", args=(kim.slug, document.pk))
            assert address in content
            answer = client.get(address)
            assert answer.status_code == 200
            assert "attachment" in answer["Content-Disposition"]

    def test_papers_are_not_for_officers_of_another_area(self, client, kim):
        decree = make_decree(kim, file=make_document())
        client.force_login(holder(Role.KIM_VERIFIER, "13.71"))
        assert client.get(reverse("groups:kim_document", args=(kim.slug, decree.file.pk))).status_code == 404

    @pytest.mark.parametrize("reader", ["province_reader", "national_reader", "superuser"])
    def test_readers_see_and_act_not(self, client, cast, kim, reader):
        content = page(client, cast.people[reader], kim)
        assert "Rina Ketua" in content
        assert "0812 999 111" not in content
        assert "/tindakan/" not in content
        assert "urusan verifikator wilayahnya" in content

    @pytest.mark.parametrize("status", ["draft", "submitted"])
    def test_foreign_drafted_and_missing_are_the_same_404(self, client, verifier, status):
        make_area(OTHER_VILLAGE)
        page(
            client, verifier, make_kim(OTHER_VILLAGE if status == "submitted" else "13.07.11.2004", status=status), 404
        )
        assert client.get(reverse("admin:groups_kim_change", args=(10**30,))).status_code == 404
        assert client.get(reverse("admin:groups_kim_change", args=("x",))).status_code == 404

    def test_who_belongs_to_the_kim_reviews_it_not(self, client, verifier, kim):
        make_membership(kim, Post.SECRETARY, user=verifier)
        content = page(client, verifier, kim)
        assert "Anda anggota KIM ini" in content
        assert "/tindakan/" not in content

    def test_nothing_is_changed_by_posting_to_the_page(self, client, verifier, kim):
        client.force_login(verifier)
        assert client.post(change(kim), {"name": "X", "status": "active"}).status_code == 403
        kim.refresh_from_db()
        assert (kim.name, kim.status) == ("KIM Talang Maur", "submitted")

    def test_others_of_the_village_and_of_the_name_nearby_are_shown(self, client, verifier, kim):
        make_area("13.07.03.2002")
        make_area(OTHER_VILLAGE)
        same_village, named_alike = make_kim(status="rejected"), make_kim("13.07.03.2002", "kim talang-maur")
        far, draft = make_kim(OTHER_VILLAGE, "KIM Talang Maur"), make_kim(status="draft")
        unlike = make_kim("13.07.03.2002")
        content = page(client, verifier, kim)
        shown = {other for other in (same_village, named_alike, far, draft, unlike) if change(other) in content}
        assert shown == {same_village, named_alike}

    def test_an_area_policy_decides_what_is_met(self, client, verifier, kim):
        KimPolicy.objects.create(area=make_area(REGENCY), min_members=10, max_members=20)
        assert "Jumlah anggota 10 sampai 20 orang" in page(client, verifier, kim)

    def test_markup_in_names_stays_text(self, client, verifier):
        kim = make_kim(name="KIM <script>alert(1)</script>", status="submitted", about="<b>x</b>")
        content = page(client, verifier, kim)
        assert "<script>alert" not in content
        assert "<b>x</b>" not in content

    @pytest.mark.parametrize("status", ["submitted", "active"])
    def test_costs_at_most_twelve_queries_however_much_there_is_of_it(self, client, verifier, status):
        kim = make_kim(status=status)
        client.force_login(verifier)
        few = self.queries(client, kim)
        for number in range(20):
            make_membership(kim)
            make_kim()
            make_decree(kim, date(2000 + number, 1, 1), date(2000 + number, 12, 31), file=make_document())
        assert len(self.queries(client, kim)) == len(few) <= 12, [query["sql"] for query in few]

    def queries(self, client, kim):
        with CaptureQueriesContext(connection) as queries:
            client.get(change(kim))
        return queries

    @pytest.mark.parametrize(
        ("status", "codes"),
        [
            ("submitted", {"setujui", "minta-perbaikan", "tolak", "bubarkan"}),
            ("revision", {"bubarkan"}),
            ("rejected", {"bubarkan"}),
            ("verified", {"bubarkan"}),
            ("active", {"bubarkan"}),
            ("inactive", {"bubarkan"}),
            ("dissolved", set()),
        ],
    )
    def test_only_the_steps_of_the_state_are_offered(self, client, verifier, status, codes):
        kim = make_kim(status=status)
        content = page(client, verifier, kim)
        every = ("setujui", "minta-perbaikan", "tolak", "undang-admin", "bubarkan")
        assert {code for code in every if f'id="langkah-{code}"' in content} == codes

    def test_a_kim_without_admin_can_be_given_one(self, client, verifier):
        kim = make_kim(status="verified")
        kim.memberships.update(is_admin=False, user=None)
        assert 'id="langkah-undang-admin"' in page(client, verifier, kim)


def test_a_grant_that_ended_opens_nothing(client, kim):
    user = make_user()
    make_grant(user, Role.KIM_VERIFIER, REGENCY, valid_from=date(2020, 1, 1), valid_until=date(2020, 2, 1))
    client.force_login(user)
    assert client.get(change(kim)).status_code in {302, 403}
