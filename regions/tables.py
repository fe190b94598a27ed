"""Tables as CSV: out without formulas, in with the row and column of each mistake."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import StringIO
from typing import Any

from defusedcsv import csv as defused
from django.core.exceptions import ValidationError
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

FORMULA_SIGNS = frozenset("=+-@|%")  # those at the very start are left to defusedcsv
GUARD = re.compile(r"^'(?=[0-9=+@|%\s-])")  # what `cell` and defusedcsv put there; 'Aisyiyah keeps hers
NOT_CSV = "Berkas ini bukan CSV. Simpan ulang sebagai “CSV UTF-8”."
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


def csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Line number and trimmed cells of each row that is not empty, the heading included; ValidationError otherwise.

    As spreadsheets here write it: comma or semicolon, UTF-8 with or without its mark, or the older Windows letters. The
    apostrophe that `cell` puts before a number is taken off again.
    """
    text = decoded(content)
    heading = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), strict=True, delimiter=max(",;\t", key=heading.count))
    try:
        for row in reader:
            cells = [GUARD.sub("", value.strip()) for value in row]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise ValidationError(
            f"Baris {reader.line_num} tidak dapat dibaca: tanda kutip tidak lengkap atau isinya terlalu panjang."
        ) from error


def decoded(content: bytes) -> str:
    """The text of a CSV file; what is no text is refused by what it is."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ValidationError("Ini berkas Excel. Buka di Excel, lalu simpan sebagai “CSV UTF-8”.")
    if b"\0" in content:
        raise ValidationError(NOT_CSV)
    for encoding in ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise ValidationError(NOT_CSV)
