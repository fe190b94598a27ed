from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.models import Channel, Dissemination
from groups.models.dissemination import ANALOG, DIGITAL
from tests.factories import make_announcement, make_image, make_user
from uploads.models import Image

pytestmark = pytest.mark.django_db


def use(**over: Any) -> Dissemination:
    row = Dissemination(
        **{"announcement": make_announcement(), "channel": Channel.NOTICE_BOARD, "place": "Kantor wali nagari", **over}
    )
    row.keep(by=make_user())
    return row


class TestKeep:
    def test_brings_the_sums_of_the_announcement_up_to_date(self) -> None:
        first = use(people=40)
        row = first.announcement
        use(announcement=row, people=2)
        row.refresh_from_db()
        assert (row.channel_count, row.reached_count) == (2, 42)
        first.remove()
        row.refresh_from_db()
        assert (row.channel_count, row.reached_count) == (1, 2)

    @pytest.mark.parametrize("channel", ANALOG)
    def test_an_analog_channel_needs_its_place(self, channel: str) -> None:
        with pytest.raises(ValidationError, match="tempatnya"):
            use(channel=channel, place="", address="https://contoh.id")

    @pytest.mark.parametrize("channel", DIGITAL)
    def test_a_digital_channel_needs_its_address(self, channel: str) -> None:
        with pytest.raises(ValidationError, match="alamat"):
            use(channel=channel)

    def test_every_channel_is_one_or_the_other(self) -> None:
        assert sorted([*ANALOG, *DIGITAL]) == sorted(Channel)

    def test_a_sheet_comes_down_after_it_went_up(self) -> None:
        with pytest.raises(ValidationError, match="diturunkan setelah dipasang"):
            use(taken_down_on=timezone.localdate() - timedelta(days=1))

    def test_only_a_sheet_comes_down(self) -> None:
        with pytest.raises(ValidationError, match="diturunkan"):
            use(channel=Channel.MEETING, taken_down_on=timezone.localdate())

    def test_a_million_people_and_more_are_not_believed(self) -> None:
        with pytest.raises(ValidationError, match="terlalu besar"):
            use(people=1_000_001)


class TestRemove:
    def test_the_proof_goes_too(self) -> None:
        use(proof=make_image()).remove()
        assert not Image.objects.exists()


class TestTakeDown:
    def test_a_hanging_sheet_no_longer_hangs(self) -> None:
        row = use()
        assert row.is_hanging
        row.take_down(timezone.localdate(), by=make_user())
        assert not row.is_hanging


class TestWebAddress:
    @pytest.mark.parametrize("address", ["javascript:alert(1)", "WA warga RT 3", "data:text/html,x"])
    def test_what_is_no_web_address_is_no_link(self, address: str) -> None:
        assert Dissemination(address=address).web_address == ""

    def test_a_web_address_is_one(self) -> None:
        assert Dissemination(address="https://contoh.id/a").web_address == "https://contoh.id/a"
