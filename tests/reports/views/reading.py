"""How a reader, and a hostile one, asks for what is public."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.factories import make_published_report

EVIL_QUERIES = [
    "cursor=%00",
    "cursor=" + "A" * 5000,
    "cursor=eyJhIjoxfQ",
    "q=%00",
    "q=" + "kata+" * 2000,
    "q=%22+OR+%2A",
    "q=a_1307",
    "q=NEAR%28jalan%29",
    "q=%EF%BF%BE%F0%9F%98%80",
    "area=%00",
    "area=13.07.99.9999",
    "area=13&area=51",
    "area_words=" + "x" * 3000,
    "category=%00",
    "category=tidak-ada",
    "status=closed%00",
    "status=1+OR+1",
    "since=99999999999999999999",
    "since=-1",
    "since=7&since=x",
    "page=2&sort=reporter__email&reporter__email__startswith=a&description__contains=x",
]


def get(client: Client, address: str, status: int = 200, **headers: Any) -> str:
    response = client.get(address, **headers)
    assert response.status_code == status, response.status_code
    return response.getvalue().decode() if response.streaming else response.content.decode()


def make_many(count: int) -> None:
    for number in range(count):
        make_published_report(text=f"Lampu jalan nomor {number} mati sejak Senin.")
