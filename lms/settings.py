"""Settings of the site. Every value that differs between installations is read from the environment."""

import sys
from pathlib import Path

from lms import env

BASE_DIR = Path(__file__).resolve().parent.parent
env.load_dotenv(BASE_DIR / ".env")

TESTING = "pytest" in sys.modules
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")
KEYS_DIR = DATA_DIR / "keys"
PAPERS_DIR = DATA_DIR / "papers"
SECRET_KEY = env.text("SECRET_KEY") or env.made_secret(DATA_DIR / "secret")

SITE_URL = env.web_address("SITE_URL", f"http://127.0.0.1:{env.whole('PORT', 8000, low=1, high=65535)}")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", (env.host_of(SITE_URL), "localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []

OUTER_TITLE = env.text("OUTER_TITLE", "Lopo")
ORGANISATION_NAME = env.text("ORGANISATION_NAME", "Yayasan Lontar Raya")
NEUTRAL_URL = env.web_address("NEUTRAL_URL", "https://www.bmkg.go.id")
STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR", True)
# What learners write in practical tasks is erased this many days after grading.
PRACTICE_TEXT_DAYS = env.whole("PRACTICE_TEXT_DAYS", 90, low=1, high=3650)

INSTALLED_APPS = [
    "lms.kit",
    "lms.people",
    "lms.sync",
    "lms.library",
    "courses",
    "assessments",
    "certificates",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.contrib.redirects",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.kit.middleware.SafeHeadersMiddleware",
    "lms.kit.media.TextGZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lms.kit.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "lms.kit.searching.CleanSearchMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lms.people.middleware.StaffDoorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
FORM_RENDERER = "lms.kit.forms.PartsRenderer"

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
                "lms.kit.context.site",
            ],
        },
    },
]

# Database: small first, the same code when big (docs/operate.md).

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'lopo.sqlite3'}")}
IS_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = 60
if IS_SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=2000;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES: dict[str, dict[str, object]]
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": DATA_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }

# Signing in: persons without e-mail.

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "lms.people.secrets.SecretValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lms.people.adapter.AccountAdapter"
MFA_ADAPTER = "lms.people.adapter.SecondFactorAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {"login": "lms.people.forms.LoginForm", "change_password": "lms.people.forms.ChangeSecretForm"}
# A classroom of forty logs in from one address; one account's wrong tries stay few.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "120/m/ip,8/300s/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "signup": "1/h/ip",
    "reset_password": "1/h/ip",
    "reset_password_from_key": "1/h/ip",
    "manage_email": "1/h/user",
    "confirm_email": "1/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("TRUSTED_PROXY_COUNT", 0, high=10)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = OUTER_TITLE
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_NAME = "sesi"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "jaga"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "lms.kit.views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sehat/"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.whole("TRUSTED_PROXY_COUNT", 0) else None
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # old browsers; frame-ancestors lets the editor show its preview
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Language and time.

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "lms" / "locale"]
LANGUAGE_COOKIE_NAME = "bahasa"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Makassar")

# Files.

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "lms" / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640

# Wagtail: the editors' house; nothing calls home.

WAGTAIL_SITE_NAME = OUTER_TITLE
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/akun/login/"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "courses.publishing.publish_approved"
WAGTAIL_AUTOSAVE_INTERVAL = 10_000
WAGTAIL_CONTENT_LANGUAGES = [("id", "Bahasa Indonesia")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "courses.Picture"
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"png": "webp", "jpeg": "webp", "webp": "webp"}
WAGTAILIMAGES_IMAGE_FORM_BASE = "courses.views.pictures.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True
SILENCED_SYSTEM_CHECKS: list[str] = []

# Background work: the folder broker until there is Redis.

# Nobody needs an address; without a mail server reminders stay in the product.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.whole("EMAIL_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_TLS", True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", f"lopo@{env.host_of(SITE_URL)}")

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL") or REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "broker" / "queue"),
        "data_folder_out": str(DATA_DIR / "broker" / "queue"),
        "processed_folder": str(DATA_DIR / "broker" / "processed"),
        "control_folder": str(DATA_DIR / "broker" / "control"),
        "polling_interval": 0.1,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_TASK_TIME_LIMIT = 300
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "clear-sessions": {"task": "lms.people.tasks.clear_sessions", "schedule": 60 * 60 * 24},
    "end-roles": {"task": "lms.people.tasks.end_roles", "schedule": 60 * 60},
    "carry-on-imports": {"task": "courses.tasks.sweep_imports", "schedule": 60 * 5},
    "make-media-small": {"task": "courses.tasks.sweep_media", "schedule": 60},
    "publish-what-is-due": {"task": "courses.tasks.publish_due", "schedule": 60 * 5},
    "erase-old-practice-text": {"task": "assessments.tasks.erase_old_text", "schedule": 60 * 60},
    "end-exams": {"task": "assessments.tasks.end_exams", "schedule": 60},
    "carry-on-cards": {"task": "certificates.tasks.sweep_cards", "schedule": 60},
    "make-waiting-papers": {"task": "certificates.tasks.sweep_papers", "schedule": 60},
    "remind": {"task": "certificates.tasks.sweep_reminders", "schedule": 60 * 60},
    "carry-on-batches": {"task": "certificates.tasks.sweep_batches", "schedule": 60},
    "count-coverage": {"task": "certificates.tasks.count_coverage", "schedule": 60 * 60 * 6},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
