from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.http import StreamingHttpResponse

from regions.tables import csv_response, csv_rows


def text_of(response: StreamingHttpResponse) -> str:
    return b"".join(response).decode("utf-8")


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


class TestCsvRows:
    def test_rows_come_with_their_line_and_text_survives(self) -> None:
        content = "\ufeffKode,Nama,Telepon\r\n13.07, Uji ,'0812\r\n".encode()
        assert list(csv_rows(content)) == [(1, ["Kode", "Nama", "Telepon"]), (2, ["13.07", "Uji", "0812"])]

    @pytest.mark.parametrize(
        "content",
        [
            "kode,nama\n13,Café\n".encode(),
            "kode;nama\n13;Café\n".encode("cp1252"),
            "\ufeffkode;nama\r\n13;Café\r\n;\r\n\r\n".encode(),
            "kode\tnama\n13\tCafé\n".encode(),
        ],
    )
    def test_spreadsheets_of_every_kind_are_read_alike(self, content: bytes) -> None:
        assert list(csv_rows(content)) == [(1, ["kode", "nama"]), (2, ["13", "Café"])]

    def test_what_was_written_is_read_again(self) -> None:
        rows = [["0812 345", "=1+1", "'Aisyiyah", "13.07.11.2004", "-5", "a;b"]]
        written = b"".join(csv_response("a.csv", list("abcdef"), rows).streaming_content)
        assert [row for _, row in csv_rows(written)][1:] == rows

    def test_line_numbers_count_the_lines_inside_a_cell(self) -> None:
        assert [line for line, _ in csv_rows(b'a\n"1\n2"\n3\n')] == [1, 3, 4]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"PK\x03\x04rest", "berkas Excel"),
            ("kode".encode("utf-16"), "bukan CSV"),
            (b"kode\n\x81\xff\n", "bukan CSV"),
            (b'kode\n"13', "Baris 2 tidak dapat dibaca"),
            (b"kode\n" + b"x" * 200_000, "Baris 2 tidak dapat dibaca"),
        ],
    )
    def test_a_mistake_is_named(self, content: bytes, sentence: str) -> None:
        with pytest.raises(ValidationError, match=sentence):
            list(csv_rows(content))
