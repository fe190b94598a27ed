"""What a KIM's admin or an officer writes: an announcement, a channel it went through, a note to a relay."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import User
from groups.forms.fields import DateInput, date_field
from groups.models import Announcement, Channel, Dissemination
from groups.models.announced import AnnouncementQuerySet, WordSearch, search_words
from groups.models.announcement import TEXTS, Kind
from groups.permissions import offices_of
from regions.calendar import zone_of
from regions.fields import AreaField, Typed
from regions.models import Area, code_prefixes
from uploads.fields import PhotoField

MOST_PINNED = 31  # days
FARTHEST = 5  # years ahead
LONGEST_ANSWER = 20_000
MARKS = "Baris kosong memulai paragraf. **tebal**, tanda - di awal baris untuk daftar, ## untuk judul bagian."


class MomentInput(forms.DateTimeInput):
    """The browser's own calendar and clock; without one a moment is typed as 31-12-2026 08:00."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class AnnouncementForm(forms.Form):
    """One announcement. Days and hours are those of the area it is for. See `blank`."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "Muat ulang halaman ini."})
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    title = forms.CharField(label="Judul", max_length=120, error_messages={"required": "Tulis judul."})
    body = forms.CharField(
        label="Isi",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=MARKS,
        error_messages={"required": "Tulis isi pengumuman."},
    )
    kind = forms.ChoiceField(label="Jenis", choices=Kind.choices, initial=Kind.NEWS)
    photo = PhotoField(label="Foto", required=False)
    drop_photo = forms.BooleanField(label="Hapus foto ini", required=False)
    photo_alt = forms.CharField(
        label="Keterangan foto",
        max_length=200,
        required=False,
        help_text="Wajib bila ada foto: apa yang terlihat, untuk orang yang tidak dapat melihatnya.",
    )
    publish_at = forms.DateTimeField(
        label="Tampil mulai",
        required=False,
        widget=MomentInput,
        input_formats=["%d-%m-%Y %H:%M", "%d-%m-%Y %H.%M", "%d/%m/%Y %H:%M"],
        help_text="Kosongkan untuk tampil sekarang. Jam setempat.",
        error_messages={"invalid": "Tulis tanggal dan jam seperti 31-12-2026 08:00."},
    )
    expires_on = date_field("Tampil sampai", required=False, help_text="Sampai akhir hari itu. Kosong: tetap tampil.")
    pinned_on = date_field(
        "Sematkan di atas sampai", required=False, help_text="Untuk hal penting, paling lama sebulan."
    )

    def __init__(self, *args: Any, row: Announcement, user: User, has_photo: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.has_photo = row, has_photo
        self.fields["area"] = reach_of_kim(row) if row.kim else AreaField(label="Untuk warga di", level=None)
        self.offices = {str(office.pk if office else ""): office for office in offices_of(user)}
        if not row.kim and not row.pk and len(self.offices) > 1:
            choices = [
                (code, f"Diskominfo {office.name}" if office else "Nasional") for code, office in self.offices.items()
            ]
            self.fields["office"] = forms.ChoiceField(
                label="Atas nama", choices=choices, required="" not in self.offices
            )
        if not has_photo:
            del self.fields["drop_photo"]
        order = ["submission_id", "version", "office", "title", "body", "kind", "area"]
        self.order_fields(order)

    @classmethod
    def blank(cls, row: Announcement, user: User, kept: dict[str, str], **options: Any) -> AnnouncementForm:
        """A form filled with the row, or with the answers that were kept last."""
        answers: dict[str, Any] = dict(kept)
        if kept and not row.kim:
            answers["area"] = Typed(kept.get("area", ""), kept.get("area_words", ""), kept.get("area_choice", ""))
        initial = {
            "submission_id": uuid4(),
            "version": row.version if row.pk else 0,
            **initial_of(row, user),
            **answers,
        }
        return cls(initial=initial, row=row, user=user, **options)

    def clean_office(self) -> Area | None:
        return self.offices[self.cleaned_data["office"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        has_photo = data.get("photo") or (self.has_photo and not data.get("drop_photo"))
        if has_photo and not data.get("photo_alt") and "photo" not in self.errors:
            self.add_error("photo_alt", "Tulis keterangan foto untuk orang yang tidak melihatnya.")
        if isinstance(data.get("area"), str):
            data["area"] = Area.objects.get(code=data["area"])
        self._check_office(data)
        self._check_days(data)
        return data

    def _check_office(self, data: dict[str, Any]) -> None:
        """The Dinas speaks to its own area and what lies below."""
        area = data.get("area")
        if self.row.kim or area is None:
            return
        office = self.row.office if self.row.pk else data.get("office", next(iter(self.offices.values()), None))
        data["office"] = office
        if office and office.code not in code_prefixes(area.code):
            self.add_error("area", f"Di luar {office.label}. Pilih wilayah di dalamnya.")

    def _check_days(self, data: dict[str, Any]) -> None:
        zone = zone_of(data["area"].code) if data.get("area") else timezone.get_default_timezone()
        now = timezone.now()
        if start := data.get("publish_at"):
            data["publish_at"] = start = timezone.make_naive(start).replace(tzinfo=zone)
        self._check_far("publish_at", start)
        first = max(data.get("publish_at") or now, now)  # a year that was refused counts no days
        for name in ("expires_on", "pinned_on"):
            data[name] = end = end_of(data.get(name), zone)
            self._check_far(name, end)
            if end and end <= first and name in self.changed_data:
                self.add_error(name, "Hari ini sudah lewat, atau sebelum pengumuman tampil. Pilih hari sesudahnya.")
        if (pinned := data.get("pinned_on")) and pinned > first + timedelta(days=MOST_PINNED + 1):
            self.add_error("pinned_on", f"Paling lama {MOST_PINNED} hari.")

    def _check_far(self, name: str, moment: datetime | None) -> None:
        if moment and moment.year > timezone.now().year + FARTHEST:
            self.add_error(name, "Terlalu jauh. Periksa tahunnya.")

    def fill(self, row: Announcement) -> None:
        """Put the answers into the row; photo and state are the view's."""
        data = self.cleaned_data
        for name in TEXTS:
            setattr(row, name, data[name])
        row.area, row.expires_at, row.pinned_until = data["area"], data["expires_on"], data["pinned_on"]
        if not row.pk:
            row.submission_id = data["submission_id"]
            row.office = None if row.kim else data.get("office")

    @property
    def moment(self) -> datetime:
        """When it shall be out: the time asked for, while that is ahead; else as before, or now."""
        if self.later:
            return self.later
        return self.row.publish_at if self.row.is_visible and self.row.publish_at else timezone.now()

    @property
    def later(self) -> datetime | None:
        """The time asked for, while that is ahead."""
        asked: datetime | None = self.cleaned_data["publish_at"]
        return asked if asked and asked > timezone.now() else None


def end_of(day: date | None, zone: Any) -> datetime | None:
    return datetime.combine(day, time(23, 59, 59), zone) if day else None


def reach_of_kim(row: Announcement) -> forms.ChoiceField:
    """A KIM speaks to its village, its kecamatan or its kabupaten."""
    codes = code_prefixes(row.kim.area_id)[1:] if row.kim else []
    areas = Area.objects.filter(code__in=codes).order_by("-code")
    return forms.ChoiceField(label="Untuk warga di", choices=[(area.code, area.label) for area in areas])


def initial_of(row: Announcement, user: User) -> dict[str, Any]:
    """The row as the form shows it, days and hours by the clock of its area."""
    offices = offices_of(user)
    area = row.area_id or (row.kim.area_id if row.kim else offices[0].pk if offices and offices[0] else "")
    zone = zone_of(area)
    days = {"expires_on": row.expires_at, "pinned_on": row.pinned_until}
    return {
        **{name: getattr(row, name) for name in TEXTS},
        **{name: moment.astimezone(zone).date() for name, moment in days.items() if moment},
        "area": area,
        "publish_at": row.publish_at.astimezone(zone).replace(tzinfo=None) if row.publish_at else None,
    }


def answers_of(posted: QueryDict, form: AnnouncementForm) -> dict[str, str]:
    """What was typed, to be kept as a draft; files are kept apart."""
    names = [*form.fields, "area_words", "area_choice"]
    return {name: str(posted[name])[:LONGEST_ANSWER].replace("\0", "") for name in names if posted.get(name)}


class DisseminationForm(forms.ModelForm):
    """One use of one channel."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    used_on = date_field("Tanggal", initial=timezone.localdate)
    proof_photo = PhotoField(
        label="Foto bukti", required=False, help_text="Misalnya papan dengan pengumuman terpasang."
    )

    class Meta:
        model = Dissemination
        fields = ("channel", "place", "address", "used_on", "people")
        widgets = {"used_on": DateInput}  # noqa: RUF012  Django's own way

    field_order = ("submission_id", "channel", "place", "address", "used_on", "people", "proof_photo")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [("", "Pilih saluran"), *Channel.choices]  # type: ignore[attr-defined]  # a select
        self.fields["channel"].error_messages["required"] = "Pilih saluran."
        self.fields["place"].help_text = "Wajib untuk pertemuan, seminar, selebaran, dan papan pengumuman."
        self.fields["address"].help_text = "Wajib untuk saluran digital: alamat https://… atau nama grup."
        self.fields["people"].help_text = "Perkiraan. Boleh 0 bila tidak diketahui."

    def clean_used_on(self) -> date:
        day: date = self.cleaned_data["used_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Tanggal ini belum tiba. Catat setelah disebarkan.")
        return day

    def _post_clean(self) -> None:
        """The action checks the row as a whole, under its lock."""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "submission_id")}


class AnnouncementSearchForm(forms.Form):
    """What a reader may narrow the list by. A value that means nothing finds nothing, and the form says why."""

    q = forms.CharField(label="Kata", max_length=100, required=False)
    area = AreaField(label="Untuk warga di", level=None, required=False)
    kind = forms.ChoiceField(label="Jenis", choices=[("", "Semua jenis"), *Kind.choices], required=False)

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in (*self.fields, "area_words"))

    @property
    def chosen_area(self) -> Area | None:
        return self.cleaned_data.get("area") if self.is_valid() else None

    @cached_property
    def words(self) -> WordSearch:
        """Found once for what is pinned and for the list."""
        every, area = Announcement.objects.all(), self.cleaned_data["area"]
        return search_words(self.cleaned_data["q"], every.within(area) if area else every)

    @property
    def is_cut(self) -> bool:
        """Whether only the newest were looked at."""
        return self.is_valid() and bool(self.cleaned_data["q"]) and self.words.is_cut

    def select(self, rows: AnnouncementQuerySet) -> AnnouncementQuerySet:
        """The rows with these words and of this kind; which area they are for is the reader's second question."""
        if not self.is_valid():
            return rows.none()
        if kind := self.cleaned_data["kind"]:
            rows = rows.filter(kind=kind)
        return rows.filter(self.words.holds) if self.cleaned_data["q"] else rows


class RelayForm(forms.Form):
    """A KIM's own words to what it passes on."""

    note = forms.CharField(
        label="Catatan KIM Anda",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Misalnya: di mana dan kapan di desa ini.",
    )
