"""Lighthouse on six pages as a telephone sees them, where `npx lighthouse` and a Chromium are there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.bench.front import https_front
from tests.bench.goals import Goal
from tests.bench.page import Page

LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}
WORDS = {"performance": "kecepatan", "accessibility": "aksesibilitas", "best-practices": "praktik baik"}
PAGES = ("Beranda", "Daftar laporan", "Satu laporan", "Formulir laporan", "Halaman KIM", "Daftar pengumuman")


def lighthouse_goals(engine: str, origin: str, pages: dict[str, Page]) -> Iterator[Goal]:
    """One goal a page and category; none, with a line that says why, where it cannot run."""
    chromium = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", "chromium"), "google-chrome"))), None)
    if engine != "sqlite":
        return
    if not chromium or not is_there():
        print("Lighthouse dilewati: pasang Chromium dan `npm install -g lighthouse`.", file=sys.stderr)
        return
    with https_front(origin) as front:
        for name in PAGES:
            scores = measure(front + pages[name].path, chromium)
            for category, least in LEAST.items():
                yield Goal(f"Lighthouse, {name}: {WORDS[category]}", scores.get(category), least, is_least=True)


def is_there() -> bool:
    if shutil.which("lighthouse"):
        return True
    return (
        bool(shutil.which("npx"))
        and not subprocess.run(
            ["npx", "--no-install", "lighthouse", "--version"], capture_output=True, timeout=60
        ).returncode
    )


def measure(url: str, chromium: str) -> dict[str, float]:
    """Scores from 0 to 100 by category; empty where Lighthouse did not come to an end."""
    command = ["lighthouse"] if shutil.which("lighthouse") else ["npx", "--no-install", "lighthouse"]
    options = ["--quiet", "--output=json", f"--only-categories={','.join(LEAST)}", "--form-factor=mobile"]
    options += ["--chrome-flags=--headless=new --no-sandbox"]
    env = {**os.environ, "CHROME_PATH": chromium}
    try:
        done = subprocess.run([*command, url, *options], capture_output=True, text=True, env=env, timeout=120)
        found: dict[str, Any] = json.loads(done.stdout)["categories"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return {}
    return {name: round((category["score"] or 0) * 100) for name, category in found.items()}
