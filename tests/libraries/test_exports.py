from __future__ import annotations

import pytest
from django.test import Client

from libraries.columns import COLUMNS
from regions.tables import csv_rows
from tests.libraries.making import MARCH, make_library, make_month

FILE = "/perpustakaan/indikator/{}/unduh.csv"


@pytest.mark.django_db
class TestIndicatorsDownload:
    def rows(self, client: Client, code: str) -> list[list[str]]:
        answer = client.get(FILE.format(code))
        return [cells for _, cells in csv_rows(b"".join(answer.streaming_content))]

    def test_a_district_keeps_its_code_as_text(self, client: Client) -> None:
        make_month(make_library(), MARCH, visits_onsite=12, visits_online=3, activities=1, participants=9)
        make_month(make_library("51.03.05.2003"), MARCH)
        header, *rows = self.rows(client, "13")
        assert header == list(COLUMNS)
        assert [(row[0], *row[2:]) for row in rows] == [
            ("13.07.11", "2026-03", "1", "0", "12", "3", "1", "9", "0"),
        ]

    @pytest.mark.parametrize("code", ["13.07.11", "13.07.11.2004", "99"])
    def test_only_provinces_and_regencies(self, client: Client, code: str) -> None:
        make_library()
        assert client.get(FILE.format(code)).status_code == 404
