"""Form fields for photos and documents: what comes out of `cleaned_data` is safe to store."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from uploads.documents import SafeDocument, make_safe_document
from uploads.files import check_storage
from uploads.images import SafeImage, make_safe

ACCEPT = "image/jpeg,image/png,image/webp"  # named one by one, an iPhone converts its HEIC photos itself
MISSING = "Pilih sebuah foto."


class PhotoInput(forms.FileInput):
    """A file input whose photo is shrunk in the browser where JavaScript runs (static/js/photo-shrink.js)."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPT, "data-photo-shrink": True, **(attrs or {})})


class PhotosInput(PhotoInput):
    allow_multiple_selected = True


class PhotoField(forms.Field):
    """One photo: cleans to a `SafeImage`, or None where it is not required."""

    widget = PhotoInput
    default_error_messages = {"required": MISSING}

    def to_python(self, value: UploadedFile | None) -> SafeImage | None:
        if not value:
            return None
        check_storage("Foto")
        return make_safe(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


class PhotosField(forms.Field):
    """Up to `max_photos` photos: cleans to a list of `SafeImage`. Says of each refused photo which one it is."""

    widget = PhotosInput
    default_error_messages = {"required": MISSING}

    def __init__(self, *, max_photos: int = 3, **options: Any) -> None:
        super().__init__(**options)
        self.max_photos = max_photos
        self.widget.attrs["data-photo-max"] = max_photos

    def to_python(self, value: list[UploadedFile] | None) -> list[SafeImage]:
        files = value or []
        if files:
            check_storage("Foto")
        if len(files) > self.max_photos:
            raise ValidationError(
                f"Paling banyak {self.max_photos} foto, sedangkan Anda memilih {len(files)}. "
                f"Pilih {self.max_photos} yang paling jelas."
            )
        safe, errors = [], []
        for number, file in enumerate(files, start=1):
            try:
                safe.append(make_safe(file))
            except ValidationError as error:
                prefix = f"Foto ke-{number}: " if len(files) > 1 else ""
                errors += [prefix + message for message in error.messages]
        if errors:
            raise ValidationError(errors)
        return safe

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


class DocumentInput(forms.FileInput):
    """A file input for a PDF or a photo of the paper."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": f"application/pdf,{ACCEPT}", **(attrs or {})})


class DocumentField(forms.Field):
    """One document: cleans to a `SafeDocument`, or None where it is not required."""

    widget = DocumentInput
    default_error_messages = {"required": "Pilih sebuah berkas PDF atau foto."}

    def to_python(self, value: UploadedFile | None) -> SafeDocument | None:
        if not value:
            return None
        check_storage("Berkas")
        return make_safe_document(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)
