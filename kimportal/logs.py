"""What never reaches a log: the part of an address that opens something to whoever reads it."""

from __future__ import annotations

import logging
import re

# Registrations, lost report codes, requests about one's data, invitations, mail confirmations and new passwords.
_SECRET = re.compile(r"(/(?:pendaftaran|kode-baru|permintaan-data|undangan|confirm-email|key)/)[^/\s?]+")


def masked(text: object) -> object:
    """ "/perpustakaan/agenda/pendaftaran/7K2M-…/" without the code; anything but text as it is."""
    return _SECRET.sub(r"\1…", text) if isinstance(text, str) else text


class SecretFilter(logging.Filter):
    """Django writes the address of a failed request into its message."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = masked(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(masked(each) for each in record.args)
        return True
