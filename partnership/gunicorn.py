"""How gunicorn serves the portal: `gunicorn -c python:partnership.gunicorn partnership.wsgi:application`."""

import os

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

workers = settings.WEB_WORKERS
threads = settings.WEB_THREADS
worker_class = "gthread" if threads > 1 else "sync"
worker_tmp_dir = "/dev/shm"  # noqa: S108 a heartbeat file, which must not wait for a disk
timeout = 30
graceful_timeout = 20
max_requests = 10_000
max_requests_jitter = 1_000
control_socket_disable = True
# the proxy writes the access log; ours would hold the secrets of links
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"masked": {"()": "partnership.log_format.MaskingFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masked"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
