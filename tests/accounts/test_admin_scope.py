"""The base of every model admin, tried on institutions and consents with a site of its own."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.admin_scope import IndexCard, PortalAdminSite, register_index_card
from accounts.models import Consent, User
from tests.accounts.scoped_site import LIST
from tests.factories import make_institution

pytestmark = [
    pytest.mark.urls("tests.accounts.scoped_site"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("no_cards"),
]


class TestPortalAdminSite:
    @pytest.mark.parametrize(
        ("name", "status"), [("visitor", 302), ("owner", 302), ("officer", 200), ("superuser", 200)]
    )
    def test_the_door_is_open_to_officers_only(self, client, cast, name, status):
        if person := cast.people[name]:
            client.force_login(person)
        assert client.get("/admin/").status_code == status

    def test_visitors_sign_in_through_the_portal(self, client):
        answer = client.get("/admin/", follow=True)
        assert answer.redirect_chain[-1][0].startswith("/akun/")
        assert "%2Fadmin%2F" in answer.redirect_chain[-1][0]

    def test_a_resident_is_told_that_it_is_not_allowed(self, client, cast):
        client.force_login(cast.owner)
        assert client.get("/admin/login/").status_code == 403

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_django_s_own_password_form_is_shut(self, officer, cast, method):
        """It would let an officer try other people's passwords without any limit."""
        answer = getattr(officer, method)("/admin/login/", {"username": cast.superuser.email, "password": "salah"})
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/admin/"

    def test_next_never_leaves_the_portal(self, officer):
        assert officer.get("/admin/login/?next=https://jahat.invalid/").headers["Location"] == "/admin/"
        assert officer.get(f"/admin/login/?next={LIST}").headers["Location"] == LIST

    @pytest.mark.parametrize("address", ["autocomplete/", "jsi18n/", "r/1/1/", "password_change/"])
    def test_side_doors_are_shut(self, keeper, address):
        assert keeper.get(f"/admin/{address}").status_code == 404

    def test_logging_out_asks_on_the_portal_s_page(self, officer):
        assert officer.post("/admin/logout/").headers["Location"] == "/akun/logout/"

    def test_stock_admins_are_not_let_in(self):
        stock = PortalAdminSite("admin")
        stock.register(User, admin.ModelAdmin)
        assert not stock.is_registered(User)


class TestRegisterIndexCard:
    def test_cards_show_the_work_that_waits(self, officer):
        register_index_card(lambda request: [IndexCard("3 lewat tenggat", f"untuk {request.user.name}", "/x/", True)])
        page = officer.get("/admin/").content.decode()
        assert "3 lewat tenggat" in page
        assert "is-urgent" in page


class TestList:
    def test_an_officer_sees_the_own_area_only(self, officer, own, foreign):
        page = officer.get(LIST).content.decode()
        assert "Dinas Milik Sendiri" in page
        assert "Dinas Seberang" not in page

    def test_a_model_without_a_rule_is_for_superusers(self, officer, cast):
        Consent.objects.create(user=cast.owner, purpose="account", text_version="1")
        assert officer.get("/admin/accounts/consent/").status_code == 403
        officer.force_login(cast.superuser)
        assert "Memakai akun portal" in officer.get("/admin/accounts/consent/").content.decode()

    def test_nothing_is_counted_and_queries_do_not_grow(self, keeper):
        def queries():
            with CaptureQueriesContext(connection) as found:
                assert keeper.get(LIST).status_code == 200
            return [each["sql"] for each in found]

        few = queries()
        for number in range(30):
            make_institution(f"Dinas {number:02}", area="13.07")
        many = queries()
        assert len(many) == len(few)
        assert not [sql for sql in many if "COUNT(" in sql.upper()]

    def test_pages_lead_there_and_back(self, keeper):
        for number in range(25):
            make_institution(f"A {number:02}", area="13.07")
        first = keeper.get(LIST)
        second = keeper.get(LIST + first.context["cl"].older)
        assert "A 20" not in first.content.decode()
        assert "A 20" in second.content.decode()
        back = keeper.get(LIST + second.context["cl"].newer)
        assert "A 00" in back.content.decode()

    def test_a_filter_stays_on_the_next_page(self, keeper):
        for number in range(25):
            make_institution(f"A {number:02}", area="13.07", sector="health")
        first = keeper.get(LIST + "?sector__exact=health")
        assert "sector__exact=health" in first.context["cl"].older

    def test_search_finds_visible_rows_only(self, officer, own, foreign):
        page = officer.get(LIST + "?q=Dinas").content.decode()
        assert "Dinas Milik Sendiri" in page
        assert "Dinas Seberang" not in page

    def test_yes_and_no_are_words(self, keeper, own):
        page = keeper.get(LIST).content.decode()
        assert ">Ya<" in page
        assert "icon-yes" not in page


HIDDEN = [
    "email__startswith=d",
    "email=dinas@contoh.invalid",
    "phone__isnull=1",
    "area__parent__name__startswith=K",
    "merged__email__startswith=d",
    "id__gt=1",
    "sector__startswith=g",
    "name__regex=^D",
]


class TestLookupAllowed:
    @pytest.mark.parametrize("query", HIDDEN)
    def test_no_parameter_asks_for_a_hidden_value(self, keeper, own, query):
        """quality.md A3: the answer is the same whether the guess is right or wrong."""
        right, wrong = keeper.get(f"{LIST}?{query}"), keeper.get(f"{LIST}?{query}zz")
        assert right.status_code == wrong.status_code == 400

    @pytest.mark.parametrize(
        "query", ["sector__exact=health", "is_active__exact=1", "q=x", "halaman=rusak", "o=1", "p=2"]
    )
    def test_declared_filters_work(self, keeper, own, query):
        assert keeper.get(f"{LIST}?{query}").status_code == 200

    def test_the_order_cannot_be_chosen(self, keeper):
        """Ordering by a hidden value tells it bit by bit."""
        make_institution("B", area="13.07", phone="1"), make_institution("A", area="13.07", phone="2")
        orders = {
            tuple(row.name for row in keeper.get(LIST + query).context["cl"].result_list)
            for query in ("", "?o=4", "?o=-1")
        }
        assert len(orders) == 1

    def test_rows_are_found_by_their_key_only(self, keeper, own):
        address = f"/admin/accounts/institution/{own.email}/change/?_to_field=email"
        assert keeper.get(address).status_code == keeper.get(address.replace("dinas@", "tidak@")).status_code != 200
