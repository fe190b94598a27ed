from __future__ import annotations

from urllib.parse import unquote

import pytest

from groups.models import Announcement
from groups.sharing import SMS_LENGTH, plain_letters, qr_svg, sms_text, whatsapp_link
from regions.models import Area

ADDRESS = "https://kim.limapuluhkotakab.go.id/pengumuman/abcdefghjk/"


def announcement(title: str, office: str = "Kabupaten Lima Puluh Kota") -> Announcement:
    return Announcement(title=title, excerpt="Gratis.", office=Area(code="13.07", name=office))


class TestSmsText:
    @pytest.mark.parametrize("title", ["Posyandu", "Posyandu " * 13, "É" * 120, "emoji 🎉" * 10, "x" * 120])
    def test_fits_one_message_and_ends_with_the_address(self, title: str) -> None:
        text = sms_text(announcement(title), ADDRESS)
        assert len(text) <= SMS_LENGTH
        assert text.endswith(ADDRESS)
        assert text.isascii()

    def test_says_title_speaker_and_address(self) -> None:
        assert sms_text(announcement("Posyandu"), ADDRESS) == (
            f"Posyandu. Diskominfo Kabupaten Lima Puluh Kota. {ADDRESS}"
        )

    def test_a_long_speaker_gives_way_to_the_title(self) -> None:
        text = sms_text(announcement("Pemadaman listrik di semua jorong mulai malam ini", "Kabupaten " * 12), ADDRESS)
        assert text == f"Pemadaman listrik di semua jorong mulai malam ini. {ADDRESS}"

    def test_an_address_that_is_itself_long_is_kept(self) -> None:
        address = "https://" + "a" * 120 + ".id/x/"
        text = sms_text(announcement("Posyandu hari ini di balai"), address)
        assert text.endswith(address)
        assert len(text) <= SMS_LENGTH


class TestPlainLetters:
    def test_letters_outside_the_alphabet_of_phones_are_swapped_or_dropped(self) -> None:
        assert plain_letters("“Pagi” – déwan [A] {b}~ 🎉") == '"Pagi" - dewan A b'


class TestWhatsappLink:
    def test_carries_title_and_address(self) -> None:
        words = unquote(whatsapp_link(announcement("A & B?"), ADDRESS))
        assert words.startswith("https://wa.me/?text=*A & B?*\nGratis.")
        assert words.endswith(ADDRESS)


class TestQrSvg:
    def test_is_a_drawing_without_style(self) -> None:
        svg = qr_svg(ADDRESS)
        assert svg.startswith("<svg")
        assert "style" not in svg
