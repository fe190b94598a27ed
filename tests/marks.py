"""What could tell who sent a report, each value with a mark of its own: "nama3z" is the name given with the third."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Canvas

from tests.cast import VILLAGE


@dataclass
class Marks:
    """What one reporter leaves behind, each with the number of the report in it."""

    number: int

    @property
    def identity(self) -> dict[str, str]:
        """What tells who filed."""
        n = self.number
        return {
            "name": f"nama{n}z",
            "email": f"surel{n}z",
            "phone": f"0812771{n}0{n}",
            "account name": f"akun{n}z",
            "account email": f"pemilik{n}z",
            "address": f"203.0.113.{150 + n}",
            "forwarded address": f"198.51.100.{150 + n}",
            "user agent": f"peramban{n}z",
            "file name": f"berkas{n}z",
            "photo comment": f"komentar{n}z",
            "photo description": f"gambar{n}z",
            "referer": f"asal{n}z",
            "language": f"x-bahasa{n}z",
        }

    @property
    def content(self) -> dict[str, str]:
        """What the report says; never public as it was typed, and for a secret report only for who handles it."""
        n = self.number
        return {"text": f"isi{n}z", "place": f"patokan{n}z", "latitude": f"0.22{n}731", "longitude": f"100.63{n}917"}

    @property
    def public_text(self) -> str:
        return f"tayang{self.number}z jalan berlubang"


def posted(marks: Marks, kind: str) -> dict[str, Any]:
    tell, says = marks.identity, marks.content
    return {
        "description": f"{says['text']} jalan di depan surau berlubang besar.",
        "category": "jalan",
        "area": VILLAGE,
        "place": says["place"],
        "latitude": f"-{says['latitude']}",
        "longitude": says["longitude"],
        "name": tell["name"],
        "email": f"{tell['email']}@marka.invalid",
        "phone": tell["phone"],
        "consent": "on",
        "step": "submit",
        **({"hide_contact": "on"} if kind == "hidden" else {}),
        **({"is_secret": "on"} if kind in {"secret", "both"} else {}),
        **({"is_anonymous": "on"} if kind in {"anonymous", "both"} else {}),
    }


def photo(marks: Marks) -> SimpleUploadedFile:
    """A photo with its place, a description, a comment and a telling file name."""
    tell, stream = marks.identity, io.BytesIO()
    canvas = Canvas.new("RGB", (320, 240), (marks.number * 20, 90, 60))
    exif = canvas.getexif()
    exif[0x010E] = tell["photo description"]
    exif.get_ifd(0x8825).update({1: "S", 2: (0.0, 13.0, 22.0), 3: "E", 4: (100.0, 38.0, 1.0)})
    canvas.save(stream, "JPEG", exif=exif, comment=tell["photo comment"].encode())
    return SimpleUploadedFile(f"{tell['file name']}.jpg", stream.getvalue(), "image/jpeg")
