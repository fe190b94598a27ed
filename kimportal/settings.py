"""Every setting of the portal, read from the environment in this one file.

Two modes. Demo (the default): SQLite in var/, keys made at the first start and kept in var/keys.json, mail written to
var/mail/. Production (PRODUCTION=1): every key must be given, HTTPS is assumed, officers need a second factor.
"""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from kimportal.environment import (
    read,
    read_count,
    read_database,
    read_keys,
    read_site,
    read_sites,
    setting_error,
    writable_folder,
)

BASE_DIR = Path(__file__).resolve().parent.parent


PRODUCTION: bool = read("bool", "PRODUCTION", False)
DEBUG: bool = read("bool", "DEBUG", False)
if PRODUCTION and DEBUG:
    raise setting_error("DEBUG", "tidak boleh menyala bersama PRODUCTION", "Hapus DEBUG dari lingkungan.")

VAR_DIR = writable_folder("VAR_DIR", Path(read("str", "VAR_DIR", str(BASE_DIR / "var"))))


# --- Keys: one per purpose, so that one can be changed without breaking the others -----------------------------------
_keys = read_keys(production=PRODUCTION, folder=VAR_DIR)
SECRET_KEY = _keys["SECRET_KEY"]
TRACKING_KEY = _keys["TRACKING_KEY"]  # tracking codes and submission ids
EVENT_KEY = _keys["EVENT_KEY"]  # the chain of events
DIGEST_KEY = _keys["DIGEST_KEY"]  # network addresses and limits

# --- Hosts and proxies -----------------------------------------------------------------------------------------------
ALLOWED_HOSTS: list[str] = read("list", "ALLOWED_HOSTS", [] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
if PRODUCTION and not ALLOWED_HOSTS:
    raise setting_error("ALLOWED_HOSTS", "kosong", "Isi nama situs, misalnya ALLOWED_HOSTS=kim.contoh.go.id")
SITE_URL = read_site("SITE_URL", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = read_sites("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = read_count("TRUSTED_PROXIES", 0, most=10)  # how many proxies append to X-Forwarded-For

# --- Apps, from the roof down; imports follow this order (tests/test_structure.py) -----------------------------------
INSTALLED_APPS = [
    "kimportal",
    "reports",
    "libraries",
    "partnerships",
    "groups",
    "accounts",
    "regions",
    "uploads",
    "accounts.apps.PortalAdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "django.forms",
]

MIDDLEWARE = [
    "kimportal.middleware.DatabaseAwayMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "kimportal.middleware.NulMiddleware",
]

ROOT_URLCONF = "kimportal.urls"
WSGI_APPLICATION = "kimportal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "builtins": ["kimportal.templatetags.site"],  # for every app's pages, like FORM_RENDERER
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kimportal.pages.context.site",
            ],
        },
    }
]
MESSAGE_STORAGE = "kimportal.pages.messages.MessageStorage"
FORM_RENDERER = "kimportal.pages.rendering.PortalFormRenderer"

# --- Database --------------------------------------------------------------------------------------------------------
DATABASES = {"default": read_database(VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "KEY_FUNCTION": "accounts.limits.cache_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
PAGE_CACHE_SECONDS = read_count("PAGE_CACHE_SECONDS", 30, most=86_400)  # accounts/page_cache.py; 0 keeps nothing

# --- Language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
USE_THOUSAND_SEPARATOR = True

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(read("str", "MEDIA_ROOT", str(VAR_DIR / "media")))  # never served from its own address
USE_COLLECTED_STATIC: bool = read("bool", "USE_COLLECTED_STATIC", PRODUCTION)
WHITENOISE_USE_FINDERS = not USE_COLLECTED_STATIC
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns at every start where it is missing
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if USE_COLLECTED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = ["uploads.handlers.NamelessUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1600  # an attendance list of 300 lines has five fields each
DATA_UPLOAD_MAX_NUMBER_FILES = 20  # the field says "at most three"; beyond this the whole form is refused

# --- Mail ------------------------------------------------------------------------------------------------------------
EMAIL_HOST: str = read("str", "EMAIL_HOST", "")
EMAIL_PORT = read_count("EMAIL_PORT", 587, most=65_535)
EMAIL_HOST_USER: str = read("str", "EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD: str = read("str", "EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS: bool = read("bool", "EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20
MAIL_DIR = VAR_DIR / "mail"
EMAIL_FILE_PATH = str(MAIL_DIR)
OUTBOX_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_BACKEND = "accounts.outbox.OutboxBackend"  # whatever sends mail writes an outbox row; the worker sends it
DEFAULT_FROM_EMAIL: str = read("str", "DEFAULT_FROM_EMAIL", "Portal KIM <portal@contoh.invalid>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Security --------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:  # a browser takes these names over TLS and from this host only; plain HTTP of the demo cannot use them
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # of a resident, counted from the sign-in
OFFICER_SESSION_SECONDS = 12 * 3600  # a working day: officers' computers are shared
CSRF_FAILURE_VIEW = "kimportal.pages.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # data: for allauth's QR of the second factor, blob: for a photo's preview
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- People ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "accounts.passwords.DressedCommonValidator"},
    {"NAME": "accounts.passwords.PortalWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/akun/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session goes on with a new key; all others end
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an address is added or removed; it resets the password
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
# Per network digest (accounts/adapter.py) generously, because a whole village shares one address; per account tightly.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/5m/ip,8/15m/key",
    "signup": "60/h/ip",
    "reset_password": "60/h/ip,5/h/key",
    "reset_password_from_key": "60/h/ip",
    "confirm_email": "1/3m/key",
    "change_password": "10/10m/user",
    "manage_email": "30/10m/user",
    "reauthenticate": "10/10m/user",
}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Portal KIM"
REQUIRE_SECOND_FACTOR: bool = read("bool", "REQUIRE_SECOND_FACTOR", PRODUCTION)

# --- Logs: to the standard error stream, never a form's content ------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{", "datefmt": "%Y-%m-%dT%H:%M:%S%z"}
    },
    "filters": {"secrets": {"()": "kimportal.logs.SecretFilter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A refused form with its minute would date the anonymous report that was sent right after it.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "kimportal": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
