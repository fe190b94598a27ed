"""The tables as Markdown, for the terminal and the README alike."""

from __future__ import annotations

from collections.abc import Iterable

from tests.bench.goals import PEERS, Goal, Row


def lines(head: str, rows: Iterable[Iterable[object]]) -> list[str]:
    names = head.split("|")
    rule = "|".join("---:" if place else "---" for place, _ in enumerate(names))
    return [f"| {' | '.join(names)} |", f"|{rule}|", *(f"| {' | '.join(map(str, row))} |" for row in rows)]


def page_table(rows: list[Row]) -> list[str]:
    head = "Halaman|basis data|permintaan/s|p50 ms|p99 ms|SQL|bita gzip|banding kosong"
    head += "|p50 besar : kecil|p99 besar : kecil|lambat|lain"
    return lines(head, (cells(row) for row in rows))


def cells(row: Row) -> list[object]:
    page, result = row.page, row.large
    growth = ["" if each is None else number(each) for each in (row.p50_growth, row.growth)]
    figures = [round(result.rps), number(result.p50), number(result.p99), page.sql, page.size]
    return [page.name, row.engine, *figures, number(row.ratio), *growth, number(row.slow), f"{row.foreign} %"]


def goal_table(goals: list[Goal]) -> list[str]:
    return lines("Sasaran|angka|batas|putusan", (goal_cells(goal) for goal in goals))


def goal_cells(goal: Goal) -> list[object]:
    sign = "≥" if goal.is_least else "≤"
    figure = "tidak terukur" if goal.figure is None else number(goal.figure)
    unit = f" {goal.unit}" if goal.unit else ""
    return [goal.what, f"{figure}{unit}", f"{sign} {number(goal.limit)}{unit}", goal.verdict]


def peer_table() -> list[str]:
    head = "Produk lain (diukur 21 November 2026, mesin yang sama, 2 pekerja)|halaman|permintaan/s"
    return lines(head, ((peer.name, peer.page, number(peer.rps)) for peer in PEERS))


def number(value: float) -> str:
    """Three figures, a comma before the decimals."""
    if value == round(value) or abs(value) >= 100:
        return str(round(value))
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
