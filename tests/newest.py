"""Whether every pinned package is the newest of its series ("5.2" of 5.2.19): `python -m tests.newest`.

A newer series is said and is no fault: it is an upgrade with a decision of its own. Where the package index does not
answer, that is the answer, and the exit code is 2: "nothing newer" would be a guess.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import NamedTuple

from tests.house import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.M)


class Newer(NamedTuple):
    name: str
    pinned: str
    newest: str


def pins(text: str) -> dict[str, str]:
    """Name and version of each line "name==1.2.3" of a requirements file."""
    return {name.lower(): version for name, version in PIN.findall(text)}


def parts(version: str) -> tuple[int, ...]:
    """The numbers of a release: "2.9.0.post0" -> (2, 9, 0). Anything else is compared by them alone."""
    numbers = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(each) for each in numbers[0].split(".")) if numbers else ()


def series(version: str) -> tuple[int, ...]:
    return parts(version)[:2]


def newest_of(version: str, offered: list[str]) -> str:
    """The newest release of the same series; early releases ("5.2rc1") are not meant for production."""
    whole = [each for each in offered if re.fullmatch(r"[\d.]+(?:\.post\d+)?", each)]
    same = [each for each in whole if series(each) == series(version)]
    return max([version, *same], key=parts)


def ask(*arguments: str) -> str:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def offered(name: str) -> list[str]:
    """Every release that the index offers; empty where it does not answer."""
    found = re.search(r"^Available versions: (.*)$", ask("index", "versions", name), re.M)
    return found[1].split(", ") if found else []


def main() -> int:
    pinned = pins("".join(file.read_text() for file in ROOT.glob("requirements*.txt")))
    if not offered("django"):
        print("Indeks paket tidak menjawab: tidak diketahui apakah ada tambalan baru.")
        return 2
    rows = json.loads(ask("list", "--outdated", "--format=json"))
    outdated = {row["name"].lower(): row["latest_version"] for row in rows}
    moved = [Newer(name, pinned[name], latest) for name, latest in sorted(outdated.items()) if name in pinned]
    asked = [Newer(row.name, row.pinned, newest_of(row.pinned, offered(row.name))) for row in moved]
    late = [row for row in asked if row.newest != row.pinned]
    for row in moved:
        print(f"seri lebih baru: {row.name} {row.pinned} -> {row.newest}")
    for row in late:
        print(f"TERTINGGAL: {row.name} {row.pinned} -> {row.newest}")
    print(f"{len(pinned)} paket terkunci, {len(late)} tertinggal di serinya, {len(moved)} punya rilis lebih baru.")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
