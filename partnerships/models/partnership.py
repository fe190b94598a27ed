"""What can be done to a partnership. Every action locks the row, writes the event, queues the mail."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Institution, User
from groups.models import Kim
from groups.workflow import Status as KimStatus
from partnerships import notifications
from partnerships.models.basis import Basis
from partnerships.models.forum import Forum
from partnerships.models.record import DETAILS, PartnershipRecord, Side
from partnerships.workflow import OPEN, PUBLIC, TEXT_REQUIRED, Status, can_move

if TYPE_CHECKING:
    from partnerships.models.event import PartnershipEvent
    from uploads.models import Document

SYSTEM = "Sistem"
PAST_ONLY = "Jadwal ini sudah lewat semua. Isi paling sedikit satu pertemuan yang akan datang."
FORUM_FIELDS = ("kind", "name", "place", "first_on", "begins_at", "repeats", "until", "contact_person", "contact_phone")
CONTACT = frozenset({"contact_person", "contact_phone"})  # somebody else may answer for a schedule that is over


class StalePartnership(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else changed the partnership after the form was made."""


class Partnership(PartnershipRecord):
    """Two sides, one basis, terms that both read and both confirm. Nobody else assigns `status`."""

    # --- The frame of every action -----------------------------------------------------------------------------------
    def lock(self, terms_version: int | None = None) -> None:
        """Read the row again under its lock; whoever answers terms that have changed since is told so."""
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
        if terms_version is not None and self.terms_version != terms_version:
            raise StalePartnership

    def store(self) -> None:
        self.version += 1
        self.sector = self.second.sector
        self.copy_codes()
        self.full_clean()
        self.save()

    def record(self, action: str, by: User | None, label: str, text: str = "", **data: Any) -> PartnershipEvent:
        """Write one event. The caller holds the row's lock."""
        return self.events.model.append(self, action, actor=by, actor_label=label, text=text, **data)

    def change_status(self, to: Status, *, by: User | None, label: str, text: str = "") -> None:
        """Move to another state, under the lock the caller holds."""
        check_move(self, to, text)
        previous = self.status
        self.status, self.is_listed = to, to in PUBLIC
        self.store()
        self.record(to.value, by, label, text, previous=previous)
        notifications.status_changed(self, text)

    def side_name(self, side: Side) -> str:
        return str(self.first if side == Side.FIRST else self.second)

    # --- The terms ---------------------------------------------------------------------------------------------------
    @classmethod
    def propose(
        cls, first: Kim | Institution, partner: Institution, *, side: Side, by: User, forum: Forum | None, **terms: Any
    ) -> Partnership:
        """Write terms down. Whoever proposes agrees to them; the other side is asked."""
        own = {"kim": first} if isinstance(first, Kim) else {"institution": first.resolved}
        row = cls(area_id=first.area_id, partner=partner.resolved, **own)
        with transaction.atomic():
            row.lock_sides()
            row.write_terms(forum, terms)
            row.confirm_for(side)
            row.record("proposed", by, row.side_name(side))
            notifications.asked_to_confirm(row, other(side))
        return row

    def change_terms(
        self, *, side: Side, by: User, terms_version: int | None = None, forum: Forum | None, **terms: Any
    ) -> None:
        """Other terms, while nothing is agreed. The other side's yes was to the old ones: it is asked again."""
        with transaction.atomic():
            self.lock_sides()
            self.lock(terms_version)
            if self.status != Status.PROPOSED:
                raise ValidationError("Isi kemitraan yang sudah disetujui tidak dapat diubah. Usulkan kemitraan baru.")
            self.first_confirmed_at = self.partner_confirmed_at = self.paper = None
            self.terms_version += 1
            self.write_terms(forum, terms)
            self.confirm_for(side)
            self.record("terms_changed", by, self.side_name(side))
            notifications.asked_to_confirm(self, other(side))

    def lock_sides(self) -> None:
        """Two proposals of one pair wait for each other, so that their terms cannot overlap unseen."""
        list(Institution._base_manager.select_for_update().filter(pk__in=[self.partner_id, self.institution_id or 0]))

    def write_terms(self, forum: Forum | None, terms: dict[str, Any]) -> None:
        """Set the terms with the one detail of their basis; whatever belonged to another basis goes."""
        for name, value in terms.items():
            setattr(self, name, value)
        old = self.forum if self.forum_id else None
        self.forum = self.keep_forum(old, forum) if self.basis == Basis.ANALOG else None
        for basis, name in DETAILS.items():
            if basis != self.basis:
                setattr(self, name, None)
        if self.basis != Basis.EXPERIENCE:
            self.need = self.adaptation = ""
        self.check_terms()
        self.store()
        self.write_words()
        if old and self.forum_id is None:
            old.delete()

    def write_words(self) -> None:
        from partnerships.models.searching import PartnershipWord

        PartnershipWord.objects.rewrite([self])
        self.refresh_from_db(fields=["spelled"])

    def keep_forum(self, old: Forum | None, typed: Forum | None) -> Forum:
        if typed is None:
            raise ValidationError("Isi forum, tempat, dan jadwalnya.")
        row = old or Forum()
        for name in FORUM_FIELDS:
            setattr(row, name, getattr(typed, name))
        row.full_clean()
        row.save()
        return row

    def check_terms(self) -> None:
        """What no constraint can say because it stands in other rows."""
        if self.legal_basis and not self.legal_basis.covers(self.area_id):
            raise ValidationError({"legal_basis": "Dasar hukum ini tidak berlaku di wilayah pihak pertama."})
        if self.rests_on_revoked:
            raise ValidationError({"legal_basis": "Dasar hukum ini sudah dicabut. Pilih yang masih berlaku."})
        if self.expertise and not self.is_of_a_side(self.expertise.owner):
            raise ValidationError({"expertise": "Pilih keahlian salah satu pihak."})
        if twin := self.overlapping().first():
            until = f"{twin.ends_on:%d-%m-%Y}" if twin.ends_on else "belum ditentukan"
            raise ValidationError(
                f"Masa kemitraan ini bertumpuk dengan “{twin.title}” ({twin.starts_on:%d-%m-%Y} sampai {until}) "
                "dengan mitra dan dasar yang sama. Ubah tanggalnya, atau akhiri yang lama lebih dulu."
            )

    def is_of_a_side(self, owner: Kim | Institution) -> bool:
        return (owner.resolved if isinstance(owner, Institution) else owner) in (self.first, self.second)

    def overlapping(self) -> Any:
        """Others of the same sides and basis that run at the same time; merged institutions are one."""
        rows = type(self).objects.filter(status__in=sorted(OPEN), basis=self.basis).exclude(pk=self.pk)
        rows = rows.filter(Q(partner=self.second) | Q(partner__merged_into=self.second))
        if self.kim_id:
            rows = rows.filter(kim=self.kim_id)
        else:
            rows = rows.filter(Q(institution=self.first.pk) | Q(institution__merged_into=self.first.pk))
        if self.ends_on:
            rows = rows.filter(starts_on__lte=self.ends_on)
        return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=self.starts_on)).order_by("starts_on", "id")

    # --- Yes and no --------------------------------------------------------------------------------------------------
    def confirm_for(self, side: Side) -> None:
        setattr(self, f"{side}_confirmed_at", timezone.now())
        self.store()

    def confirm(self, side: Side, *, by: User, terms_version: int) -> None:
        """Agree to the terms as they were read. With both sides' yes it is active, if nothing is missing."""
        with transaction.atomic():
            self.lock(terms_version)
            self.agree(side, "confirmed", by, self.side_name(side))

    def agree(self, side: Side, action: str, by: User, label: str, text: str = "") -> None:
        """One side's yes, under the lock the caller holds."""
        check_move(self, Status.ACTIVE, "")
        if missing := self.missing():
            raise ValidationError(missing)
        self.confirm_for(side)
        self.record(action, by, label, text, terms=self.terms_version, side=str(side))
        if self.first_confirmed_at and self.partner_confirmed_at:
            self.change_status(Status.ACTIVE, by=by, label=label)

    def confirm_on_paper(self, side: Side, *, by: User, signed_on: date, file: Document, text: str = "") -> None:
        """The yes of a side that has nobody here, as its signed letter says it; the area's officer writes it down.

        A letter older than the terms says yes to other terms.
        """
        with transaction.atomic():
            self.lock()
            if getattr(self, f"{side}_confirmed_at"):
                raise ValidationError("Pihak ini sudah setuju.")
            if signed_on > timezone.localdate():
                raise ValidationError("Tanggal surat tidak boleh di masa depan.")
            terms = self.events.filter(action__in=("proposed", "terms_changed")).order_by("-sequence")
            if (last := terms.first()) and signed_on < self.area.local(last.at).date():
                raise ValidationError("Surat ini lebih tua daripada isi kemitraan sekarang. Minta surat yang baru.")
            self.paper = file
            self.agree(side, "confirmed_on_paper", by, by.label, text)

    def missing(self) -> list[str]:
        """What still stands between these terms and an active partnership, in sentences."""
        if self.kim and self.kim.status == KimStatus.DISSOLVED:
            return ["KIM ini sudah bubar."]
        if self.ends_on and self.ends_on < timezone.localdate():
            return ["Masa kemitraan ini sudah lewat. Ubah tanggalnya lebih dulu."]
        if self.forum:
            has_next = self.forum.next_dates(self.area.local(timezone.now()), 1)
            return [] if has_next else [PAST_ONLY]
        if self.rests_on_revoked:
            return ["Dasar hukum kemitraan ini sudah dicabut. Pilih dasar hukum lain."]
        return self.expertise.missing() if self.expertise else []

    def cancel(self, side: Side, *, by: User, text: str) -> None:
        """Take the proposal back, or say no to it, with the reason."""
        with transaction.atomic():
            self.lock()
            self.change_status(Status.CANCELLED, by=by, label=self.side_name(side), text=text)

    def end(self, side: Side, *, by: User, text: str) -> None:
        """End it before its day; either side may, and says why."""
        with transaction.atomic():
            self.lock()
            if not text.strip():
                raise ValidationError("Tulis alasan mengakhiri kemitraan.")
            self.ends_on = max(timezone.localdate(), self.starts_on + date.resolution)
            self.change_status(Status.ENDED, by=by, label=self.side_name(side), text=text)

    # --- While it runs -----------------------------------------------------------------------------------------------
    def move_forum(self, side: Side, *, by: User, terms_version: int | None = None, **changes: Any) -> None:
        """Another time, place (the analog basis' own weakness) or contact person: written down, and told to both."""
        with transaction.atomic():
            self.lock(terms_version)
            if self.status != Status.ACTIVE or self.forum is None:
                raise ValidationError("Jadwal hanya dapat diubah selama kemitraan tatap muka ini aktif.")
            changed = sorted(name for name, value in changes.items() if getattr(self.forum, name) != value)
            if not changed:
                return
            for name in changed:
                setattr(self.forum, name, changes[name])
            self.forum.full_clean()
            self.forum.save()
            if not CONTACT.issuperset(changed) and (missing := self.missing()):
                raise ValidationError(missing)
            self.terms_version += 1
            self.store()
            self.record("forum_moved", by, self.side_name(side), fields=changed)
            notifications.forum_moved(self)

    # --- What follows by itself --------------------------------------------------------------------------------------
    def expire(self) -> bool:
        with transaction.atomic():
            self.lock()
            if self.status != Status.ACTIVE or self.ends_on is None or self.ends_on >= timezone.localdate():
                return False
            self.change_status(Status.ENDED, by=None, label=SYSTEM)
        return True

    def tell_of_revoked(self) -> bool:
        with transaction.atomic():
            self.lock()
            if self.revoked_basis_told_at or not self.rests_on_revoked:
                return False
            type(self).objects.filter(pk=self.pk).update(revoked_basis_told_at=timezone.now())
            self.record("basis_revoked", None, SYSTEM, legal_basis=self.legal_basis_id)
            notifications.basis_revoked(self)
        return True

    def ask_evaluation(self, a_year_ago: date) -> bool:
        with transaction.atomic():
            self.lock()
            if self.evaluation_asked_on and self.evaluation_asked_on > a_year_ago:
                return False
            type(self).objects.filter(pk=self.pk).update(evaluation_asked_on=timezone.localdate())
            notifications.evaluation_due(self)
        return True


def other(side: Side) -> Side:
    return Side.PARTNER if side == Side.FIRST else Side.FIRST


def check_move(row: Partnership, to: Status, text: str) -> None:
    """Raise the sentence that says why this change is not possible."""
    if not can_move(row.status, to):
        raise ValidationError(f"Kemitraan berstatus “{row.get_status_display()}” tidak dapat menjadi “{to.label}”.")
    if to in TEXT_REQUIRED and not text.strip():
        raise ValidationError("Tulis alasannya.")
