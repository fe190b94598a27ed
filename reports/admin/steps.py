"""What an officer can do with a report: each action once, with its words, its form, and who may in which state.

The change page shows the steps that `is_open` allows and the server asks again before it calls the model's method.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Role, User
from reports import permissions, workflow
from reports.admin_forms import (
    ActionForm,
    IdentityForm,
    InstitutionForm,
    PublishForm,
    ReferForm,
    RemarkForm,
    TextForm,
)
from reports.models import Actor, Report
from reports.workflow import INSTITUTION_MOVES, Status

ALL = frozenset(Status)
READ_BY_ALL = "Dibaca pelapor, dan semua orang bila laporan tampil. Jangan tulis nama atau kontak orang."
READ_BY_REPORTER = "Dibaca pelapor dan petugas. Jangan tulis nama atau kontak orang lain."
READ_BY_OFFICERS = "Hanya dibaca petugas."


@dataclass(frozen=True)
class Step:
    """`code` stands in the address, `method` is the model's, `event` what the history calls it."""

    code: str
    label: str
    event: str
    may: Callable[[User, Report], bool]
    method: str = ""
    form: type[ActionForm] = TextForm
    group: str = "next"
    hint: str = ""
    words: str = "Keterangan"
    done: str = "Tersimpan."
    to: Status | None = None
    since: frozenset[Status] = field(default=ALL)
    is_quiet: bool = True

    def is_open(self, user: User, report: Report) -> bool:
        """Whether this person may take this step in the report's present state."""
        if Status(report.status) not in self.since or not self.may(user, report):
            return False
        return self.to is None or workflow.can_move(report.status, self.to)

    def make_form(self, report: Report, data: Any = None, **values: Any) -> ActionForm:
        return self.form(data, report=report, step=(self.code, self.words, self.hint), initial=values)

    def take(self, report: Report, by: Actor, data: dict[str, Any]) -> None:
        """Call the model's method with what the form holds, and nothing else."""
        values: dict[str, Any] = {name: data[name] for name in ("text", "institution") if name in data}
        if self.code == "terbitkan":
            values = {"text": data["public_text"], "place": data["public_place"], "photo_ids": data.get("photos", [])}
        if self.code != "catat":  # a note overwrites nothing, so it has no version to compare
            values["version"] = data["version"]
        getattr(report, self.method)(by=by, **values)


def move(code: str, label: str, method: str, to: Status, **more: Any) -> Step:
    """A change of state."""

    def may(user: User, report: Report) -> bool:
        return permissions.can_move(user, report, to)

    return Step(code, label, to.value, may, method, to=to, **{"hint": READ_BY_ALL, **more})


def may_publish(user: User, report: Report) -> bool:
    return permissions.can_publish(user, report) and not report.is_secret


def may_unpublish(user: User, report: Report) -> bool:
    return permissions.can_publish(user, report) and report.is_published


def may_raise(user: User, report: Report) -> bool:
    return permissions.can_raise_secrecy(user, report) and not report.is_secret


def may_lower(user: User, report: Report) -> bool:
    return permissions.can_lower_secrecy(user, report) and report.is_secret


_S = Status
STEPS: tuple[Step, ...] = (
    move("verifikasi", "Verifikasi", "verify", _S.VERIFIED, form=RemarkForm, since=frozenset({_S.SUBMITTED}),
         is_quiet=False, done="Laporan diverifikasi."),
    move("teruskan", "Teruskan ke lembaga", "forward", _S.FORWARDED, form=InstitutionForm, is_quiet=False,
         hint="Dibaca lembaga dan pelapor, juga umum bila laporan tampil. Identitas pelapor tidak ikut dikirim.",
         done="Laporan diteruskan. Lembaga diberi tahu lewat e-mail bila alamatnya ada.",
         words="Catatan untuk lembaga"),
    move("tindaklanjuti", "Mulai tindak lanjut", "start_follow_up", _S.IN_FOLLOW_UP, form=RemarkForm, is_quiet=False,
         done="Laporan sedang ditindaklanjuti."),
    move("tanggapi", "Kirim tanggapan", "answer", _S.ANSWERED, is_quiet=False,
         done="Tanggapan terkirim kepada pelapor.", words="Tanggapan"),
    move("selesaikan", "Tutup sebagai selesai", "close", _S.CLOSED, done="Laporan ditutup.", words="Apa hasilnya?"),
    move("tanya", "Tanya pelapor", "ask", _S.ON_HOLD, hint=READ_BY_REPORTER,
         done="Pertanyaan terkirim. Laporan kembali sendiri begitu pelapor menjawab.",
         words="Pertanyaan untuk pelapor"),
    move("tunda", "Tunda", "postpone", _S.ON_HOLD, hint=READ_BY_REPORTER, done="Laporan ditunda.",
         words="Alasan menunda"),
    move("buka-lagi", "Buka lagi", "reopen", _S.SUBMITTED, done="Laporan menunggu verifikasi lagi.",
         words="Alasan membuka lagi"),
    move("kembalikan", "Kembalikan ke koordinator", "give_back", _S.VERIFIED, since=frozenset({_S.FORWARDED}),
         done="Laporan kembali ke koordinator.", words="Alasan mengembalikan"),
    move("alihkan", "Bukan wewenang kami", "refer_elsewhere", _S.NOT_AUTHORIZED, form=ReferForm,
         done="Pelapor diberi tahu lembaga yang berwenang.", words="Penjelasan untuk pelapor"),
    move("arsipkan", "Arsipkan", "archive", _S.ARCHIVED, hint=READ_BY_REPORTER, done="Laporan diarsipkan.",
         words="Alasan mengarsipkan"),
    Step("catat", "Tambah catatan", "note_added", permissions.can_write_note, "add_note", group="note",
         hint=READ_BY_OFFICERS, done="Catatan tersimpan.", words="Catatan"),
    Step("terbitkan", "Tampilkan untuk umum", "published", may_publish, "publish", PublishForm, group="sight",
         since=ALL - {_S.SUBMITTED, _S.ARCHIVED}, done="Laporan tampil untuk umum."),
    Step("tarik", "Tarik dari tampilan umum", "unpublished", may_unpublish, "unpublish", group="sight",
         hint=READ_BY_OFFICERS, done="Laporan tidak lagi tampil untuk umum.", words="Alasan menarik"),
    Step("rahasiakan", "Jadikan rahasia", "secrecy_raised", may_raise, "raise_secrecy", RemarkForm, group="sight",
         hint=READ_BY_REPORTER, done="Laporan kini rahasia dan tidak tampil di mana pun.", words="Alasan merahasiakan"),
    Step("lepas-rahasia", "Lepas kerahasiaan", "secrecy_lowered", may_lower, "lower_secrecy", group="sight",
         hint=READ_BY_REPORTER, done="Laporan tidak lagi rahasia. Belum tampil untuk umum.",
         words="Alasan melepas kerahasiaan"),
    Step("identitas", "Buka identitas pelapor", "identity_viewed", permissions.can_view_identity, form=IdentityForm,
         group="identity", words="Alasan membuka identitas"),
)  # fmt: skip
BY_CODE = {step.code: step for step in STEPS}


def actor_for(user: User, report: Report, step: Step) -> Actor:
    """In the institution's name where the step is one of its own, else as the officer of the nearest area."""
    own = INSTITUTION_MOVES.get(Status(report.status), frozenset())
    is_officer = permissions.is_coordinator(user, report) or permissions.is_confidentiality_officer(user, report)
    if report.institution and permissions.is_liaison(user, report) and (step.to in own or not is_officer):
        return Actor.institution(user, report.institution)
    return Actor.officer(user, office_name(user, report))


def office_name(user: User, report: Report) -> str:
    roles = {Role.REPORT_COORDINATOR, Role.CONFIDENTIALITY_OFFICER}
    areas = [grant.area for grant in user.grants if grant.role in roles and covers(grant.area_id, report)]
    nearest = max((area for area in areas if area), key=lambda area: len(area.code), default=None)
    return nearest.label if nearest else ""


def covers(code: str | None, report: Report) -> bool:
    return code is None or code in report.area_codes
