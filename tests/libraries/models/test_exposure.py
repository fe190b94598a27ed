from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from libraries.models import MediaExposure
from libraries.models.exposure import plain_address
from tests.factories import make_user
from tests.libraries.making import MARCH, make_clipping, make_library, make_library_officer, make_month


@pytest.mark.django_db
class TestKeep:
    def test_the_same_link_twice_is_told_so(self) -> None:
        library = make_library()
        make_clipping(library, url="https://Contoh.invalid/a/")
        with pytest.raises(ValidationError, match="tautan ini sudah dicatat"):
            make_clipping(library, url="https://contoh.invalid/a#atas")

    def test_the_same_article_without_link_twice_is_told_so(self) -> None:
        library = make_library()
        make_clipping(library, title="Panen buku")
        with pytest.raises(ValidationError, match="Kliping ini sudah dicatat"):
            make_clipping(library, title="panen BUKU")

    def test_another_library_may_have_the_same_clipping(self) -> None:
        for _ in range(2):
            make_clipping(make_library(), url="https://contoh.invalid/a", title="A")
        assert MediaExposure.objects.count() == 2

    def test_without_link_and_scan_it_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="tautan atau pindaian"):
            make_clipping(make_library(), url="")

    def test_a_day_that_has_not_come_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="belum tiba"):
            make_clipping(make_library(), date(2126, 1, 2))

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "contoh", "ftp://contoh.invalid/a", "http://["])
    def test_only_addresses_of_the_web(self, url: str) -> None:
        with pytest.raises(ValidationError):
            make_clipping(make_library(), url=url)

    def test_an_accepted_month_takes_no_more(self) -> None:
        library = make_library()
        clipping, row = make_clipping(library), make_month(library)
        row.accept(by=make_library_officer(), version=row.version)
        with pytest.raises(ValidationError, match="sudah diterima"):
            make_clipping(library, MARCH)
        with pytest.raises(ValidationError, match="sudah diterima"):
            clipping.remove(by=make_user())


class TestPlainAddress:
    def test_one_address_for_one_page(self) -> None:
        assert plain_address(" HTTPS://Contoh.ID/A/?b=1#c ") == "https://contoh.id/A?b=1"
