"""KIM as tables: what goes out can be brought in again, and no cell is a formula."""

from __future__ import annotations

import csv
import io

import pytest

from accounts.models import Role
from groups.exports import HEADER, officer_csv, uncovered_csv
from groups.imports import COLUMNS, plan_for
from groups.models import Kim, Membership
from regions.tables import csv_rows
from tests.cast import REGENCY
from tests.factories import make_area, make_decree, make_kim, make_membership
from tests.groups.test_admin_queue import holder


@pytest.fixture
def verifier(db):
    return holder(Role.KIM_VERIFIER, REGENCY)


def text(response):
    return b"".join(response.streaming_content)


def table(response):
    return list(csv.reader(io.StringIO(text(response).decode("utf-8-sig"))))


class TestOfficerCsv:
    def test_what_goes_out_can_be_brought_in(self, verifier):
        kim = make_kim(name="KIM Satu", secretariat="Balai", base_group="pkk")
        make_membership(kim, "section_head", section="processing", name="Dewi", phone="0812345678")
        make_decree(kim, number="140/1/2026")
        rows = [row for _, row in csv_rows(text(officer_csv(Kim.objects.all(), verifier)))]
        again = "\n".join(";".join(row[: len(COLUMNS)]) for row in rows)
        Kim.objects.update(name="KIM Lain", folded="kim lain")
        plan = plan_for(again.encode(), verifier)
        assert plan.faults == []
        values = plan.rows[0].values
        assert (values["nama_kim"], values["seksi_pengolahan"], values["nomor_sk"]) == (
            "KIM Satu",
            "Dewi",
            "140/1/2026",
        )

    def test_no_cell_starts_a_formula(self, verifier):
        kim = make_kim(name='=HYPERLINK("x")', secretariat="@SUM(1)")
        Membership.objects.filter(kim=kim).update(name="+1", phone="0812345678")
        row = table(officer_csv(Kim.objects.all(), verifier))[1]
        assert not any(cell[:1] in tuple("=+-@\t\r") for cell in row)
        assert "'0812345678" in row

    def test_former_members_are_not_in_it(self, verifier):
        kim = make_kim()
        old = make_membership(kim, "secretary", name="Mantan Sekretaris")
        old.leave(old.joined_on, by=None)
        assert "Mantan Sekretaris" not in text(officer_csv(Kim.objects.all(), verifier)).decode()

    def test_the_code_stays_text(self, verifier):
        make_kim()
        row = table(officer_csv(Kim.objects.all(), verifier))[1]
        assert row[HEADER.index("kode_desa")] == "'13.07.11.2004"


class TestUncoveredCsv:
    def test_names_the_villages_where_no_kim_is_active(self, db):
        for code in ("13.07.11.2001", "13.07.11.2004", "13.07.03.2002", "13.71.01.1001"):
            make_area(code)
        make_kim("13.07.11.2001", status="active")
        make_kim("13.07.11.2004", status="verified")
        rows = table(uncovered_csv(make_area(REGENCY)))
        assert [row[0] for row in rows[1:]] == ["'13.07.03.2002", "'13.07.11.2004"]
