"""Tables as CSV: out without formulas, in with the row and column of each mistake."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from typing import IO, Any

from defusedcsv import csv as defused
from django.core.exceptions import ValidationError
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

FORMULA_SIGNS = frozenset("=+-@|%")  # those at the very start are left to defusedcsv
BOM = "\ufeff"  # Excel takes a file without it for the local code page


class _Line:
    """A file of which only the last written line is kept."""

    def write(self, text: str) -> str:
        return text


def cell(value: Any) -> str:
    """The value as text; a telephone number or area code keeps its zero, sign and dots by a leading apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if is_number_like(text) or is_hidden_formula(text) else text


def is_hidden_formula(text: str) -> bool:
    """A formula behind white space or in full-width signs, which spreadsheets take and defusedcsv lets pass."""
    start = unicodedata.normalize("NFKC", text).lstrip()[:1]
    return text[:1] in {"\t", "\r", "\n"} or (start in FORMULA_SIGNS and text[:1] not in FORMULA_SIGNS)


def is_number_like(text: str) -> bool:
    """Digits that a spreadsheet would calculate with or cut, though they are a name: "0812...", "+62 8", "13.07"."""
    digits = text.replace(" ", "").replace("-", "").removeprefix("+")
    is_code = "." in digits and digits.replace(".", "").isdecimal()
    is_phone = digits.isdecimal() and (text[0] in "+0" or len(digits) > 15) and len(digits) > 1
    return is_code or is_phone


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = defused.writer(_Line())
    yield BOM + writer.writerow(header)
    for row in rows:
        yield writer.writerow([value if isinstance(value, int | float) else cell(value) for value in row])


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download that streams: memory does not grow with the rows. Cells starting a formula are defused."""
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response["Cache-Control"] = "no-store"
    return response


def read_csv(file: IO[bytes], columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and values by column of an uploaded file; ValidationError with an Indonesian sentence otherwise."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        reader = csv.reader(text, strict=True)
        heading = [name.strip().lower() for name in next(reader, [])]
        if missing := [name for name in columns if name not in heading]:
            raise ValidationError(f"Baris pertama tidak memuat kolom: {', '.join(missing)}.")
        for row in reader:
            if len(row) != len(heading):
                raise ValidationError(f"Baris {reader.line_num} berisi {len(row)} kolom, seharusnya {len(heading)}.")
            values = dict(zip(heading, (value.strip().removeprefix("'") for value in row), strict=True))
            yield reader.line_num, {name: values[name] for name in columns}
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValidationError("Berkas ini bukan CSV UTF-8 yang utuh. Simpan ulang sebagai CSV UTF-8.") from error
    finally:
        text.detach()
