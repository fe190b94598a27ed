"""What one photo may cost a worker: below 250 MB and 3 seconds, measured in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

DRAW = """
import sys
from PIL import Image
kind, mode, width, height, path = sys.argv[1:]
size = (int(width), int(height))
picture = Image.effect_noise((size[0] // 64, size[1] // 64), 80).resize(size).convert(mode)
options = {"progressive": True, "quality": 60} if kind == "PROGRESSIVE" else {"quality": 60}
picture.save(path, "JPEG" if kind == "PROGRESSIVE" else kind, method=0, **options)
"""

MEASURE = """
import json, resource, sys
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns  # a worker has loaded every view
from uploads.images import Refused, make_safe
with open(sys.argv[1], "rb") as file:
    try:
        make_safe(file)
        outcome = "taken"
    except Refused as error:
        outcome = error.messages[0]
usage = resource.getrusage(resource.RUSAGE_SELF)  # its ru_maxrss would count the process that started this one
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([outcome, int(peak) / 1024, usage.ru_utime + usage.ru_stime]))
"""


def measure(path: Path) -> tuple[str, float, float]:
    """What became of the photo, the peak memory of the whole process in MB, its processor seconds."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MEASURE, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "kimportal.settings", "VAR_DIR": str(path.parent)},
        timeout=120,
    )
    outcome, megabytes, seconds = json.loads(done.stdout)
    return outcome, megabytes, seconds


class TestCost:
    @pytest.mark.parametrize(
        ("kind", "mode", "width", "height"),
        [
            ("JPEG", "RGB", 12_000, 9_000),  # 108 megapixels, the largest common phone camera
            ("PROGRESSIVE", "RGB", 6_200, 4_300),
            ("PNG", "RGBA", 5_400, 3_700),
            ("WEBP", "RGBA", 3_000, 2_000),
        ],
    )
    def test_largest_photo_of_each_kind_is_taken(
        self, tmp_path: Path, kind: str, mode: str, width: int, height: int
    ) -> None:
        path = tmp_path / "photo"
        command = [sys.executable, "-W", "ignore", "-c", DRAW, kind, mode, str(width), str(height), str(path)]
        subprocess.run(command, check=True, timeout=120)
        outcome, megabytes, seconds = measure(path)
        assert outcome == "taken"
        assert megabytes < 250
        assert seconds < 3 + 2  # two for the start of the process
