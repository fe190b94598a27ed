"""Taking over a regency's list: every mistake is named by row and column, and all of it is stored or nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from groups.imports import COLUMNS, plan_for, store, template_csv
from groups.imports import checking as checking_module
from groups.models import Decree, Kim, KimEvent, KimWord, Membership
from regions.models import Area
from regions.tables import csv_rows
from tests.factories import make_area, make_grant, make_kim, make_user

HEADING = [column.name for column in COLUMNS]
GOOD = {
    "nama_kim": "KIM Talang Maur",
    "kode_desa": "13.07.11.2004",
    "cara_kerja": "Analog dan digital",
    "asal_kelompok": "Karang Taruna",
    "ketua": "Rina Sari",
    "telepon_ketua": "0812 3456 7890",
    "sekretaris": "Budi",
    "bendahara": "Citra",
    "seksi_penyebaran": "Dodi",
    "nomor_sk": "140/12/2025",
    "tanggal_sk": "9 Maret 2025",
    "penerbit_sk": "Wali Nagari",
    "berlaku_sejak": "2025-03-09",
    "berlaku_sampai": "08/03/2099",
}


def sheet(*rows, separator=";", heading=HEADING):
    """A list as a spreadsheet writes it."""
    lines = [heading, *([row.get(name, "") for name in heading] for row in rows)]
    return "\r\n".join(separator.join(line) for line in lines).encode()


@pytest.fixture
def officer(db):
    make_area()
    user = make_user(name="Verifikator Uji")
    make_grant(user, Role.KIM_VERIFIER, "13.07")
    return user


def faults(officer, *rows):
    plan = plan_for(sheet(*({**GOOD, **row} for row in rows)), officer)
    return [(fault.line, fault.column, fault.text) for fault in plan.faults]


class TestPlanFor:
    def test_a_good_list_is_ready_and_writes_nothing(self, officer):
        plan = plan_for(sheet(GOOD), officer)
        assert (plan.is_ready, plan.faults, len(plan.rows)) == (True, [], 1)
        values = plan.rows[0].values
        assert (values["cara_kerja"], values["asal_kelompok"], values["penerbit_sk"]) == (
            *("hybrid", "karang_taruna", "village_head"),
        )
        assert (values["tanggal_sk"], values["berlaku_sampai"]) == (date(2025, 3, 9), date(2099, 3, 8))
        assert not Kim.objects.exists()

    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_every_spreadsheet_is_read_alike(self, officer, separator, encoding):
        content = sheet({**GOOD, "ketua": "André"}, separator=separator).decode().encode(encoding)
        plan = plan_for(content, officer)
        assert plan.is_ready
        assert plan.rows[0].values["ketua"] == "André"

    @pytest.mark.parametrize(
        ("row", "column", "words"),
        [
            ({"nama_kim": ""}, "nama_kim", "harus diisi"),
            ({"nama_kim": "K" * 121}, "nama_kim", "120"),
            ({"kode_desa": ""}, "kode_desa", "harus diisi"),
            ({"kode_desa": "13.07"}, "kode_desa", "kode kabupaten/kota"),
            ({"kode_desa": "13.1"}, "kode_desa", "tidak dikenal"),
            ({"kode_desa": "13.07.11.2999"}, "kode_desa", "Tidak ada desa atau kelurahan"),
            ({"kode_desa": "٤3.07.11.2004"}, "kode_desa", "tidak dikenal"),
            ({"cara_kerja": ""}, "cara_kerja", "harus diisi"),
            ({"cara_kerja": "Radio"}, "cara_kerja", "Pilih: Analog; Digital; Analog dan digital."),
            ({"asal_kelompok": "Partai"}, "asal_kelompok", "tidak dikenal"),
            ({"email": "kim"}, "email", "email yang valid"),
            ({"telepon_ketua": "8,12E+11"}, "telepon_ketua", "Nomor telepon"),
            ({"sekretaris": "rina  SARI"}, "sekretaris", "sudah tertulis sebagai ketua"),
            ({"seksi_penyebaran": "Budi"}, "seksi_penyebaran", "sudah tertulis sebagai sekretaris"),
            ({"ketua": ""}, "ketua", "Tulis nama ketua"),
            ({"nomor_sk": ""}, "nomor_sk", "kosongkan semua kolom SK"),
            ({"penerbit_sk": "Presiden"}, "penerbit_sk", "Pilih: Kepala Desa"),
            ({"tanggal_sk": "9 Foo 2025"}, "tanggal_sk", "tidak ada di kalender"),
            ({"tanggal_sk": "31/02/2025"}, "tanggal_sk", "tidak ada di kalender"),
            ({"tanggal_sk": "45000"}, "tanggal_sk", "bukan tanggal"),
            ({"tanggal_sk": "1 Januari 2999"}, "tanggal_sk", "masa depan"),
            ({"berlaku_sampai": "09/03/2025"}, "berlaku_sampai", "tidak dapat berakhir sebelum mulai"),
        ],
    )
    def test_each_mistake_is_a_sentence_at_its_column(self, officer, row, column, words):
        found = faults(officer, row)
        assert [(line, name) for line, name, _ in found] == [(2, column)]
        assert words.lower() in found[0][2].lower()

    def test_all_mistakes_of_all_rows_are_listed(self, officer):
        found = faults(officer, {"kode_desa": "x", "cara_kerja": "y"}, {}, {"nama_kim": "Lain", "ketua": "Budi"})
        assert [(line, column) for line, column, _ in found] == [(2, "kode_desa"), (2, "cara_kerja"), (4, "sekretaris")]

    def test_a_village_of_another_officer_is_refused_by_name(self, officer):
        make_area("13.71.01.1001")
        assert faults(officer, {"kode_desa": "13.71.01.1001"})[0][2].endswith("di luar wilayah tugas Anda.")

    def test_a_retired_village_names_its_successor(self, officer):
        make_area("13.07.11.2001")
        Area.objects.filter(code="13.07.11.2004").update(retired_on=date(2024, 1, 1), successor="13.07.11.2001")
        assert "Sekarang: 13.07.11.2001" in faults(officer, {})[0][2]

    def test_a_kim_that_is_there_already_is_named_however_it_is_spelled(self, officer):
        make_kim(name="kim talang-maur")
        assert faults(officer, {}) == [(2, "nama_kim", "KIM dengan nama ini sudah ada di desa tersebut.")]

    @pytest.mark.parametrize("status", ["rejected", "dissolved"])
    def test_the_name_of_a_rejected_or_dissolved_kim_is_free(self, officer, status):
        make_kim(name="KIM Talang Maur", status=status)
        assert faults(officer, {}) == []

    def test_a_kim_twice_in_the_list_names_the_first_line(self, officer):
        assert faults(officer, {}, {"nama_kim": "KIM  TALANG MAUR"}) == [
            (3, "nama_kim", "KIM ini sudah tertulis di baris 2.")
        ]

    def test_codes_stay_text_and_may_lack_dots(self, officer):
        plan = plan_for(sheet({**GOOD, "kode_desa": "1307112004"}), officer)
        assert plan.rows[0].values["kode_desa"] == "13.07.11.2004"

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "tidak memuat kolom: nama_kim, kode_desa, cara_kerja"),
            (b"nama_kim;kode_desa\nA;B", "tidak memuat kolom: cara_kerja"),
            (b"nama_kim;kode_desa;cara_kerja;agama\n", "Kolom tidak dikenal di baris pertama: agama"),
            (b"nama_kim;kode_desa;cara_kerja;ketua;ketua\n", "tertulis dua kali"),
            (b"nama_kim;kode_desa;cara_kerja\n;;\n", "tidak berisi satu pun KIM"),
            (b"PK\x03\x04xlsx", "berkas Excel"),
            (b"nama_kim\0", "bukan CSV"),
        ],
    )
    def test_a_file_that_is_no_list_is_told_so(self, officer, content, words):
        plan = plan_for(content, officer)
        assert words in plan.faults[0].text
        assert not plan.is_ready

    def test_a_row_with_too_many_cells_is_named(self, officer):
        plan = plan_for(sheet(GOOD) + b";lebih\r\n", officer)
        assert [(fault.line, fault.column) for fault in plan.faults] == [(2, "")]

    def test_columns_may_be_left_out_and_stand_in_any_order(self, officer):
        plan = plan_for(b"Cara Kerja,NAMA_KIM,Kode Desa\nanalog,KIM Satu,13.07.11.2004\n", officer)
        assert plan.is_ready

    def test_no_more_rows_than_allowed(self, officer, monkeypatch):
        monkeypatch.setattr(checking_module, "MOST_ROWS", 1)
        assert "Paling banyak 1 baris" in plan_for(sheet(GOOD, {**GOOD, "nama_kim": "Dua"}), officer).faults[0].text

    def test_costs_the_same_for_one_row_and_twenty(self, officer):
        counts = []
        for number in (1, 20):
            content = sheet(*({**GOOD, "nama_kim": f"KIM {each}"} for each in range(number)))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                plan_for(content, officer)
            counts.append(len(queries))
        assert counts[1] <= counts[0] <= 4


class TestStore:
    def test_kim_board_decree_words_and_event_are_written(self, officer):
        assert store(plan_for(sheet(GOOD), officer).rows, officer) == 1
        kim = Kim.objects.get()
        assert (kim.status, kim.is_listed, kim.regency_code, kim.slug) == ("verified", True, "13.07", "kim-talang-maur")
        assert (kim.base_group, kim.valid_until) == ("karang_taruna", date(2099, 3, 8))
        board = {member.post_label: (member.name, member.is_public) for member in kim.memberships.all()}
        assert board["Ketua"] == ("Rina Sari", False)
        assert set(board) == {"Ketua", "Sekretaris", "Bendahara", "Ketua seksi penyebaran informasi"}
        assert kim.memberships.get(post="chair").phone == "0812 3456 7890"
        assert Decree.objects.get().number == "140/12/2025"
        assert KimWord.objects.filter(kim=kim).exists()
        event = kim.events.get()
        assert (event.action, event.actor_key, event.actor_label) == ("imported", officer.pk, "Verifikator KIM")
        kim.confirm_data(by=officer)
        assert KimEvent.problems(kim) == []

    def test_settling_afterwards_changes_nothing(self, officer):
        store(
            plan_for(sheet(GOOD, {**GOOD, "nama_kim": "Tanpa SK", **dict.fromkeys(HEADING[16:], "")}), officer).rows,
            officer,
        )
        before = list(Kim.objects.order_by("pk").values())
        for kim in Kim.objects.all():
            kim.settle()
        assert list(Kim.objects.order_by("pk").values()) == before

    def test_equal_names_get_addresses_of_their_own(self, officer):
        make_area("13.07.11.2001")
        make_kim(name="KIM Maju", status="submitted")
        rows = [{**GOOD, "nama_kim": "KIM Maju", "kode_desa": code} for code in ("13.07.11.2001",)]
        rows.append({**GOOD, "nama_kim": "KIM-Maju 1"})
        store(plan_for(sheet(*rows), officer).rows, officer)
        assert Kim.objects.values("slug").distinct().count() == 3

    def test_nothing_is_written_when_one_cannot_be(self, officer):
        plan = plan_for(sheet(GOOD, {**GOOD, "nama_kim": "KIM Dua"}), officer)
        make_kim(name="KIM Dua", status="submitted")
        with pytest.raises(IntegrityError):
            store(plan.rows, officer)
        assert (Kim.objects.count(), Membership.objects.count()) == (1, 1)

    def test_a_decree_that_begins_later_does_not_date_the_board_later(self, officer):
        later = timezone.localdate() + timedelta(days=30)
        store(plan_for(sheet({**GOOD, "berlaku_sejak": later.isoformat()}), officer).rows, officer)
        assert Membership.objects.current().count() == 4

    def test_a_formula_stays_words(self, officer):
        store(plan_for(sheet({**GOOD, "ketua": '=HYPERLINK("x")'}, separator=","), officer).rows, officer)
        assert Membership.objects.get(post="chair").name == '=HYPERLINK("x")'


class TestTemplate:
    def test_the_empty_list_is_a_heading_that_can_be_read_again(self):
        content = b"".join(template_csv().streaming_content)
        assert [row for _, row in csv_rows(content)] == [HEADING]
