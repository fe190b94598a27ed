from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from libraries.models import Library, LibraryPhoto
from libraries.models import photo as photos
from tests.factories import make_photo_bytes, make_user
from tests.libraries.making import make_library
from uploads.files import photo_path
from uploads.images import SafeImage, make_safe
from uploads.models import Image


def safe(size: tuple[int, int] = (320, 240)) -> SafeImage:
    return make_safe(io.BytesIO(make_photo_bytes(*size)))


def make_photo(library: Library, size: tuple[int, int] = (320, 240)) -> LibraryPhoto:
    return LibraryPhoto.add(library, safe(size), by=make_user(), alt="Ruang baca dengan rak buku", people="none")


@pytest.mark.django_db
class TestAdd:
    def test_kept_with_its_words_and_told(self) -> None:
        library = make_library()
        row = make_photo(library)
        assert row.alt == "Ruang baca dengan rak buku"
        assert library.events.get(action="photo_added").data["photo"] == row.pk

    def test_the_same_photo_twice_is_kept_once(self) -> None:
        library = make_library()
        make_photo(library)
        with pytest.raises(ValidationError, match="sudah ada"):
            make_photo(library)
        assert LibraryPhoto.objects.of(library).count() == Image.objects.count() == 1

    @pytest.mark.parametrize("alt", ["", "   ", "Rak buku"])
    def test_without_words_there_is_no_photo_and_no_file(self, alt: str) -> None:
        with pytest.raises(ValidationError):
            LibraryPhoto.add(make_library(), safe(), by=make_user(), alt=alt, people="none")
        assert not Image.objects.exists()

    def test_one_too_many_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        library = make_library()
        monkeypatch.setattr(photos, "MOST_PHOTOS", 1)
        make_photo(library)
        with pytest.raises(ValidationError, match="Paling banyak"):
            make_photo(library, (300, 200))

    def test_somebody_who_did_not_agree_is_no_choice(self) -> None:
        row = make_photo(make_library())
        with pytest.raises(IntegrityError), transaction.atomic():
            LibraryPhoto.objects.filter(pk=row.pk).update(people="no")


@pytest.mark.django_db(transaction=True)
class TestRemove:
    def test_the_files_go_too(self) -> None:
        library = make_library()
        row = make_photo(library)
        key = row.image_id
        assert photo_path(key, "small").exists()
        row.remove(by=make_user())
        assert not photo_path(key, "small").exists()
        assert library.events.filter(action="photo_removed").exists()
