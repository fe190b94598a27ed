"""The base of every model admin, tried on institutions and consents with a site of its own."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from accounts.admin_scope import IndexCard, PortalAdminSite, ScopedAdmin, register_index_card
from accounts.models import Consent, Institution, User
from kimportal.urls import urlpatterns as portal_urls
from tests.factories import make_institution

site = PortalAdminSite("admin")


@admin.register(Institution, site=site)
class InstitutionAdmin(ScopedAdmin):
    list_display = ("name", "sector", "is_active", "created")
    list_filter = ("sector", "is_active")
    search_fields = ("name",)
    ordering = ("name", "id")
    fields = ("name", "sector", "email", "is_active")

    @admin.display(description="dibuat oleh")
    def created(self, obj):
        return obj.phone

    def can_view(self, user):
        return user.is_staff

    def can_add(self, user):
        return user.is_superuser

    def can_change(self, user, obj):
        return obj is None or obj.sector != "finance"


@admin.register(Consent, site=site)
class ConsentAdmin(ScopedAdmin):
    list_display = ("purpose", "given_at")
    ordering = ("-id",)


urlpatterns = [path("admin/", site.urls), *portal_urls]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

LIST = "/admin/accounts/institution/"


def place(view, obj):
    return reverse(f"admin:accounts_institution_{view}", args=(obj.pk,))


@pytest.fixture(autouse=True)
def no_cards(monkeypatch):
    """The cards of the other apps link to lists that this site does not have."""
    monkeypatch.setattr("accounts.admin_scope._card_makers", [])


@pytest.fixture
def own(cast):
    return make_institution("Dinas Milik Sendiri", area="13.07", email="dinas@contoh.invalid")


@pytest.fixture
def foreign(cast):
    return make_institution("Dinas Seberang", area="13.71")


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer)
    return client


@pytest.fixture
def keeper(client, cast):
    client.force_login(cast.superuser)
    return client


def form_of(client, obj):
    """The form as the browser shows it, ready to be sent."""
    form = client.get(place("change", obj)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


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


class TestGetObject:
    @pytest.mark.parametrize("view", ["change", "history", "delete"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_missing_and_foreign_rows_are_the_same_404(self, officer, foreign, view, method):
        for key in (foreign.pk, foreign.pk + 99999, "bukan-angka", "9" * 40, "a%00b"):
            assert getattr(officer, method)(f"/admin/accounts/institution/{key}/{view}/").status_code == 404

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_nothing_is_deleted(self, keeper, own, method):
        assert getattr(keeper, method)(place("delete", own), {"post": "yes"}).status_code == 403
        own.refresh_from_db()

    def test_a_bulk_delete_does_nothing(self, keeper, own):
        keeper.post(LIST, {"action": "delete_selected", "index": "0", "_selected_action": [own.pk], "post": "yes"})
        own.refresh_from_db()


class TestChange:
    def test_what_was_typed_is_saved(self, officer, own):
        answer = officer.post(place("change", own), form_of(officer, own) | {"name": "Dinas Baru"})
        assert answer.status_code == 302
        own.refresh_from_db()
        assert own.name == "Dinas Baru"

    def test_an_error_keeps_what_was_typed(self, officer, own):
        answer = officer.post(place("change", own), form_of(officer, own) | {"name": "Dinas Baru", "email": "salah"})
        page = answer.content.decode()
        assert "Ada yang perlu diperbaiki" in page
        assert 'value="Dinas Baru"' in page

    def test_a_constraint_on_a_hidden_field_is_a_sentence_and_no_500(self, officer, own):
        make_institution("Kembar", area="13.07")
        answer = officer.post(place("change", own), form_of(officer, own) | {"name": "kembar"})
        assert "Lembaga dengan nama ini sudah ada" in answer.content.decode()

    def test_fields_that_are_not_shown_are_not_written(self, officer, own):
        forged = {"phone": "0812", "merged_into": own.pk, "id": 1, "province_code": "99"}
        officer.post(place("change", own), form_of(officer, own) | forged)
        own.refresh_from_db()
        assert (own.phone, own.merged_into_id, own.province_code) == ("", None, "13")

    def test_whoever_may_only_look_cannot_save(self, officer, own):
        values = form_of(officer, own) | {"name": "Dinas Baru"}
        Institution.objects.filter(pk=own.pk).update(sector="finance")
        assert officer.get(place("change", own)).status_code == 200
        assert officer.post(place("change", own), values).status_code == 403

    def test_an_officer_without_the_right_cannot_add(self, officer):
        assert officer.get(LIST + "add/").status_code == 403

    def test_a_link_fills_in_no_form(self, keeper):
        assert "Dinas%20Palsu" not in keeper.get(LIST + "add/?name=Dinas%20Palsu").content.decode()
        assert "Dinas Palsu" not in keeper.get(LIST + "add/?name=Dinas%20Palsu").content.decode()

    def test_nothing_is_written_to_django_s_log(self, keeper, own):
        keeper.post(place("change", own), form_of(keeper, own) | {"name": "Dinas Baru"})
        assert not LogEntry.objects.exists()

    def test_the_message_names_nobody(self, keeper, own):
        answer = keeper.post(place("change", own), form_of(keeper, own) | {"name": "Dinas Rahasia"})
        assert "Rahasia" not in answer.cookies["messages"].value


class TestConflict:
    def stale(self, client, own, **typed):
        values = form_of(client, own)
        Institution.objects.filter(pk=own.pk).update(name="Dinas Milik Orang Lain")
        return client.post(place("change", own), values | typed)

    def test_a_stale_form_shows_both_versions_and_saves_nothing(self, officer, own):
        answer = self.stale(officer, own, name="Dinas Ketikan Saya")
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Dinas Milik Orang Lain" in page
        assert 'value="Dinas Ketikan Saya"' in page
        own.refresh_from_db()
        assert own.name == "Dinas Milik Orang Lain"

    def test_saving_again_after_seeing_both_is_a_decision(self, officer, own):
        form = self.stale(officer, own, name="Dinas Ketikan Saya").context["form"]
        values = form_of(officer, own) | {"name": "Dinas Ketikan Saya", "version": form["version"].value()}
        assert officer.post(place("change", own), values).status_code == 302
        own.refresh_from_db()
        assert own.name == "Dinas Ketikan Saya"

    @pytest.mark.parametrize("version", ["", "tebakan"])
    def test_a_missing_or_made_up_version_is_stale(self, officer, own, version):
        assert officer.post(place("change", own), form_of(officer, own) | {"version": version}).status_code == 409

    def test_a_change_of_a_hidden_field_counts_too(self, officer, own):
        values = form_of(officer, own)
        Institution.objects.filter(pk=own.pk).update(phone="0812")
        assert officer.post(place("change", own), values).status_code == 409

    def test_the_version_tells_nothing(self, officer, own, settings):
        before = form_of(officer, own)["version"]
        settings.DIGEST_KEY = "kunci-lain"
        assert form_of(officer, own)["version"] != before


class TestInitSubclass:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"list_editable": ("name",)},
            {"autocomplete_fields": ("area",)},
            {"filter_horizontal": ("x",)},
            {"save_as": True},
        ],
    )
    def test_what_breaks_the_rules_cannot_be_declared(self, wrong):
        with pytest.raises(ImproperlyConfigured):
            type("Wrong", (ScopedAdmin,), wrong)

    def test_nor_a_tabular_inline(self):
        inline = type("Inline", (admin.TabularInline,), {"model": Consent})
        with pytest.raises(ImproperlyConfigured):
            type("Wrong", (ScopedAdmin,), {"inlines": (inline,)})


class TestHistory:
    def test_it_shows_the_object_s_events_without_texts(self, keeper, own):
        with transaction.atomic():
            own.events.model.append(own, "created", actor=None, actor_label="Petugas Uji", text="Catatan rahasia")
        page = keeper.get(place("history", own)).content.decode()
        assert "Petugas Uji" in page
        assert "rahasia" not in page

    def test_without_events_it_says_so(self, keeper, cast):
        row = Consent.objects.create(user=cast.owner, purpose="account", text_version="1")
        assert "Belum ada riwayat" in keeper.get(f"/admin/accounts/consent/{row.pk}/history/").content.decode()
