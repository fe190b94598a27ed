from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from libraries.models import Library, LibraryPhoto
from tests.factories import make_photo_bytes
from tests.libraries.making import make_librarian, make_library
from tests.libraries.models.test_photo import make_photo


def posted(**over: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("rumah-ibu-siti.jpg", make_photo_bytes(), "image/jpeg")
    return {"photo_file": file, "alt": "Ruang baca dengan rak buku", "people": "none", **over}


@pytest.mark.django_db
class TestLibraryPhotos:
    @pytest.fixture
    def library(self, client: Client) -> Library:
        client.force_login(make_librarian())
        return make_library()

    def address(self, library: Library) -> str:
        return reverse("libraries:library_photos", args=[library.slug])

    def test_a_photo_stands_on_the_public_page_with_its_words(self, client: Client, library: Library) -> None:
        assert client.post(self.address(library), posted()).status_code == 302
        page = Client().get(reverse("libraries:library_detail", args=[library.slug])).content.decode()
        assert 'alt="Ruang baca dengan rak buku"' in page
        assert "siti" not in page

    def test_pressed_twice_is_one_photo(self, client: Client, library: Library) -> None:
        client.post(self.address(library), posted())
        response = client.post(self.address(library), posted())
        assert response.status_code == 422
        assert "sudah ada di halaman" in response.content.decode()
        assert LibraryPhoto.objects.count() == 1

    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"alt": "Rak"}, "sedikitnya sepuluh huruf"),
            ({"people": ""}, "yang tidak setuju jangan ditampilkan"),
            ({"photo_file": SimpleUploadedFile("a.svg", b"<svg/>", "image/svg+xml")}, "id_photo_file_error"),
            ({"photo_file": ""}, "Pilih sebuah foto."),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, client: Client, library: Library, over: dict[str, Any], sentence: str
    ) -> None:
        response = client.post(self.address(library), posted(**over))
        page = response.content.decode()
        assert response.status_code == 422
        assert sentence in page
        assert over.get("alt", "Ruang baca dengan rak buku") in page
        assert not LibraryPhoto.objects.exists()

    def test_removed_twice_is_gone_once(self, client: Client, library: Library) -> None:
        photo = make_photo(library)
        address = reverse("libraries:photo_remove", args=[library.slug, photo.pk])
        assert [client.post(address).status_code for _ in range(2)] == [302, 302]
        assert not LibraryPhoto.objects.exists()

    def test_a_photo_of_another_library_is_not_touched(self, client: Client, library: Library) -> None:
        foreign = make_photo(make_library("13.07.03.2002"))
        client.post(reverse("libraries:photo_remove", args=[library.slug, foreign.pk]))
        assert LibraryPhoto.objects.filter(pk=foreign.pk).exists()


@pytest.mark.django_db
class TestLibraryPhoto:
    def test_public_where_the_library_is_and_nowhere_else(self, client: Client) -> None:
        photo = make_photo(make_library())
        hidden = make_photo(make_library(is_listed=False))
        for row, status in ((photo, 200), (hidden, 404)):
            place = reverse("libraries:library_photo", args=[row.library.slug, row.image_id, "small"])
            assert client.get(place).status_code == status
        crossed = reverse("libraries:library_photo", args=[photo.library.slug, hidden.image_id, "small"])
        assert client.get(crossed).status_code == 404
