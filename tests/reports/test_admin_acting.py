"""What a press on a button changes: one step through the model's method, once, and nothing else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.outbox import OutgoingMail
from reports.models import Report
from reports.models.actor import Actor
from reports.models.filing import Contact
from reports.models.photo import ReportPhoto
from reports.workflow import Status
from tests.cast import OTHER_VILLAGE
from tests.factories import make_image, make_institution, make_report

TEXT = "Petugas sudah ke lapangan."
CONTACT = Contact("Zubaidah Penanda", "penanda@contoh.invalid", "0812999888")


def url(report, code):
    return reverse("admin:reports_report_act", args=(report.pk, code))


def press(client, user, report, code, version=None, **data):
    client.force_login(user)
    return client.post(url(report, code), {"version": version or report.version, "seen": 1, **data})


def fresh(report):
    return Report.objects.get(pk=report.pk)


def last_event(report):
    return report.events.order_by("-sequence").first()


def add_photo(report, position=0):
    return ReportPhoto.objects.create(
        report=report,
        submission_digest=report.submission_digest,
        source_digest=str(position),
        image=make_image(),
        position=position,
    )


class TestMove:
    @pytest.mark.parametrize(
        ("status", "code", "after"),
        [
            (Status.SUBMITTED, "verifikasi", Status.VERIFIED),
            (Status.SUBMITTED, "tanya", Status.ON_HOLD),
            (Status.SUBMITTED, "tunda", Status.ON_HOLD),
            (Status.SUBMITTED, "alihkan", Status.NOT_AUTHORIZED),
            (Status.SUBMITTED, "arsipkan", Status.ARCHIVED),
            (Status.VERIFIED, "teruskan", Status.FORWARDED),
            (Status.FORWARDED, "tindaklanjuti", Status.IN_FOLLOW_UP),
            (Status.FORWARDED, "kembalikan", Status.VERIFIED),
            (Status.IN_FOLLOW_UP, "tanggapi", Status.ANSWERED),
            (Status.ANSWERED, "selesaikan", Status.CLOSED),
            (Status.ARCHIVED, "buka-lagi", Status.SUBMITTED),
        ],
    )
    def test_officer_takes_the_step(self, client, cast, status, code, after):
        report = make_report(status=status)
        answer = press(client, cast.officer, report, code, text=TEXT, institution=cast.institution.pk)
        assert answer.status_code == 302
        now, event = fresh(report), last_event(report)
        assert (now.status, now.version) == (after, report.version + 1)
        assert (event.actor_key, event.text) == (cast.officer.pk, TEXT)
        assert event.actor_label == "Petugas laporan Kabupaten Lima Puluh Kota"

    def test_institution_answers_in_its_name(self, client, cast):
        report = make_report(status=Status.IN_FOLLOW_UP)
        press(client, cast.liaison, report, "tanggapi", text=TEXT)
        assert (fresh(report).status, last_event(report).actor_label) == ("answered", cast.institution.name)

    def test_a_returned_report_leaves_the_institution(self, client, cast):
        report = make_report(status=Status.FORWARDED)
        answer = press(client, cast.liaison, report, "kembalikan", text="Ini jalan provinsi.")
        assert answer.url == reverse("admin:reports_report_changelist")
        assert fresh(report).institution is None
        assert client.get(reverse("admin:reports_report_change", args=(report.pk,))).status_code == 404

    def test_forwarding_writes_to_the_institution_without_identity(self, client, cast):
        cast.institution.email = "dinas@contoh.invalid"
        cast.institution.save()
        report = make_report(status=Status.VERIFIED, contact=CONTACT)
        press(client, cast.officer, report, "teruskan", text=TEXT, institution=cast.institution.pk)
        mail = OutgoingMail.objects.get(to="dinas@contoh.invalid")
        assert TEXT in mail.body
        assert not any(mark in mail.body for mark in ("Penanda", "penanda@", "0812999888"))

    @pytest.mark.parametrize("code", ["tanya", "tunda", "alihkan", "arsipkan"])
    def test_a_step_that_needs_words_says_so_and_keeps_what_was_typed(self, client, cast, code):
        report = make_report()
        answer = press(client, cast.officer, report, code, text=" ", institution=cast.institution.pk)
        content = answer.content.decode()
        assert answer.status_code == 422
        assert "Tulis dulu isinya." in content
        assert f'<details class="more step" open id="langkah-{code}">' in content
        assert fresh(report).version == report.version

    def test_forwarding_needs_an_institution_of_the_area_or_above(self, client, cast):
        report = make_report(status=Status.VERIFIED)
        for institution in ("", "999999", "x", make_institution(area=OTHER_VILLAGE).pk):
            answer = press(client, cast.officer, report, "teruskan", text="Teks tetap ada.", institution=institution)
            assert answer.status_code == 422
            assert "Teks tetap ada." in answer.content.decode()
        province = make_institution(area="13")
        assert press(client, cast.officer, report, "teruskan", text=TEXT, institution=province.pk).status_code == 302

    @pytest.mark.parametrize("version", ["", "x", "0", "-1", "99999999999999999999", "1.5", "\x00"])
    def test_a_broken_version_changes_nothing(self, client, cast, version):
        report = make_report()
        client.force_login(cast.officer)
        answer = client.post(url(report, "arsipkan"), {"version": version, "text": TEXT})
        assert answer.status_code == 422
        assert TEXT in answer.content.decode()
        assert fresh(report).status == "submitted"

    def test_forged_fields_change_nothing_else(self, client, cast):
        report = make_report()
        forged = {field.name: "1" for field in Report._meta.concrete_fields if field.name != "version"}
        forged |= {"by": cast.superuser.pk, "actor": "9", "at": "2020-01-01", "photo_ids": "1", "reason": "silence"}
        press(client, cast.officer, report, "verifikasi", **{**forged, "text": ""})
        now = fresh(report)
        changed = {
            field.attname
            for field in Report._meta.concrete_fields
            if getattr(now, field.attname) != getattr(report, field.attname)
        }
        assert changed <= {"status", "version", "due_at"}
        assert now.status == "verified"

    def test_a_get_changes_nothing(self, client, cast):
        report = make_report()
        client.force_login(cast.officer)
        answer = client.get(url(report, "verifikasi"), {"version": report.version})
        assert answer.url == reverse("admin:reports_report_change", args=(report.pk,))
        assert fresh(report).status == "submitted"

    def test_foreign_unknown_and_impossible_reports_and_steps_are_404(self, client, cast):
        report = make_report()
        assert press(client, cast.foreign_officer, report, "verifikasi").status_code == 404
        assert press(client, cast.officer, report, "hapus").status_code == 404
        for key in ("0", "9" * 19, "9" * 40, "abc", "-1", "1.0", "%00"):
            assert client.get(f"/admin/reports/report/{key}/change/").status_code == 404
            assert client.post(f"/admin/reports/report/{key}/tindakan/verifikasi/").status_code == 404

    def test_the_page_itself_takes_no_post(self, client, cast):
        report = make_report()
        client.force_login(cast.superuser)
        answer = client.post(reverse("admin:reports_report_change", args=(report.pk,)), {"status": "closed"})
        assert answer.status_code == 403


class TestConflict:
    def test_stale_form_shows_both_versions_and_keeps_the_words(self, client, cast):
        report = make_report(status=Status.VERIFIED)
        report.add_note(by=Actor("Petugas lain"), text="Catatan lain")
        fresh(report).start_follow_up(by=Actor("Petugas lain"), text="Tim sudah berangkat.")
        answer = press(client, cast.officer, report, "tanya", text="Di sebelah mana?")
        content = answer.content.decode()
        assert answer.status_code == 409
        assert "Tim sudah berangkat." in content
        assert "Di sebelah mana?" in content
        assert "Sedang ditindaklanjuti" in content
        assert fresh(report).status == "in_follow_up"

    def test_the_second_press_is_made_with_both_in_view(self, client, cast):
        report = make_report(status=Status.VERIFIED)
        fresh(report).start_follow_up(by=Actor("Petugas lain"))
        answer = press(client, cast.officer, report, "tanya", text="Di sebelah mana?")
        assert f'name="version" value="{fresh(report).version}"' in answer.content.decode()
        press(client, cast.officer, fresh(report), "tanya", text="Di sebelah mana?")
        assert fresh(report).status == "on_hold"

    def test_a_step_no_longer_open_leaves_the_words_to_copy(self, client, cast):
        report = make_report()
        fresh(report).archive(by=Actor("Petugas lain"), text="Sudah ada laporan sama.")
        answer = press(client, cast.officer, report, "alihkan", text="Ke balai.", institution=cast.institution.pk)
        content = answer.content.decode()
        assert answer.status_code == 409
        assert "Ke balai." in content
        assert "tidak dapat lagi" in content
        assert "Sudah ada laporan sama." in content

    def test_a_reader_meets_403_whatever_the_version(self, client, cast):
        report = make_report()
        for version in (1, 99):
            assert press(client, cast.province_reader, report, "verifikasi", version).status_code == 403

    def test_public_words_of_another_officer_are_not_overwritten(self, client, cast):
        report = make_report(status=Status.VERIFIED)
        other = fresh(report)
        other.publish(by=Actor("Petugas lain"), text="Versi petugas lain.", place="", photo_ids=[])
        data = {"public_text": "Versi saya.", "public_place": "", "is_checked": "on"}
        answer = press(client, cast.officer, report, "terbitkan", **data)
        assert answer.status_code == 409
        assert "Versi petugas lain." in answer.content.decode()
        assert "Versi saya." in answer.content.decode()
        assert fresh(report).public_text == "Versi petugas lain."


class TestRepeat:
    @pytest.mark.parametrize(("code", "text"), [("verifikasi", ""), ("arsipkan", TEXT), ("rahasiakan", "")])
    def test_a_button_pressed_twice_acts_once(self, client, cast, code, text):
        report = make_report()
        for _ in range(2):
            assert press(client, cast.officer, report, code, text=text).status_code == 302
        assert fresh(report).version == report.version + 1

    def test_the_same_note_twice_is_one_note_and_another_is_another(self, client, cast):
        report = make_report()
        for text in ("Sudah ditelepon.", "Sudah ditelepon.", "Belum diangkat."):
            assert press(client, cast.officer, report, "catat", text=text).status_code == 302
        assert report.events.filter(action="note_added").count() == 2

    def test_other_public_words_are_no_repeat(self, client, cast):
        report = make_report(status=Status.VERIFIED)
        for text, status in (("Versi satu.", 302), ("Versi dua.", 409)):
            data = {"public_text": text, "public_place": "", "is_checked": "on"}
            assert press(client, cast.officer, report, "terbitkan", **data).status_code == status

    def test_the_same_words_of_a_colleague_are_no_repeat(self, client, cast):
        report = make_report()
        press(client, cast.officer, report, "tanya", text=TEXT)
        cast.officer.role_grants.update(user=cast.other)
        cast.other.__dict__.pop("grants", None)
        assert press(client, cast.other, report, "tanya", text=TEXT).status_code == 409


class TestPublish:
    def test_shows_the_edited_words_and_the_ticked_photos_alone(self, client, cast):
        report = make_report(status=Status.VERIFIED)
        first, second = add_photo(report, 0), add_photo(report, 1)
        data = {"public_text": "Jalan rusak.", "public_place": "Jorong Koto", "is_checked": "on", "photos": second.pk}
        assert press(client, cast.officer, report, "terbitkan", **data).status_code == 302
        now = fresh(report)
        assert (now.is_published, now.public_text, now.public_place) == (True, "Jalan rusak.", "Jorong Koto")
        assert list(report.photos.filter(is_public=True)) == [second]
        assert not ReportPhoto.objects.get(pk=first.pk).is_public

    def test_no_photo_is_ticked_before_an_officer_does(self, client, cast):
        report = make_report(status=Status.VERIFIED)
        add_photo(report)
        client.force_login(cast.officer)
        content = client.get(reverse("admin:reports_report_change", args=(report.pk,))).content.decode()
        box = content[content.index('name="photos"') :].split(">")[0]
        assert "checked" not in box

    def test_needs_the_tick_that_names_were_removed(self, client, cast):
        report = make_report(status=Status.VERIFIED)
        answer = press(client, cast.officer, report, "terbitkan", public_text="Jalan rusak.", public_place="")
        assert answer.status_code == 422
        assert not fresh(report).is_published

    def test_a_photo_of_another_report_is_refused(self, client, cast):
        report, other = make_report(status=Status.VERIFIED), make_report(status=Status.VERIFIED)
        add_photo(report)
        foreign = add_photo(other)
        data = {"public_text": "Jalan rusak.", "public_place": "", "is_checked": "on", "photos": foreign.pk}
        assert press(client, cast.officer, report, "terbitkan", **data).status_code == 422
        assert not ReportPhoto.objects.get(pk=foreign.pk).is_public

    def test_withdrawing_hides_words_and_photos(self, client, cast):
        report = make_report(status=Status.VERIFIED)
        photo = add_photo(report)
        report.publish(by=Actor("Petugas"), text="Jalan rusak.", place="", photo_ids=[photo.pk])
        press(client, cast.officer, report, "tarik", text="Ada nama orang.")
        assert not fresh(report).is_published
        assert not ReportPhoto.objects.get(pk=photo.pk).is_public


class TestSecrecy:
    def test_anyone_on_the_path_raises_it_and_the_named_right_alone_lowers_it(self, client, cast):
        report = make_report(status=Status.FORWARDED, contact=CONTACT)
        press(client, cast.liaison, report, "rahasiakan", text="Pelapor takut.")
        report = fresh(report)
        assert report.is_secret
        for user, refusal in ((cast.officer, 403), (cast.liaison, 403), (cast.superuser, 404)):
            answer = press(client, user, report, "lepas-rahasia", text="Sudah aman menurut saya.")
            assert answer.status_code == refusal
        assert press(client, cast.confidentiality, report, "lepas-rahasia", text="").status_code == 422
        assert fresh(report).is_secret
        assert press(client, cast.confidentiality, report, "lepas-rahasia", text="Diminta pelapor.").status_code == 302
        assert not fresh(report).is_secret
