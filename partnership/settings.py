"""One settings file, driven by the environment; `environment.KNOWN_VARIABLES` names every variable."""

import datetime
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from partnership import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("VAR_DIR", default=str(BASE_DIR / "var")))

DEMO = environment.flag("DEMO")
DEBUG = environment.flag("DEBUG")
IS_LOCAL = DEMO or DEBUG
SECRET_KEY = environment.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = environment.texts("SECRET_KEY_FALLBACKS")
BASE_URL = environment.address(
    "BASE_URL",
    schemes=("http", "https") if IS_LOCAL else ("https",),
    default="http://127.0.0.1:8000" if IS_LOCAL else None,
)
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", default="localhost,127.0.0.1" if IS_LOCAL else None)
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", default=0 if IS_LOCAL else 1, at_most=5)

INSTALLED_APPS = [
    "partnership",
    "consultations",
    "forums",
    "assetmarking",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.admin",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
]
MIDDLEWARE = [
    "partnership.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "partnership.middleware.CarefulResponses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "partnership.middleware.OnlySmallBodies",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partnership.middleware.SecondFactorGate",
    "partnership.middleware.SessionsSeen",
]
ROOT_URLCONF = "partnership.urls"
WSGI_APPLICATION = "partnership.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnership.context_processors.frame",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("kern",)
CRISPY_TEMPLATE_PACK = "kern"

# Data. A small pool in each process: not the guard against double booking is slow, a crowd of connections is.
WEB_WORKERS = environment.number("WEB_WORKERS", default=2, at_least=1, at_most=64)
WEB_THREADS = environment.number("WEB_THREADS", default=1, at_least=1, at_most=16)
DB_POOL_SIZE = environment.number("DB_POOL_SIZE", default=min(4, WEB_THREADS + 1), at_least=1, at_most=16)
DATABASES = {
    "default": environment.database("DATABASE_URL")
    | {
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": DB_POOL_SIZE, "timeout": 3},
            "connect_timeout": 3,
            "options": "-c lock_timeout=8000 -c idle_in_transaction_session_timeout=60000",
        },
    }
}
REDIS_URL = environment.address(
    "REDIS_URL", schemes=("redis", "rediss"), default="redis://127.0.0.1:6379/0" if IS_LOCAL else None
)
CACHES = {
    "default": {
        "BACKEND": "partnership.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
    }
}

# Language and time
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# Static files: our own, and of the npm packages only what is used (partnership/npm_files.py)
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "partnership.npm_files.NpmFilesFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATIC_MANIFEST = environment.flag("STATIC_MANIFEST", default=not DEBUG)
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Signing in
AUTH_USER_MODEL = "partnership.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workplace:home"
ACCOUNT_ADAPTER = "partnership.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "partnership.forms.accounts.SignInForm",
    "request_login_code": "partnership.forms.accounts.AskForCodeForm",
    "confirm_login_code": "partnership.forms.accounts.TypeCodeForm",
    "reauthenticate": "partnership.forms.accounts.ConfirmPersonForm",
    "reset_password": "partnership.forms.accounts.AskForPasswordForm",
    "reset_password_from_key": "partnership.forms.accounts.ResetPasswordForm",
    "set_password": "partnership.forms.accounts.SetPasswordForm",
    "change_password": "partnership.forms.accounts.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# a person has one address, `Person.email`, and every way to a password leads through its mailbox
# (docs/decisions/0010); the library's own table of addresses stays empty
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(datetime.timedelta(minutes=15).total_seconds())
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ALLOW_LOGIN_COOKIE = False
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,10/h/key", "signup": "20/m/ip,3/h/key"}
MFA_ADAPTER = "partnership.authenticators.AuthenticatorAdapter"
MFA_FORMS = {
    "authenticate": "partnership.forms.second_factor.SecondFactorForm",
    "reauthenticate": "partnership.forms.second_factor.ConfirmByFactorForm",
    "activate_totp": "partnership.forms.second_factor.AddAppForm",
    "generate_recovery_codes": "partnership.forms.second_factor.NewCodesForm",
    "add_webauthn": "partnership.forms.second_factor.AddPasskeyForm",
    "edit_webauthn": "partnership.forms.second_factor.NamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
DEMO_DOMAIN = "demo.example"  # whose accounts sign in without a second factor, in the demo only
PASSWORD_RESET_TIMEOUT = int(datetime.timedelta(hours=4).total_seconds())

# Sessions and cookies: these two, no others. Looking at a page writes no session (partnership/notices.py).
IS_SECURE = BASE_URL.startswith("https://")
COOKIE_PREFIX = "__Host-" if IS_SECURE else ""
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sitzung"
SESSION_COOKIE_AGE = int(datetime.timedelta(hours=12).total_seconds())
SESSION_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}formular"
CSRF_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "partnership.views.errors.form_too_old"
MESSAGE_STORAGE = "partnership.notices.AddressedNotices"

# Headers
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = int(datetime.timedelta(days=365).total_seconds()) if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# whether browsers put the host on their preload list is for its owner to decide
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# Limits: per address, per network, window in seconds
LIMITS_ON = environment.flag("LIMITS", default=True)
LIMITS = {
    "hold": (60, 600, 600),
    "book": (20, 200, 3600),
    "wait": (20, 200, 3600),
    "ask": (20, 200, 3600),
    "photos": (30, 300, 3600),
    "link": (60, 600, 600),
    "register": (10, 100, 3600),
    "register_event": (20, 200, 3600),
    "code": (20, 200, 3600),
    "invite": (20, 100, 3600),
    "own_data": (10, 100, 3600),
    "certificate": (60, 600, 600),
    "import": (30, 200, 3600),
    "label": (60, 600, 600),
    "find": (5, 50, 3600),
    "check": (30, 300, 3600),
    "labels": (30, 200, 3600),
}

# How long what is kept (docs/operations.md); a rule names its period by the key. Needs go with their day.
RETENTION = {"needs": datetime.timedelta()} | {
    name: datetime.timedelta(
        days=environment.number(
            f"RETENTION_{name.upper()}_DAYS", default=default, at_least=least, at_most=3650
        )
    )
    for name, (default, least) in {
        "unconfirmed": (7, 0),
        "contacts": (365, 0),
        "mails": (30, 0),
        "addresses": (7, 1),
        "links": (1, 0),
        "merges": (30, 30),
        "absences": (365, 0),
        "waiting": (30, 0),
        "reports": (1825, 365),
        "report_drafts": (365, 30),
        "photos": (7, 1),
        "invitations": (90, 0),
        "certificates": (3650, 365),
        "searches": (1, 1),
        "finds": (90, 0),
        "things": (1095, 365),
        "log": (366, 0),
        "evidence": (1095, 365),
    }.items()
}
ERASURE_LIST_DIR = Path(
    environment.text("ERASURE_LIST_DIR", default=str(VAR_DIR / "loeschliste") if IS_LOCAL else None)
)

# Mail
EMAIL_CONFIG = environment.smtp("EMAIL_URL", default="smtp://127.0.0.1:1025" if IS_LOCAL else None)
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 30
ALARM_ADDRESSES = environment.texts("ALARM_ADDRESSES")
RETURN_ADDRESS = environment.return_address("RETURN_ADDRESS")
IMAP_URL = environment.imap("IMAP_URL", schemes=("imaps", "imap") if IS_LOCAL else ("imaps",))

# Celery: tasks take keys and find out for themselves whether there is still something to do
CELERY_BROKER_URL = REDIS_URL
# without `max_retries` a request that queues a mail would wait six seconds for a broker that is away
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 2}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 120
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
# beat forgets what it did when it is replaced, so what is rare has its hour, not an interval
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    name: {"task": name, "schedule": every, "options": {"expires": every if isinstance(every, int) else 3600}}
    for name, every in {
        "partnership.sweep_outbox": 30,
        "partnership.watch": 60,
        "partnership.sweep_brochures": 300,
        "partnership.sweep_photos": 60,
        "partnership.remove_stray_photos": crontab(minute="30", hour="3"),
        "consultations.expire_due": 60,
        "consultations.expire_visits_due": 60,
        "consultations.delete_old_holds": crontab(minute="17"),
        "consultations.ask_satisfaction": crontab(minute="40"),
        "partnership.clear_sessions": crontab(minute="10", hour="*/6"),
        "partnership.forget_ended_sessions": crontab(minute="20", hour="*/6"),
        **({"partnership.fetch_mail": 60} if IMAP_URL else {}),
        "consultations.send_due_reminders": 60,
        "consultations.remind_unconfirmed": 60,
        "consultations.remind_unconfirmed_requests": 60,
        "consultations.expire_requests": 60,
        "consultations.ask_for_calls": 60,
        "consultations.end_late_calls": 300,
        "consultations.send_day_notices": 300,
        "consultations.remind_of_outcomes": 300,
        "partnership.retain": 900,
        "partnership.check_logs": 900,
        "consultations.tell_of_new_times": 600,
        "consultations.end_waiting": crontab(minute="50"),
        "assetmarking.end_quiet_threads": crontab(minute="35", hour="4"),
        "consultations.remind_of_reports": crontab(minute="5"),
        "consultations.ask_about_uptake": crontab(minute="20"),
        "consultations.return_left_requests": 900,
        "consultations.name_untaken_requests": 900,
        "forums.expire_registrations": 60,
        "forums.send_due_reminders": 60,
        "forums.lapse_offers": 60,
        "forums.pass_on_free_places": 60,
        "forums.end_lines": 60,
        "forums.ask_for_feedback": crontab(minute="35"),
        "forums.tell_of_overdue_series": crontab(minute="25"),
        "assetmarking.ask_whether_back": crontab(minute="45"),
        "assetmarking.print_waiting_labels": 60,
        "assetmarking.meet_searches": 60,
        "assetmarking.drop_label_files": crontab(minute="50"),
        "assetmarking.sweep_imports": 60,
        "assetmarking.drop_old_imports": crontab(minute="45"),
        "assetmarking.lapse_transfers": 600,
    }.items()
}

LOG_LEVEL = environment.one_of("LOG_LEVEL", environment.LOG_LEVELS, default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"masked": {"()": "partnership.log_format.MaskingFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masked"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["console"], "level": LOG_LEVEL, "propagate": False},
        "django.db.backends": {"level": "INFO"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
    },
}
