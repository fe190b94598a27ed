"""Uploads on their way in: nameless, bounded, and gone when the process is."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from uploads.images import MAX_BYTES

MAX_REQUEST_BYTES = 40 * 1024 * 1024  # kept of one request, over all its files
IN_MEMORY = 2 * 1024 * 1024


class NamelessUploadHandler(FileUploadHandler):
    """Keeps a file in memory, then in a temporary file without a name, which no crash can leave behind.

    The name the person's device gave is dropped here. A file over the limit is read to its end but not kept, so that
    the rest of the form arrives and the field can say what is wrong: its `size` is true, its content is empty.
    """

    kept = 0  # bytes of this request

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed with the request
        self.is_dropped = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.is_dropped:
            return
        if start + len(raw_data) > MAX_BYTES or self.kept + len(raw_data) > MAX_REQUEST_BYTES:
            self._drop()
            return
        self.kept += self.file.write(raw_data)

    def _drop(self) -> None:
        self.is_dropped = True
        self.kept -= self.file.tell()
        self.file.seek(0)
        self.file.truncate()

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        return UploadedFile(self.file, "unggahan", self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
