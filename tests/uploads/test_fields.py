from __future__ import annotations

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from tests.factories import make_pdf_bytes, make_photo_bytes
from tests.uploads import hostile
from uploads.fields import DocumentField, PhotoField, PhotosField
from uploads.images import MAX_BYTES


class OneForm(forms.Form):
    photo = PhotoField(label="Foto")


class ManyForm(forms.Form):
    photos = PhotosField(label="Foto", required=False)


def sent(*contents: bytes, name: str = "foto.jpg") -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, content, "image/jpeg") for content in contents]


def many(*contents: bytes, **options: str) -> ManyForm:
    return ManyForm({}, MultiValueDict({"photos": sent(*contents, **options)}))


class TestFullDisk:
    """Said beside the field, before anything is stored: nothing typed is lost."""

    @pytest.mark.parametrize("field", [PhotoField(), PhotosField(), DocumentField()])
    @pytest.mark.parametrize("state", ["full", "read-only"])
    def test_it_is_said_in_words(self, monkeypatch: pytest.MonkeyPatch, field: forms.Field, state: str) -> None:
        monkeypatch.setattr("uploads.files.storage_state", lambda: state)
        photo = sent(make_photo_bytes())
        with pytest.raises(forms.ValidationError, match="penyimpanan di server penuh atau terkunci"):
            field.clean(photo if isinstance(field, PhotosField) else photo[0])

    def test_without_a_file_nobody_asks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("uploads.files.storage_state", lambda: "full")
        assert PhotosField(required=False).clean([]) == []


class TestPhotoField:
    def test_cleans_to_a_safe_photo(self) -> None:
        form = OneForm({}, {"photo": sent(make_photo_bytes())[0]})
        assert form.is_valid()
        assert form.cleaned_data["photo"].width == 640

    def test_missing_photo_is_asked_for_in_words(self) -> None:
        assert OneForm({}, {}).errors == {"photo": ["Pilih sebuah foto."]}

    def test_refusal_stands_at_the_field(self) -> None:
        form = OneForm({}, {"photo": sent(b"GIF89a")[0]})
        assert form.errors == {"photo": ["Gambar GIF tidak diterima. Kirim foto JPEG, PNG, atau WebP."]}

    def test_empty_file_is_named_as_such(self) -> None:
        assert "kosong" in OneForm({}, {"photo": sent(b"")[0]}).errors["photo"][0]

    def test_input_asks_for_what_is_taken_and_is_shrunk_in_the_browser(self) -> None:
        html = str(OneForm()["photo"])
        assert 'accept="image/jpeg,image/png,image/webp"' in html
        assert "data-photo-shrink" in html
        assert "multiple" not in html

    def test_optional_field_cleans_to_none(self) -> None:
        assert PhotoField(required=False).clean(None) is None

    def test_has_changed_only_with_a_file(self) -> None:
        assert OneForm({}, {"photo": sent(b"x")[0]}).has_changed()
        assert not OneForm({}, {}).has_changed()


class TestPhotosField:
    def test_cleans_to_a_list_in_the_order_sent(self) -> None:
        form = many(make_photo_bytes(100, 100), make_photo_bytes(200, 100), make_photo_bytes(300, 100))
        assert form.is_valid()
        assert [photo.width for photo in form.cleaned_data["photos"]] == [100, 200, 300]

    def test_no_photo_is_an_empty_list(self) -> None:
        form = many()
        assert form.is_valid()
        assert form.cleaned_data["photos"] == []

    def test_required_field_without_photo_says_so(self) -> None:
        with pytest.raises(forms.ValidationError, match="Pilih sebuah foto"):
            PhotosField().clean([])

    def test_fourth_photo_is_refused_before_any_is_decoded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("uploads.fields.make_safe", lambda file: pytest.fail("decoded"))
        form = many(*[make_photo_bytes()] * 4)
        assert form.errors == {"photos": ["Paling banyak 3 foto, sedangkan Anda memilih 4. Pilih 3 yang paling jelas."]}

    def test_says_which_photos_are_refused(self) -> None:
        errors = many(make_photo_bytes(), b"", hostile.png_bomb()).errors["photos"]
        assert [error[:13] for error in errors] == ["Foto ke-2: Be", "Foto ke-3: Ga"]

    def test_single_refused_photo_needs_no_number(self) -> None:
        assert not many(b"x").errors["photos"][0].startswith("Foto ke-")

    def test_file_cut_off_on_its_way_in_is_called_too_large_not_empty(self) -> None:
        [file] = sent(b"")
        file.size = MAX_BYTES + 1
        form = ManyForm({}, MultiValueDict({"photos": [file]}))
        assert "batasnya 12 MB" in form.errors["photos"][0]

    @pytest.mark.parametrize("name", ["foto.exe", "foto.svg", "a" * 200 + ".jpg", "../../x.php", "ini foto 📷.jpg"])
    def test_name_and_extension_say_nothing(self, name: str) -> None:
        assert many(make_photo_bytes(), name=name).is_valid()
        assert not many(b"<svg/>", name="foto.jpg").is_valid()

    def test_input_takes_several_and_names_the_limit(self) -> None:
        html = str(ManyForm()["photos"])
        assert "multiple" in html
        assert 'data-photo-max="3"' in html


class PaperForm(forms.Form):
    paper = DocumentField(label="Berkas", required=False)


class TestDocumentField:
    def test_takes_a_pdf_by_its_content_alone(self) -> None:
        form = PaperForm({}, {"paper": SimpleUploadedFile("foto.jpg", make_pdf_bytes(), "image/jpeg")})
        assert form.is_valid()
        assert form.cleaned_data["paper"].kind == "pdf"

    def test_refuses_with_a_sentence(self) -> None:
        form = PaperForm({}, {"paper": SimpleUploadedFile("sk.pdf", b"MZ", "application/pdf")})
        assert "bukan jenis yang dikenal" in form.errors["paper"][0]

    def test_may_be_missing(self) -> None:
        form = PaperForm({}, {})
        assert form.is_valid()
        assert form.cleaned_data["paper"] is None
