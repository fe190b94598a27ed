"""A bare Django project: the default middleware, the same database options, nothing of the portal's. A yardstick."""

from __future__ import annotations

import os
from pathlib import Path

from kimportal.environment import SQLITE_OPTIONS

BASE = Path(__file__).resolve().parent
DATABASE = os.environ.get("REFERENCE_DATABASE", "")  # a path, or postgres:name
NAME = DATABASE.removeprefix("postgres:")
SECRET_KEY = "reference-only"  # noqa: S105  it guards nothing
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.bench.reference.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "tests.bench.reference",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "USER": os.environ.get("PGUSER", "postgres"),
        "PASSWORD": os.environ.get("PGPASSWORD", ""),
        "HOST": os.environ.get("PGHOST", "127.0.0.1"),
        "PORT": os.environ.get("PGPORT", "5432"),
        "CONN_MAX_AGE": 600,
    }
    if DATABASE.startswith("postgres:")
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": NAME,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {**SQLITE_OPTIONS},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
LANGUAGE_CODE = "id"
