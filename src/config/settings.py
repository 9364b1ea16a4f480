"""One settings file, read top to bottom; safe for production by default. Deployment values come from `environment.py`."""

import os
from datetime import date, timedelta
from pathlib import Path

import fontpkg_be_vietnam_pro
import fontpkg_noto_serif
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import database, demo_secret, environment

SOURCE = Path(__file__).resolve().parent.parent
VAR = Path(environment.read("BV_VAR")).resolve()
VAR.mkdir(parents=True, exist_ok=True)

# Deployment -----------------------------------------------------------------------------------------------------------
try:
    SECRET_KEY = environment.read("BV_SECRET_KEY")
except environment.Missing as missing:
    if not environment.is_on("BV_DEMO"):
        raise ImproperlyConfigured(str(missing)) from None
    SECRET_KEY = demo_secret.kept_in(VAR)
DEBUG = environment.is_on("BV_DEBUG")
DEMO = environment.is_on("BV_DEMO")
ASSUMED_TODAY = date.fromisoformat(environment.read("BV_TODAY")) if DEMO and environment.read("BV_TODAY") else None
HTTPS = environment.is_on("BV_HTTPS")
ALLOWED_HOSTS = [host.strip() for host in environment.read("BV_HOSTS").split(",") if host.strip()]
DATABASES = {"default": database.entry(environment.read("BV_DATABASE"), VAR)}
MEDIA_ROOT = VAR / "files"  # stored by content hash; never served by path

# The application ------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "bangvang",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bangvang.web.ui.refusals.RefusalMiddleware",
    "bangvang.web.ui.sessions.IdleLockMiddleware",
    "bangvang.web.ui.sessions.LoginRequiredMiddleware",
    "bangvang.web.ui.actors.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "bangvang/web/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "bangvang.web.ui.frame.frame",
            ],
            "builtins": ["bangvang.web.ui.tags"],
        },
    }
]

# People and login -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "bangvang.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    # 14 characters where there is no second factor: level 2 of the security decree (domain/documents.md 4.2).
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account:login"
LOGIN_REDIRECT_URL = "tasks:mine"
LOGOUT_REDIRECT_URL = "portal:home"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "bangvang.web.staff.account.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "password", "ip_address"]
AXES_DISABLE_ACCESS_LOG = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "bv_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
LAW_LOCAL = [Path(folder) for folder in environment.read("BV_LAW_LOCAL").split(":") if folder]
LAW_UNDER = tuple(issuer.strip() for issuer in environment.read("BV_LAW_UNDER").split(",") if issuer.strip())
IDLE_LOCK = timedelta(minutes=int(environment.read("BV_IDLE_MINUTES")))
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Background work ------------------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Mail: reminders only, by the worker ----------------------------------------------------------------------------------
EMAIL_HOST = environment.read("BV_SMTP_HOST")
EMAIL_PORT = int(environment.read("BV_SMTP_PORT"))
EMAIL_HOST_USER = environment.read("BV_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.read("BV_SMTP_PASSWORD")
EMAIL_USE_TLS = environment.read("BV_SMTP_SECURITY") == "starttls"
EMAIL_USE_SSL = environment.read("BV_SMTP_SECURITY") == "ssl"
EMAIL_TIMEOUT = 20  # seconds; less than a job's lease
DEFAULT_FROM_EMAIL = environment.read("BV_SMTP_FROM")

# Language, dates, numbers ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # numbers are written by bangvang.vietnamese, so that years and codes stay whole
FORMAT_MODULE_PATH = "config.formats"

# Files ----------------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # empty until collectstatic: whitenoise then serves the sources
STATICFILES_DIRS = [
    SOURCE / "bangvang/web/ui/static",
    ("fonts/sans", Path(fontpkg_be_vietnam_pro.__file__).parent / "files"),
    ("fonts/serif", Path(fontpkg_noto_serif.__file__).parent / "files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
UPLOAD_LIMIT = int(environment.read("BV_UPLOAD_MB")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # a typed plan of 300 pages is about 1 MB; files do not count here
FILE_UPLOAD_HANDLERS = ["bangvang.web.ui.uploads.RefusingUploadHandler"]

# Security headers -----------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "bangvang.web.ui.errors.csrf_failure"

# Logs: never a person's words; request bodies and SQL parameters stay out. ----------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.read("BV_LOG_LEVEL")},
    "loggers": {"django.db.backends": {"level": "WARNING"}, "axes": {"level": "WARNING"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
os.umask(0o077)  # files of the installation are the server account's alone
