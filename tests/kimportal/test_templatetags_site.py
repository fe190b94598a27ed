"""What is made once and copied into every page."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context
from django.test import RequestFactory
from django.urls import reverse

from kimportal.templatetags import site
from kimportal.templatetags.site import kept_field, site_header
from regions.fields import AreaField


class SampleFilter(forms.Form):
    kind = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua"), ("a", "Acara"), ("b", "Bantuan")])
    area = AreaField(label="Wilayah", level=None, required=False)


class OtherFilter(SampleFilter):
    kind = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua"), ("l", "Layanan")])


class TestHeader:
    def header(self, path: str, *, has_session: bool = False) -> str:
        return site_header(Context({"request": RequestFactory().get(path), "has_session": has_session}))

    def test_only_the_page_one_is_on_is_marked(self) -> None:
        listed = reverse("reports:report_list")
        assert f'href="{listed}" aria-current="page"' in self.header(listed)
        assert self.header(listed).count("aria-current") == 1
        assert "aria-current" not in self.header("/tentang/")

    def test_who_has_a_session_is_not_asked_to_sign_in(self) -> None:
        assert "Masuk" in self.header("/")
        assert "Akun saya" not in self.header("/")
        assert "Akun saya" in self.header("/", has_session=True)
        assert "Masuk" not in self.header("/", has_session=True)

    def test_an_error_page_has_no_request(self) -> None:
        assert "Masuk" in site_header(Context())


class TestKeptField:
    def test_is_the_field_as_it_always_was(self) -> None:
        for data in (None, {}, {"kind": "a"}, {"kind": "b"}, {"kind": "a"}, {"kind": "c"}):
            form = SampleFilter(data)
            assert kept_field(form["kind"]) == form["kind"].as_field_group(), data
            assert kept_field(form["area"]) == form["area"].as_field_group(), data

    def test_other_choices_are_another_field(self) -> None:
        kept_field(SampleFilter()["kind"])
        assert "Layanan" in kept_field(OtherFilter()["kind"])

    @pytest.mark.django_db
    def test_what_somebody_typed_is_not_kept_for_the_next(self) -> None:
        assert "rahasia" in kept_field(SampleFilter({"area_words": "rahasia"})["area"])
        assert "rahasia" not in kept_field(SampleFilter({})["area"])

    def test_a_wrong_choice_takes_no_memory(self) -> None:
        kept = len(site._fields)
        assert "has-error" in kept_field(SampleFilter({"kind": "x"})["kind"])
        assert len(site._fields) == kept
