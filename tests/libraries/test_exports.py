from __future__ import annotations

import pytest
from django.test import Client

from libraries.columns import COLUMNS, PLAN_COLUMNS
from regions.tables import csv_rows
from tests.factories import make_user
from tests.libraries.making import MARCH, adopt, make_library, make_month, make_plan

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


@pytest.mark.django_db
class TestPlansDownload:
    def rows(self, client: Client, code: str) -> list[list[str]]:
        answer = client.get(f"/perpustakaan/indikator/{code}/rencana.csv")
        return [cells for _, cells in csv_rows(b"".join(answer.streaming_content))]

    def test_adopted_plans_alone_of_listed_libraries(self, client: Client) -> None:
        library, hidden = make_library(), make_library()
        plan = adopt(make_plan(library, 2026))
        make_plan(library, 2027)
        adopt(make_plan(hidden, 2026))
        hidden.change(by=make_user(), is_listed=False)
        header, *rows = self.rows(client, "13")
        assert header == list(PLAN_COLUMNS)
        assert [row[:5] for row in rows] == [
            [library.slug, library.name, "13.07.11.2004", "2026", "Pelibatan masyarakat"]
        ]
        assert rows[0][5] == plan.activities[0].title
        assert rows[0][9:12] == ["1000000", "Swadaya", "Direncanakan"]

    def test_only_provinces_and_regencies(self, client: Client) -> None:
        make_library()
        assert client.get("/perpustakaan/indikator/13.07.11/rencana.csv").status_code == 404

    def test_the_page_explains_every_column(self, client: Client) -> None:
        make_library()
        page = client.get("/perpustakaan/indikator/13/").content.decode()
        assert all(f"<dt>{name}</dt>" in page for name in PLAN_COLUMNS)
