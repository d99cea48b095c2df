"""Django's settings. Read from the environment and from ANSINH_HOME; importing them starts no server."""

from __future__ import annotations

import os
from pathlib import Path

from ansinh.platform.database import Address, address_in, outside_url
from ansinh.platform.embedded.cluster import find_cluster
from ansinh.platform.home import current_home
from ansinh.platform.redaction import without_traceback

_PACKAGE = Path(__file__).resolve().parent.parent
HOME = current_home()

# Kept in the home, so that sessions survive a restart; a server farm sets them in the environment instead.
SECRET_KEY = os.environ.get("ANSINH_SECRET_KEY") or HOME.kept_secret("secret_key", size=48)

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("ANSINH_HOSTS", "").split()]
CSRF_TRUSTED_ORIGINS = os.environ.get("ANSINH_ORIGINS", "").split()
# Addresses or networks of the proxies in front ("10.0.0.5 10.1.0.0/16"): only they are believed about whom they serve.
TRUSTED_PROXIES = os.environ.get("ANSINH_PROXIES", "").split()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "ansinh.platform",
    "ansinh.places",
    "ansinh.access",
    "ansinh.registry",
    "ansinh.ledger",
    "ansinh.entitlement",
    "ansinh.funds",
    "ansinh.payroll",
    "ansinh.payout",
    "ansinh.reconcile",
    "ansinh.settlement",
    "ansinh.audit",
    "ansinh.reports",
    "ansinh.jobs",
    "ansinh.web",
]

MIDDLEWARE = [
    "ansinh.web.guarding.GuardMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ansinh.web.origins.OriginMiddleware",
    "ansinh.web.middleware.PageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ansinh.web.sight.SightMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "ansinh.web.session_limits.SessionLimitsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ansinh.web.rate_limits.RateLimitMiddleware",
]

ROOT_URLCONF = "ansinh.config.urls"
WSGI_APPLICATION = "ansinh.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

_UNMADE = Address(host="/nonexistent", port="5432", name="ansinh", user="ansinh", password="")


def _database() -> Address:
    """DATABASE_URL, else this home's cluster; before its first start, an address that cannot be reached."""
    if (url := outside_url()) is not None:
        return address_in(url)
    cluster = find_cluster(HOME)
    return _UNMADE if cluster is None else cluster.address


DATABASES = {"default": _database().as_django()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "ansinh.access.passwords.LongEnough"},
    {"NAME": "ansinh.access.passwords.NotTriedFirst"},
    {"NAME": "ansinh.access.passwords.NotOneself"},
    {"NAME": "ansinh.access.passwords.NotInTheList"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

# Signing in stands on django-allauth: by username, nobody signs up, nothing is sent by e-mail.
ACCOUNT_ADAPTER = "ansinh.web.account.Door"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_TIMEOUT = 10 * 60
# How old the last proof of who one is may be when money moves.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Failures in a row lock a name, and many names tried from one address lock the address; for so long.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/10m/key,20/10m/ip", "reauthenticate": "10/m/user"}
ACCOUNT_FORMS = {
    "reauthenticate": "ansinh.web.account_forms.PasswordAgainForm",
    "change_password": "ansinh.web.account_forms.NewPasswordForm",
}
MFA_ADAPTER = "ansinh.web.account.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "An Sinh"
# A clock half a minute off still signs in; no code is taken twice (account_forms.py).
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "ansinh.web.account_forms.CodeForm",
    "reauthenticate": "ansinh.web.account_forms.CodeAgainForm",
    "activate_totp": "ansinh.web.account_forms.FirstCodeForm",
    "add_webauthn": "ansinh.web.account_forms.NewPasskeyForm",
}
USERSESSIONS_TRACK_ACTIVITY = False

# What must count for all processes at once (failed sign-ins, codes taken) is kept in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# The one task of the queue; nothing is looked for in other apps.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
PROCRASTINATE_IMPORT_PATHS = ["ansinh.jobs.tasks"]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [_PACKAGE / "web" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# Served straight from the apps' folders: no step of collecting files stands between a checkout and a page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME.files}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# ANSINH_HTTPS=1 behind a TLS proxy: cookies travel over HTTPS only, and are this host's own (the prefix __Host-).
_HTTPS = os.environ.get("ANSINH_HTTPS") == "1"
_OWN = "__Host-" if _HTTPS else ""
SESSION_COOKIE_NAME = f"{_OWN}sessionid"
CSRF_COOKIE_NAME = f"{_OWN}csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
# Lax: a link in a letter from the province opens the page; a form sent from elsewhere comes without them.
SESSION_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
# Whoever came by HTTPS once comes by nothing else for a year.
SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _HTTPS else 0
SESSION_COOKIE_AGE = 12 * 60 * 60
# NIST SP 800-63B, 4.2.3: half an hour of nothing done ends a session, and so does half a day.
SESSION_IDLE_SECONDS = 30 * 60
SESSION_WHOLE_SECONDS = 12 * 60 * 60
SESSIONS_AT_ONCE = 3
# What a trusted proxy says of the visitor is read by ansinh/web/guarding.py; what others say, by nobody.
SECURE_PROXY_SSL_HEADER = None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Everything but the files themselves; for those see ansinh/web/uploads.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 2
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
DEFAULT_EXCEPTION_REPORTER_FILTER = "ansinh.web.fault_reports.ReticentReports"

# How many months back a new run compares due and listed; empty: as the month's own rules say.
HORIZON_MONTHS = os.environ.get("ANSINH_HORIZON_MONTHS", "").strip()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "ansinh.platform.redaction.SafeFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {"one_line": {"()": "django.utils.log.CallbackFilter", "callback": without_traceback}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A name the site was not told of (ANSINH_HOSTS) is a visitor's mistake or a scan.
    "loggers": {"django.security.DisallowedHost": {"filters": ["one_line"]}},
}
