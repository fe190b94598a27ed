"""Reading the environment: typed values, keys and the database, each with a sentence when it is wrong."""

from __future__ import annotations

import json
import os
import re
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from environs import Env, EnvError

env = Env()
BEHIND = ("no such table", "no such column")  # SQLite's words for a database without this code's migrations
BEHIND_CODES = ("42P01", "42703")  # PostgreSQL's for the same
KEY_NAMES = ("SECRET_KEY", "TRACKING_KEY", "EVENT_KEY", "DIGEST_KEY")  # one per purpose: one can be changed alone

SQLITE_OPTIONS: dict[str, Any] = {
    # With Django's defaults 32 clients get "database is locked"; FULL costs 7 % and loses no acknowledged commit.
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-8192;"
    ),
}


def setting_error(name: str, problem: str, remedy: str) -> ImproperlyConfigured:
    """One sentence on what is wrong, one on what to do: settings are read by people in a hurry."""
    return ImproperlyConfigured(f"Pengaturan {name} salah: {problem}. {remedy}")


def read(kind: str, name: str, default: Any) -> Any:
    """A typed value of the environment, or a sentence that names the setting and the value it cannot use."""
    try:
        return getattr(env, kind)(name, default)
    except EnvError as error:
        value = os.environ.get(name, "")
        raise setting_error(name, f"{value!r} tidak dapat dibaca", "Lihat daftar pengaturan di README.") from error


def read_count(name: str, default: int, most: int) -> int:
    """A whole number from 0 to `most`."""
    value: int = read("int", name, default)
    if not 0 <= value <= most:
        raise setting_error(name, f"{value} di luar 0 sampai {most}", "Lihat daftar pengaturan di README.")
    return value


def check_site(name: str, site: str) -> str:
    """An address such as https://kim.contoh.go.id: a scheme, a host, perhaps a port, nothing behind it."""
    if not re.fullmatch(r"https?://([\w.*-]+|\[[\da-fA-F:]+\])(:\d{1,5})?/?", site):
        raise setting_error(name, f"{site!r} bukan alamat situs", "Contoh: https://kim.contoh.go.id")
    return site.rstrip("/")


def read_site(name: str, default: str) -> str:
    return check_site(name, read("str", name, default))


def read_sites(name: str) -> list[str]:
    return [check_site(name, site) for site in read("list", name, [])]


def writable_folder(name: str, folder: Path) -> Path:
    """A folder that is there and takes files, or a sentence that names the setting it came from."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"folder {folder} tidak dapat dibuat ({error.strerror})"
        raise setting_error(name, problem, "Pilih folder lain atau beri hak tulis.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise setting_error(name, f"folder {folder} tidak dapat ditulisi", "Pilih folder lain atau beri hak tulis.")
    return folder


def demo_keys(folder: Path) -> dict[str, str]:
    """Keys of the demo, made once and kept, so that tracking codes survive a restart."""
    path = folder / "keys.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"keys.{os.getpid()}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            json.dump({name: secrets.token_urlsafe(48) for name in KEY_NAMES}, handle)
        try:
            os.link(part, path)  # the first process wins; the others read its keys
        except FileExistsError:
            pass
        finally:
            part.unlink()
    try:
        kept = json.loads(path.read_text())
        keys = {name: str(kept[name]) for name in KEY_NAMES}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise setting_error(
            str(path), "tidak dapat dibaca", "Pulihkan dari cadangan, atau hapus bila datanya hanya contoh."
        ) from error
    return keys


def read_keys(*, production: bool, folder: Path) -> dict[str, str]:
    """The four secrets. In production each is given by the environment, 40 characters or more, no two alike."""
    if not production:
        kept = demo_keys(folder)
        return {name: os.environ.get(name) or kept[name] for name in KEY_NAMES}
    keys = {name: os.environ.get(name, "") for name in KEY_NAMES}
    for name, value in keys.items():
        if len(value) < 40:
            raise setting_error(
                name,
                "belum ada atau kurang dari 40 karakter",
                "Buat dengan: python -c 'import secrets; print(secrets.token_urlsafe(48))'",
            )
    if len(set(keys.values())) < len(keys):
        raise setting_error(", ".join(KEY_NAMES), "ada nilai yang sama", "Buat satu kunci acak untuk setiap nama.")
    return keys


def read_database(folder: Path) -> dict[str, Any]:
    """DATABASE_URL as Django's dictionary: sqlite:///path or postgres://user:password@host:port/name."""
    default = f"sqlite:///{folder / 'kimportal.sqlite3'}"
    remedy = "Contoh: postgres://kim:sandi@127.0.0.1:5432/kimportal atau sqlite:////srv/kim/kimportal.sqlite3"
    try:
        database: dict[str, Any] = env.dj_db_url("DATABASE_URL", default)
    except Exception as error:  # the parser raises ValueError, KeyError and its own classes for a malformed address
        raise setting_error("DATABASE_URL", "bukan alamat basis data yang dikenal", remedy) from error
    engine = database.get("ENGINE", "")
    if engine == "django.db.backends.sqlite3":
        writable_folder("DATABASE_URL", Path(database["NAME"]).parent)
        return {**database, "OPTIONS": {**SQLITE_OPTIONS}, "CONN_MAX_AGE": None}
    if engine == "django.db.backends.postgresql" and database.get("NAME"):
        options = {"connect_timeout": 5, **database.get("OPTIONS", {})}
        return {**database, "OPTIONS": options, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    raise setting_error("DATABASE_URL", "hanya SQLite dan PostgreSQL yang didukung", remedy)


def database_trouble(error: Exception) -> str | None:
    """What to do about a database that cannot be reached or is not prepared; None for everything else."""
    words = next(iter(str(error).strip().splitlines()), "")
    if words.startswith(BEHIND) or getattr(error.__cause__, "pgcode", "") in BEHIND_CODES:
        return f"Basis data belum disiapkan untuk versi ini ({words}). Jalankan dulu: python manage.py migrate"
    if connection.connection is None:
        return (
            f"Basis data tidak dapat dibuka: {words}. Periksa DATABASE_URL: alamat, nama, pengguna dan sandi, "
            "dan apakah servernya menyala atau berkasnya dapat ditulisi. Tidak ada data yang diubah."
        )
    return None
