"""The map of addresses: the officers' web is everything there is so far."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("ansinh.web.urls")), path("", include("ansinh.web.account_urls"))]
