from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.http import StreamingHttpResponse

from regions.tables import csv_response, read_csv


def text_of(response: StreamingHttpResponse) -> str:
    return b"".join(response).decode("utf-8")  # type: ignore[arg-type]


class TestCsvResponse:
    def test_it_is_a_download_that_excel_reads_as_utf8(self) -> None:
        response = csv_response("laporan 13.07.csv", ["kode"], [["13.07"]])
        assert response["Content-Disposition"] == 'attachment; filename="laporan 13.07.csv"'
        assert text_of(response).startswith("\ufeffkode\r\n")

    @pytest.mark.parametrize(
        "value", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1"]
    )
    def test_no_cell_starts_a_formula(self, value: str) -> None:
        rows = list(csv.reader(StringIO(text_of(csv_response("a.csv", ["x"], [[value]])), newline="")))
        assert rows[1][0][0] == "'"

    @pytest.mark.parametrize(
        "value", ["081234567890", "+62 812-3456-7890", "13.07", "13.07.11.2004", "1371234567890123"]
    )
    def test_telephone_numbers_and_codes_stay_text(self, value: str) -> None:
        rows = list(csv.reader(StringIO(text_of(csv_response("a.csv", ["x"], [[value]])))))
        assert rows[1] == [f"'{value}"]

    def test_numbers_and_words_stay_as_they_are(self) -> None:
        assert text_of(csv_response("a.csv", ["x", "y", "z"], [[7, "Talang Maur", None]])).endswith(
            "7,Talang Maur,\r\n"
        )

    def test_rows_are_taken_one_by_one(self) -> None:
        taken: list[int] = []
        response = csv_response("a.csv", ["n"], ([taken.append(n) or n] for n in range(1000)))
        iterator = iter(response)
        next(iterator)
        next(iterator)
        assert len(taken) < 10


class TestReadCsv:
    def test_rows_come_with_their_line_and_text_survives(self) -> None:
        file = BytesIO("\ufeffKode,Nama,Telepon\r\n13.07,Uji,'0812\r\n".encode())
        assert list(read_csv(file, ["kode", "telepon"])) == [(2, {"kode": "13.07", "telepon": "0812"})]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "kolom: kode"),
            (b"nama\nUji\n", "kolom: kode"),
            (b"kode,nama\n13\n", "Baris 2 berisi 1 kolom, seharusnya 2"),
            (b"kode\n\xff\xfe\n", "bukan CSV"),
            (b'kode\n"13', "bukan CSV"),
        ],
    )
    def test_a_mistake_is_named(self, content: bytes, sentence: str) -> None:
        with pytest.raises(ValidationError, match=sentence):
            list(read_csv(BytesIO(content), ["kode"]))
