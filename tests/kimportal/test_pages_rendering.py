"""Forms in the portal's own markup."""

from __future__ import annotations

import pytest
from django import forms
from django.template.loader import render_to_string


class SampleForm(forms.Form):
    text = forms.CharField(label="Apa yang terjadi?", help_text="Tulis dengan kata sendiri.")
    place = forms.CharField(label="Patokan", required=False)
    answer = forms.ChoiceField(label="Sudah selesai?", widget=forms.RadioSelect, choices=[("y", "Ya"), ("n", "Belum")])
    consent = forms.BooleanField(label="Saya setuju")
    key = forms.CharField(widget=forms.HiddenInput)


class TestField:
    def test_required_and_optional_fields_are_marked_in_words(self) -> None:
        form = SampleForm()
        assert "(wajib)" in form["text"].as_field_group()
        assert "(boleh kosong)" in form["place"].as_field_group()

    def test_an_optional_checkbox_carries_no_mark(self) -> None:
        form = SampleForm()
        form.fields["consent"].required = False
        assert "mark" not in form["consent"].as_field_group()

    def test_hint_and_error_are_named_by_the_input(self) -> None:
        html = SampleForm({})["text"].as_field_group()
        assert 'aria-describedby="id_text_helptext id_text_error"' in html
        assert 'aria-invalid="true"' in html
        assert 'id="id_text_helptext"' in html
        assert 'id="id_text_error"' in html

    def test_choices_stand_in_a_fieldset_with_its_error(self) -> None:
        html = SampleForm({})["answer"].as_field_group()
        assert "<legend>Sudah selesai?" in html
        assert 'aria-describedby="id_answer_error"' in html

    def test_what_was_typed_comes_back_escaped(self) -> None:
        html = SampleForm({"text": '"><script>x</script>'})["text"].as_field_group()
        assert "<script>" not in html
        assert "&lt;script&gt;" in html

    def test_a_whole_form_holds_its_hidden_fields(self) -> None:
        assert 'type="hidden" name="key"' in str(SampleForm())


GOOD = {"text": "a", "answer": "y", "consent": "on", "key": "k"}


class TestErrorSummary:
    def render(self, form: forms.Form) -> str:
        return render_to_string("_error_summary.html", {"form": form})

    @pytest.mark.parametrize("form", [SampleForm(), SampleForm(GOOD)])
    def test_nothing_is_shown_without_errors(self, form: forms.Form) -> None:
        assert self.render(form).strip() == ""

    def test_every_error_is_a_link_to_its_field(self) -> None:
        html = self.render(SampleForm({"key": "k"}))
        for target in ("#id_text", "#id_answer", "#id_consent"):
            assert f'href="{target}"' in html
        assert "#id_place" not in html

    def test_it_takes_the_focus_and_is_announced(self) -> None:
        html = self.render(SampleForm({}))
        assert 'role="alert"' in html
        assert 'tabindex="-1"' in html

    def test_errors_of_the_whole_form_and_of_hidden_fields_are_told(self) -> None:
        form = SampleForm({})
        form.add_error(None, "Kunci sudah dipakai.")
        form.add_error("key", "Kunci rusak.")
        html = self.render(form)
        assert "Kunci sudah dipakai." in html
        assert "Kunci rusak." in html
