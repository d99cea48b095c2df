"""What a WSGI server loads (`ansinh serve` does); the database is prepared before the first request."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from ansinh.ops.preparation import prepared_database
from ansinh.ops.web_login import serve_as_web

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
serve_as_web(prepared_database())
application = get_wsgi_application()
