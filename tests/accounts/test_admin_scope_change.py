"""One object in the scoped admin: fetched, changed, in conflict, its history."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.admin_scope import ScopedAdmin
from accounts.models import Consent, Institution
from tests.accounts.scoped_site import LIST, form_of, place
from tests.factories import make_institution

pytestmark = [
    pytest.mark.urls("tests.accounts.scoped_site"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("no_cards"),
]


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
