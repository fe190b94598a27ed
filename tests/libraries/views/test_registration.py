from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.limits import LimitCounter
from groups.forms.contact import HONEYPOT
from libraries import codes
from libraries.models import ActivitySession, Registration
from libraries.views.registration import FROM_ONE_BROWSER, WRONG_CODES_AN_HOUR
from libraries.workflow import Seat
from tests.libraries.agendas import begin, make_session, take


def address(session: ActivitySession) -> str:
    activity = session.activity
    return reverse("libraries:registration_create", args=[activity.library.slug, activity.public_id, session.pk])


def send(client: Client, session: ActivitySession, **over: Any) -> Any:
    return client.post(address(session), {"submission_id": str(uuid4()), "name": "Uni Upik", **over})


@pytest.mark.django_db
class TestRegistrationCreate:
    def test_a_name_is_enough_and_leads_to_the_code(self, client: Client) -> None:
        session = make_session(seats=3)
        answer = send(client, session)
        page = client.get(answer["Location"]).content.decode()
        assert (answer.status_code, "Anda terdaftar" in page) == (302, True)
        assert not client.session.keys()

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"name": ""}, "Tulis nama atau alias"),
            ({"name": " \u200b "}, "Tulis nama atau alias"),
            ({"email": "bukan"}, "alamat e-mail lengkap"),
            ({"email": "uni@contoh.invalid"}, "Beri tanda setuju"),
            ({"phone": "0812 0000 0000"}, "Beri tanda setuju"),
            ({"phone": "nol delapan", "consent": "on"}, "telepon"),
            ({"submission_id": "rusak"}, "Muat ulang halaman"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(
        self, client: Client, values: dict[str, str], words: str
    ) -> None:
        answer = send(client, make_session(), **{"phone": "0812 0000 0001", **values})
        page = answer.content.decode()
        kept = values.get("phone", "0812 0000 0001")
        assert (answer.status_code, words in page, kept in page) == (422, True, True)
        assert not Registration.objects.exists()

    def test_the_last_seat_is_gone_and_the_page_says_so(self, client: Client) -> None:
        session = make_session(seats=1)
        take(session)
        page = client.get(send(client, session)["Location"]).content.decode()
        assert "Kursi sudah penuh. Urutan Anda: <strong>1</strong>" in page

    def test_pressing_twice_registers_once(self, client: Client) -> None:
        session, key = make_session(), str(uuid4())
        places = {send(client, session, submission_id=key)["Location"] for _ in range(2)}
        assert (len(places), Registration.objects.count()) == (1, 1)

    def test_the_same_key_with_another_name_gets_no_code_and_keeps_what_was_typed(self, client: Client) -> None:
        session, key = make_session(), str(uuid4())
        send(client, session, submission_id=key)
        answer = send(client, session, submission_id=key, name="Uda Buyung")
        page = answer.content.decode()
        assert (answer.status_code, "Uda Buyung" in page, key in page) == (409, True, False)
        assert codes.display(codes.code_for(uuid4())) not in page

    def test_closed_doors_say_why(self, client: Client) -> None:
        session = begin(make_session(), hours_ago=1)
        answer = send(client, session)
        assert (answer.status_code, "sudah dimulai" in answer.content.decode()) == (409, True)

    def test_a_honeypot_holds_and_never_refuses(self, client: Client) -> None:
        answer = send(client, make_session(), **{HONEYPOT: "https://contoh.invalid"})
        page = client.get(answer["Location"]).content.decode()
        assert "Pustakawan memeriksa" in page
        assert Registration.objects.get().is_held

    def test_more_than_a_person_sends_is_held(self, client: Client) -> None:
        session = make_session()
        for _ in range(FROM_ONE_BROWSER + 1):
            send(client, session)
        assert Registration.objects.filter(is_held=True).count() == 1

    def test_no_address_of_a_network_is_stored(self, client: Client) -> None:
        send(Client(REMOTE_ADDR="198.51.100.77"), make_session())
        rows = [*Registration.objects.values(), *LimitCounter.objects.values()]
        assert "198.51.100.77" not in repr(rows)


@pytest.mark.django_db
class TestRegistrationOwn:
    def own(self, name: str, code: str) -> str:
        return reverse(f"libraries:{name}", args=[codes.display(code)])

    def test_giving_it_back(self, client: Client) -> None:
        taken = take(make_session())
        answer = client.post(self.own("registration_cancel", taken.code), follow=True)
        assert "Pendaftaran dibatalkan" in answer.content.decode()
        assert Registration.objects.get().status == Seat.CANCELLED

    def test_the_contact_alone(self, client: Client) -> None:
        taken = take(make_session(), email="uni@contoh.invalid")
        page = client.post(self.own("registration_contact", taken.code), follow=True).content.decode()
        assert ("uni@contoh.invalid" in page, "Anda terdaftar" in page) == (False, True)

    def test_an_opened_link_changes_nothing(self, client: Client) -> None:
        taken = take(make_session())
        assert client.get(self.own("registration_cancel", taken.code)).status_code == 405
        assert Registration.objects.get().status == Seat.SEATED

    @pytest.mark.parametrize("code", ["0" * 16, "pendek", "%00", "U" * 50])
    def test_no_code_and_an_unknown_one_look_the_same(self, client: Client, code: str) -> None:
        for name in ("registration_own", "registration_cancel", "registration_contact"):
            method = client.get if name == "registration_own" else client.post
            answer = method(reverse(f"libraries:{name}", args=[code]))
            assert (answer.status_code, "tidak ditemukan" in answer.content.decode()) == (404, True)

    def test_guessing_is_stopped(self, client: Client) -> None:
        cache.clear()
        taken = take(make_session())
        for number in range(WRONG_CODES_AN_HOUR):
            client.get(self.own("registration_own", f"{number:016d}"))
        assert client.get(self.own("registration_own", taken.code)).status_code == 404


@pytest.mark.django_db
class TestRegistrationFind:
    def test_a_code_typed_anyhow_leads_on(self, client: Client) -> None:
        taken = take(make_session())
        answer = client.post(reverse("libraries:registration_find"), {"code": f" {taken.code.lower()} "})
        assert answer["Location"].endswith(f"{codes.display(taken.code)}/")

    def test_a_wrong_one_gets_a_sentence(self, client: Client) -> None:
        answer = client.post(reverse("libraries:registration_find"), {"code": "0" * 16})
        assert (answer.status_code, "Kode tidak ditemukan" in answer.content.decode()) == (422, True)
