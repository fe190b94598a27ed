"""Time is counted for the layer that spends it, and Python's own functions for who calls them."""

from __future__ import annotations

import cProfile
import os
import time
from pstats import Stats

import pytest
from django.template import Context, Template

from tests.bench.costs import OWN, REST, layer_of, shares

ROOT = "/srv/kim"
DJANGO = f"{ROOT}/.venv/lib/python3.11/site-packages/django"


@pytest.mark.parametrize(
    ("file", "name", "layer"),
    [
        (f"{DJANGO}/db/models/query.py", "_fetch_all", "ORM"),
        (f"{DJANGO}/template/base.py", "render", "templat"),
        (f"{DJANGO}/urls/base.py", "reverse", "alamat"),
        (f"{DJANGO}/utils/translation/trans_real.py", "get_language", "alat Django"),
        (f"{DJANGO}/test/client.py", "get", REST),
        (f"{ROOT}/groups/views/registry.py", "kim_list", OWN),
        ("~", "<method 'execute' of 'sqlite3.Cursor' objects>", "basis data"),
        ("~", "<built-in method builtins.len>", None),
    ],
)
def test_every_function_has_its_layer(file: str, name: str, layer: str | None) -> None:
    assert layer_of(file, name, ROOT) == layer


def test_what_a_template_spends_counts_for_templates() -> None:
    template = Template("{% for each in many %}{{ each }}{% endfor %}")
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    template.render(Context({"many": ["a"] * 5000}))
    profile.disable()
    found = shares(Stats(profile), os.getcwd())
    assert found.most_common(1)[0][0] == "templat"
    assert found["ORM"] == 0
