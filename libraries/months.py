"""Months as the first of their days. Pure."""

from __future__ import annotations

from datetime import date

FIRST = date(2010, 1, 1)  # figures of earlier years are kept on paper


def first_day(day: date) -> date:
    return day.replace(day=1)


def shift(month: date, by: int) -> date:
    """The month `by` months later; earlier where `by` is negative."""
    count = month.year * 12 + month.month - 1 + by
    return date(count // 12, count % 12 + 1, 1)


def run_of(last: date, count: int) -> list[date]:
    """`count` months that end with `last`, oldest first."""
    return [shift(last, back - count + 1) for back in range(count)]


def parse(text: str) -> date:
    """The month in an address: "2026-03". ValueError for anything else, and before FIRST."""
    if len(text) != 7 or text[4] != "-" or not (text[:4] + text[5:]).isascii() or not (text[:4] + text[5:]).isdigit():
        raise ValueError("not a month")
    month = date(int(text[:4]), int(text[5:]), 1)
    if month < FIRST:
        raise ValueError("too early")
    return month
