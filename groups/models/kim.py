"""What can be done to a KIM. Every action locks the row, checks the table, writes the event, queues the mail."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from accounts.page_cache import pages_changed
from groups import notifications
from groups.models.record import RESERVED_SLUGS, KimRecord, Requirement, decree_in_force
from groups.workflow import EDITABLE, PUBLIC, TEXT_REQUIRED, Status, can_move

if TYPE_CHECKING:
    from groups.models.event import KimEvent
    from groups.models.membership import Membership

OFFICE = "Verifikator KIM"
BOARD_OF_KIM = "Admin KIM"
SYSTEM = "Sistem"


class StaleKim(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else changed the KIM after the form was made."""


class Kim(KimRecord):
    """A community information group (Kelompok or Komunitas Informasi Masyarakat). Nobody else assigns `status`."""

    # --- The frame of every action -----------------------------------------------------------------------------------
    def lock(self, version: int | None = None) -> None:
        """Read the row again under its lock; a form made from an older version is told so."""
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
        if version is not None and self.version != version:
            raise StaleKim

    def store(self) -> None:
        self.version += 1
        self.full_clean()
        self.save()
        if self.is_listed:
            pages_changed()

    def record(self, action: str, by: User | None, label: str, text: str = "", **data: Any) -> KimEvent:
        """Write one event. The caller holds the row's lock."""
        return self.events.model.append(self, action, actor=by, actor_label=label, text=text, **data)

    def change_status(
        self, to: Status, *, by: User | None, label: str, text: str = "", version: int | None = None, **changes: Any
    ) -> None:
        """Move to another state. ValidationError when the table or a missing reason forbids it."""
        with transaction.atomic():
            self.lock(version)
            check_move(self, to, text)
            previous = self.status
            for name, value in changes.items():
                setattr(self, name, value)
            self.status, self.is_listed = to, to in PUBLIC
            self.store()
            self.record(to.value, by, label, text, previous=previous)
            if Status.ACTIVE in {previous, to}:
                self.recount_coverage()
            notifications.status_changed(self, text)

    def recount_coverage(self) -> None:
        from groups.models.coverage import DistrictCoverage

        DistrictCoverage.objects.all().recount(self.district_code)

    # --- What the KIM does -------------------------------------------------------------------------------------------
    @classmethod
    def apply(cls, *, by: User, **values: Any) -> Kim:
        """Begin an application; its writer becomes the first admin."""
        kim = cls(slug=free_slug(values["name"]), conduct_accepted_at=timezone.now(), **values)
        kim.copy_codes()
        with transaction.atomic():
            kim.full_clean()
            kim.save()
            kim.record("created", by, BOARD_OF_KIM)
        return kim

    def submit(self, *, by: User, version: int | None = None) -> None:
        with transaction.atomic():
            now = timezone.now()
            self.change_status(Status.SUBMITTED, by=by, label=BOARD_OF_KIM, version=version, submitted_at=now)
            notifications.application_waits(self)

    def change_profile(self, *, by: User, version: int | None = None, **values: Any) -> None:
        """Change what the KIM says of itself. StaleKim when another admin was faster."""
        with transaction.atomic():
            self.lock(version)
            changed = sorted(name for name, value in values.items() if getattr(self, name) != value)
            if not changed:
                return
            bylaws = self.bylaws
            for name in changed:
                setattr(self, name, values[name])
            self.store()
            if bylaws and bylaws != self.bylaws:
                bylaws.erase()  # nobody could read them any more
            self.record("profile_changed", by, BOARD_OF_KIM, fields=changed)
            self.settle()

    def confirm_data(self, *, by: User) -> None:
        """The KIM says that what the portal shows of it still holds."""
        with transaction.atomic():
            self.lock()
            self.confirmed_on = timezone.localdate()
            self.store()
            self.record("confirmed", by, BOARD_OF_KIM)

    def mailboxes(self) -> list[str]:
        """Where letters to the KIM go: its own address, and the admins who have an account that is in use."""
        admins = self.memberships.current().filter(is_admin=True, user__is_active=True)
        addresses = [self.email, *admins.values_list("user__email", flat=True)]
        return list(dict.fromkeys(address for address in addresses if address))

    def receive_letter(self, name: str, email: str, text: str) -> bool:
        """Pass a visitor's letter on; False where nobody would receive it. The portal keeps no copy but the mail."""
        with transaction.atomic():
            addresses = self.mailboxes()
            for address in addresses:
                notifications.letter_received(self, address, name, email, text)
        return bool(addresses)

    # --- What the officer does ---------------------------------------------------------------------------------------
    def approve(self, *, by: User, text: str = "", version: int | None = None) -> None:
        """Verified; active at once where everything that recognition asks for is there. What was read is confirmed."""
        with transaction.atomic():
            today = timezone.localdate()
            self.change_status(Status.VERIFIED, by=by, label=OFFICE, text=text, version=version, confirmed_on=today)
            self.settle()

    def ask_changes(self, *, by: User, text: str, version: int | None = None) -> None:
        self.change_status(Status.REVISION, by=by, label=OFFICE, text=text, version=version)

    def reject(self, *, by: User, text: str, version: int | None = None) -> None:
        self.change_status(Status.REJECTED, by=by, label=OFFICE, text=text, version=version)

    def dissolve(self, *, by: User, text: str, version: int | None = None) -> None:
        """The end, with its reason. The page stays, and says so; what was scheduled stays unsaid."""
        with transaction.atomic():
            self.change_status(Status.DISSOLVED, by=by, label=OFFICE, text=text, version=version)
            self.announcements.filter(publish_at__gt=timezone.now()).update(is_published=False)

    # --- What follows by itself --------------------------------------------------------------------------------------
    def requirements(self, members: Collection[Membership] | None = None) -> list[Requirement]:
        """What an active KIM has, each met or not (three queries; two where the members of today are at hand)."""
        from groups.models.membership import BOARD

        current = list(self.memberships.current()) if members is None else members
        policy = self.policy
        decree = decree_in_force(list(self.decrees.all()), timezone.localdate())
        sizes = f"{policy.min_members} sampai {policy.max_members}"
        return [
            Requirement("SK yang berlaku hari ini", decree is not None, "decree_create"),
            Requirement(
                f"Jumlah anggota {sizes} orang",
                policy.min_members <= len(current) <= policy.max_members,
                "member_list",
            ),
            Requirement(
                "Ketua, sekretaris, dan bendahara dipegang tiga orang",
                len({each.name.casefold() for each in current if each.post in BOARD}) == len(BOARD),
                "member_list",
            ),
            Requirement("AD/ART diunggah", self.bylaws_id is not None, "kim_edit"),
        ]

    def settle(self) -> None:
        """Become active when everything is there, inactive when the decree has ended. Called after every change."""
        with transaction.atomic():
            self.lock()
            decree = decree_in_force(list(self.decrees.all()), timezone.localdate())
            until = decree.valid_until if decree else self._last_end()
            if until != self.valid_until:
                self.valid_until = until
                self.store()
            if self.status in {Status.VERIFIED, Status.INACTIVE} and all(need.is_met for need in self.requirements()):
                self.change_status(Status.ACTIVE, by=None, label=SYSTEM)
            elif self.status == Status.ACTIVE and decree is None:
                self.change_status(Status.INACTIVE, by=None, label=SYSTEM, text="SK sudah berakhir.")

    def warn_of_end(self) -> bool:
        """Write to the admins that the decree ends, once a decree; False where that was done or is not called for."""
        with transaction.atomic():
            self.lock()
            if self.status != Status.ACTIVE or self.valid_until == self.warned_for or not self.ends_soon:
                return False
            type(self).objects.filter(pk=self.pk).update(warned_for=self.valid_until)
            self.record("warned", None, SYSTEM, valid_until=f"{self.valid_until:%Y-%m-%d}")
            notifications.decree_ends_soon(self)
        return True

    def _last_end(self) -> Any:
        return self.decrees.order_by("-valid_until").values_list("valid_until", flat=True).first()

    @property
    def is_editable(self) -> bool:
        """Whether the application can still be written to by the KIM."""
        return Status(self.status) in EDITABLE


def check_move(kim: Kim, to: Status, text: str) -> None:
    """Raise the sentence that says why this change is not possible."""
    if not can_move(kim.status, to):
        raise ValidationError(f"KIM berstatus “{kim.get_status_display()}” tidak dapat menjadi “{to.label}”.")
    if to in TEXT_REQUIRED and not text.strip():
        raise ValidationError(f"Tulis alasan untuk langkah “{to.label}”.")


def free_slug(name: str, also_taken: Collection[str] = ()) -> str:
    """An address that nobody has; words that higher pages use are never a KIM's."""
    base = slugify(name)[:60].strip("-") or "kim"
    if base in RESERVED_SLUGS:
        base = f"kim-{base}"
    taken = {*RESERVED_SLUGS, *also_taken, *Kim.objects.filter(slug__prefix=base).values_list("slug", flat=True)}
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
