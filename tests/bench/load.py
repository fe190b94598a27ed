"""Load on one address for a bounded time: `wrk` where it is installed, else a small client of our own."""

from __future__ import annotations

import http.client
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

CONNECTIONS = 4
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Shot:
    """What is sent again and again: a GET, or a POST of these values ("{uuid}" becomes a new one every time)."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] | None = None


@dataclass(frozen=True)
class Result:
    """Requests a second, milliseconds, and answers that were no success."""

    rps: float
    p50: float
    p99: float
    bad: int


def measure(shot: Shot, seconds: int) -> Result:
    return by_wrk(shot, seconds) if shutil.which("wrk") else by_python(shot, seconds)


# --- wrk -------------------------------------------------------------------------------------------------------------
LUA = """
math.randomseed(os.time() + tonumber(tostring({{}}):sub(8), 16) % 100000)
local function uuid()
  local digit = function() return string.format("%x", math.random(0, 15)) end
  return (("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"):gsub("x", digit))
end
local function address()
  return string.format("10.%d.%d.%d", math.random(0, 255), math.random(0, 255), math.random(1, 254))
end
request = function()
  wrk.headers["X-Forwarded-For"] = address()
  return wrk.format("POST", nil, nil, (([[{body}]]):gsub("%%7Buuid%%7D", uuid())))
end
"""


def by_wrk(shot: Shot, seconds: int) -> Result:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout", "30s"]
    headers = {**shot.headers}
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if shot.form is not None:
            script.write(LUA.format(body=urlencode(shot.form)))
            script.flush()
            command += ["-s", script.name]
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        done = subprocess.run([*command, shot.url], capture_output=True, text=True, timeout=seconds + 60)
    return read_wrk(done.stdout)


def read_wrk(text: str) -> Result:
    """The figures that wrk printed; zeros where it printed none."""

    def found(pattern: str) -> str:
        match = re.search(pattern, text)
        return match[1] if match else ""

    def milliseconds(percent: str) -> float:
        value = re.match(r"([\d.]+)(us|ms|s|m)$", found(rf"\s{percent}%\s+(\S+)"))
        return float(value[1]) * UNITS[value[2]] if value else 0.0

    errors = sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", found(r"Socket errors: (.*)"))))
    bad = int(found(r"Non-2xx or 3xx responses: (\d+)") or 0) + errors
    return Result(float(found(r"Requests/sec:\s+([\d.]+)") or 0), milliseconds("50"), milliseconds("99"), bad)


# --- Our own client --------------------------------------------------------------------------------------------------
def by_python(shot: Shot, seconds: int) -> Result:
    """Slower than wrk and on the same cores, so its figures are lower on both sides of a ratio."""
    spent: list[float] = []
    bad: list[int] = []
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=shoot, args=(shot, end, spent, bad.append)) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(spent) < 2:
        return Result(0, 0, 0, len(bad))
    cuts = statistics.quantiles(spent, n=100)
    return Result(len(spent) / seconds, cuts[49] * 1000, cuts[98] * 1000, len(bad))


def shoot(shot: Shot, end: float, spent: list[float], note_bad: Callable[[int], None]) -> None:
    parts = urlsplit(shot.url)
    place = parts.path + (f"?{parts.query}" if parts.query else "")
    while time.monotonic() < end:
        begun = time.monotonic()
        try:
            status = send(shot, parts.netloc, place)
        except OSError:
            status = 599
        spent.append(time.monotonic() - begun)
        if status >= 400:
            note_bad(status)


def send(shot: Shot, host: str, place: str) -> int:
    connection = http.client.HTTPConnection(host, timeout=30)
    headers, body = {**shot.headers}, None
    if shot.form is not None:
        body = urlencode({name: value.replace("{uuid}", str(uuid4())) for name, value in shot.form.items()})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["X-Forwarded-For"] = "10." + ".".join(str(part) for part in uuid4().bytes[:3])
    connection.request("GET" if body is None else "POST", place, body, headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


# --- What else the machine does meanwhile ----------------------------------------------------------------------------
OURS = re.compile(r"wrk|postgres|gunicorn|tests\.bench")
TICKS = 100.0


def busy_seconds() -> float:
    values = [int(value) for value in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return (sum(values) - values[3] - values[4]) / TICKS


def own_seconds() -> float:
    total = 0.0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if OURS.search((folder / "cmdline").read_text().replace("\0", " ")):
                parts = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                total += sum(map(int, parts[11:15])) / TICKS
        except OSError:
            continue
    return total


class Foreign:
    """`percent` of all cores that other programs used during the block, and `slow`, how much slower a loop ran."""

    best = float("inf")

    def __enter__(self) -> Foreign:
        self.begun, self.busy, self.own, self.spin = time.monotonic(), busy_seconds(), own_seconds(), spin()
        return self

    def __exit__(self, *error: object) -> None:
        import os

        cores = (os.cpu_count() or 1) * (time.monotonic() - self.begun)
        spun = max(self.spin, spin())
        Foreign.best = min(Foreign.best, self.spin, spun)
        self.slow = round(spun / Foreign.best, 2)
        other = busy_seconds() - self.busy - (own_seconds() - self.own)
        self.percent = min(100, max(0, round(100 * other / cores)))  # ticks are coarse


def spin() -> float:
    """Seconds for a fixed loop: shows slow phases of the host."""
    begun, value = time.perf_counter(), 0
    for number in range(100_000):
        value += number * number % 7
    return time.perf_counter() - begun
