"""What a WSGI server loads (`ansinh serve` does); the database is prepared before the first request."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from ansinh.ops.preparation import prepared_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
prepared_database()
application = get_wsgi_application()
