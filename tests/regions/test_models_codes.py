from __future__ import annotations

import pytest

from regions.models.codes import Kind, Level, code_prefixes, is_code, kind_of, level_of, parent_code


class TestCode:
    @pytest.mark.parametrize(
        ("code", "level", "kind"),
        [
            ("13", Level.PROVINCE, Kind.PROVINCE),
            ("13.07", Level.REGENCY, Kind.KABUPATEN),
            ("33.73", Level.REGENCY, Kind.KOTA),
            ("13.07.11", Level.DISTRICT, Kind.DISTRICT),
            ("33.73.02.1004", Level.VILLAGE, Kind.KELURAHAN),
            ("13.07.11.2004", Level.VILLAGE, Kind.DESA),
            ("91.03.01.3001", Level.VILLAGE, Kind.DESA_ADAT),
        ],
    )
    def test_level_and_kind_follow_from_the_code(self, code: str, level: Level, kind: Kind) -> None:
        assert is_code(code)
        assert (level_of(code), kind_of(code)) == (level, kind)

    @pytest.mark.parametrize("text", ["", "1", "13.7", "13.07.11.4004", "13.07\n", "١٣", "13.07.11.2004.1", "13,07"])
    def test_anything_else_is_no_code(self, text: str) -> None:
        assert not is_code(text)

    def test_prefixes_run_from_the_province_down(self) -> None:
        assert code_prefixes("13.07.11") == ["13", "13.07", "13.07.11"]

    def test_parent_is_the_code_without_its_last_part(self) -> None:
        assert (parent_code("13.07.11"), parent_code("13")) == ("13.07", None)
