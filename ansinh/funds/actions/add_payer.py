"""Record an organisation that pays."""

from __future__ import annotations

import re
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.models import Payer
from ansinh.funds.states import PAYER_KIND_NAMES
from ansinh.kernel.names import written
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")


class PayerExists(Refusal):
    """Đã có tổ chức chi trả mã "{payer}". Hãy chọn mã khác."""


class BadPayer(Refusal):
    """Không ghi được tổ chức chi trả này: {why}."""


@action(permission="funds.add_payer", name="Thêm tổ chức chi trả")
def add_payer(*, code: str, name: str, kind: str, by: Actor, at: datetime) -> str:
    """Record a payer; its code, small letters, digits and hyphens.

    Refuses a code taken (PayerExists), and one, a name or a kind that cannot be (BadPayer).
    """
    if _CODE.fullmatch(code) is None:
        raise BadPayer(why="mã gồm 1 đến 20 chữ thường không dấu, chữ số và dấu gạch nối, ví dụ buu-dien-bac-kan")
    if not written(name):
        raise BadPayer(why="chưa có tên")
    if kind not in PAYER_KIND_NAMES:
        raise BadPayer(why=f"loại phải là một trong: {', '.join(PAYER_KIND_NAMES)}")
    made = Payer(code=code, name=written(name), kind=kind, created_at=at, created_by=by.user_id)
    if Payer.objects.filter(pk=code).exists():
        raise PayerExists(payer=code)
    made.save(force_insert=True)
    return code
