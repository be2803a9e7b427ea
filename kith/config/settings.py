"""Every setting, read from the environment and safe when nothing is set."""

import os
from pathlib import Path
from typing import Any

from kith.config.providers import provider, provider_origins
from kith.config.stores import databases, secret

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("KITH_DATA", ROOT.parent / ".data")).resolve()
DEMO = os.environ.get("KITH_DEMO") == "1"
DEBUG = False
SECRET_KEY = secret("KITH_SECRET", DATA / "secret")
AUDIT_KEY = secret("KITH_AUDIT_KEY", DATA / "audit-key")
ANCHOR = Path(os.environ.get("KITH_ANCHOR", DATA / "anchors" / "heads.jsonl"))
ALLOWED_HOSTS = os.environ.get("KITH_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
HTTPS = os.environ.get("KITH_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "kith.kit",
    "kith.access",
    "kith.council",
    "kith.people",
    "kith.pathway",
    "kith.casework",
    "kith.disclosure",
    "kith.desk",
    "kith.exchange",
    "kith.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kith.config.edge.calm",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kith.config.sessions.sessions",
    "kith.config.edge.ledgered",
    "kith.config.edge.refusals",
]

ROOT_URLCONF = "kith.config.urls"
WSGI_APPLICATION = "kith.config.wsgi.application"
DATABASES: dict[str, dict[str, Any]] = databases(DATA)
DATABASE_ROUTERS = ["kith.config.stores.TwoLedgers"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.Account"

_SHELF_TEMPLATES = sorted(str(p) for p in [*ROOT.glob("*/templates"), *ROOT.glob("*/*/templates")])
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": _SHELF_TEMPLATES,
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "kith.kit.jinja.environment",
            "context_processors": ["kith.config.pages.frame"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(ROOT / "access" / "allauth_pages")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
PAPERS = DATA / "files"

LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}kith"
CSRF_COOKIE_NAME = f"{_PREFIX}kith-form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kith.config.pages.form_too_old"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = False
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # what stands before Kith ends HTTPS, and turns plain requests to it
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

# Signing in. Lengths of a stay and the link of a joiner are local choices; see docs for each.
KITH_IDLE_SECONDS = int(os.environ.get("KITH_IDLE_SECONDS", "1200"))
KITH_LONGEST_SECONDS = int(os.environ.get("KITH_LONGEST_SECONDS", "43200"))
KITH_BEAT_SECONDS = float(os.environ.get("KITH_BEAT_SECONDS", "0.25"))  # longer than any search for what is hidden
KITH_PROXIES = int(os.environ.get("KITH_PROXIES", "0"))
SESSION_COOKIE_AGE = KITH_LONGEST_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
PASSWORD_RESET_TIMEOUT = 2 * 24 * 3600
AUTHENTICATION_BACKENDS = ["kith.access.signin.backend.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "kith.access.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # kith.access.signin.throttle counts in the store, for every process
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "kith.access.signin.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "kith.access.signin.adapters.ProviderAdapter"
KITH_OIDC_NAME = os.environ.get("KITH_OIDC_NAME", "your council account")
SOCIALACCOUNT_PROVIDERS = provider(
    os.environ.get("KITH_OIDC_ISSUER", ""),
    os.environ.get("KITH_OIDC_CLIENT", ""),
    os.environ.get("KITH_OIDC_SECRET", ""),
    KITH_OIDC_NAME,
)
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += provider_origins(SOCIALACCOUNT_PROVIDERS)

DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "kith.config.logs.Wordless", "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("KITH_LOG", "WARNING")},
    "loggers": {"weasyprint": {"level": "ERROR"}},  # it warns at each paper of each style meant for screens alone
}
