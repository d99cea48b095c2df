"""What Django may tell of a fault, should anybody ever ask it for a report: where, never of whom."""

from __future__ import annotations

import re
from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.views.debug import SafeExceptionReporterFilter


class ReticentReports(SafeExceptionReporterFilter):
    """Hides what was typed and every local variable: in this program they are people, numbers and money."""

    hidden_settings = re.compile(
        SafeExceptionReporterFilter.hidden_settings.pattern + "|DATABASE|SEALING|URL|COOKIE", flags=re.IGNORECASE
    )

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always: a fault met while looking for another is no time to tell."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Which fields were sent, not what stood in them."""
        sent: MultiValueDict[str, str] = MultiValueDict() if request is None else request.POST
        return dict.fromkeys(sent, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        """The names of the variables, not their values."""
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()
