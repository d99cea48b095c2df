"""Reading the pack's YAML strictly: every fault names file, place and cause; unknown keys are faults too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from ansinh.kernel.month import Month, NotAMonth
from ansinh.kernel.refusal import Refusal
from ansinh.policy.citations import is_article

CONFIDENCES = ("verified_in_source", "secondary_source", "memory_sure", "memory_unsure")
_REQUIRED = object()


class PackFault(Refusal):
    """Gói chính sách có lỗi ở tệp {file}, mục {place}: {cause}."""


def read_yaml(path: Path) -> tuple[Any, bytes]:
    """The content of a pack file and its bytes; refuses (PackFault) a missing or unreadable file."""
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise PackFault(file=path.name, place="-", cause=f"không mở được tệp ({fault.strerror})") from fault
    return understood(raw, path.name), raw


def understood(raw: bytes, file: str) -> Any:
    """What YAML says; refuses (PackFault) what is none."""
    try:
        # The C loader is a safe loader; it reads the whole pack in a few hundredths of a second.
        return yaml.load(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (yaml.YAMLError, ValueError) as fault:
        cause = " ".join(str(fault).split())
        raise PackFault(file=file, place="-", cause=f"không đúng cú pháp YAML ({cause})") from fault


class Node:
    """A mapping of the pack with its address; keys are taken one by one and `done` refuses what is left."""

    __slots__ = ("file", "left", "place")

    def __init__(self, content: Any, file: str, place: str) -> None:
        self.file, self.place = file, place
        if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
            raise self.fault("phải là một bảng có khóa là chữ (mã và tháng phải đặt trong dấu nháy)")
        self.left: dict[str, Any] = dict(content)

    def fault(self, cause: str) -> PackFault:
        return PackFault(file=self.file, place=self.place, cause=cause)

    def take(self, key: str, kind: type, default: Any = _REQUIRED) -> Any:
        """The value of a key, of exactly that type; refuses a missing key (unless a default) or another type."""
        if key not in self.left:
            if default is _REQUIRED:
                raise self.fault(f'thiếu "{key}"')
            return default
        value = self.left.pop(key)
        if type(value) is not kind:
            raise self.fault(f'"{key}" phải là {_KIND_VI[kind]}, không phải {value!r}')
        return value

    def month(self, key: str, default: Any = _REQUIRED) -> Any:
        text = self.take(key, str, default)
        if text is default:
            return default
        try:
            return Month.parse(text)
        except NotAMonth as fault:
            raise self.fault(f'"{key}": {fault.message}') from fault

    def day(self, key: str, default: Any = _REQUIRED) -> Any:
        text = self.take(key, str, default)
        if text is default:
            return default
        try:
            return date.fromisoformat(text)
        except ValueError as fault:
            raise self.fault(f'"{key}" phải là ngày dạng NĂM-THÁNG-NGÀY, không phải "{text}"') from fault

    def decimal(self, key: str) -> Decimal:
        text = self.take(key, str)
        try:
            value = Decimal(text)
        except InvalidOperation as fault:
            raise self.fault(f'"{key}" phải là số thập phân trong dấu nháy, không phải "{text}"') from fault
        if value <= 0:
            raise self.fault(f'"{key}" phải lớn hơn 0')
        return value

    def article(self, key: str = "article") -> str:
        text: str = self.take(key, str)
        if not is_article(text):
            raise self.fault(f'"{key}" phải chỉ điều khoản dạng d6.k1.đ, không phải "{text}"')
        return text

    def law(self, known: Any) -> str:
        code: str = self.take("law", str)
        if code not in known:
            raise self.fault(f'"law" không có trong laws.yaml: "{code}"')
        return code

    def confidence(self) -> str:
        text: str = self.take("confidence", str)
        if text not in CONFIDENCES:
            raise self.fault(f'"confidence" phải là một trong {", ".join(CONFIDENCES)}')
        return text

    def node(self, key: str) -> Node:
        return Node(self.take(key, dict), self.file, f"{self.place}.{key}")

    def nodes(self, key: str, default: Any = _REQUIRED) -> list[Node]:
        items = self.take(key, list, default)
        return [Node(item, self.file, f"{self.place}.{key}[{index}]") for index, item in enumerate(items)]

    def entries(self) -> Iterator[tuple[str, Node]]:
        """Every key left with its mapping."""
        for key in list(self.left):
            yield key, Node(self.left.pop(key), self.file, f"{self.place}.{key}" if self.place else key)

    def done(self) -> None:
        if self.left:
            raise self.fault(f"không hiểu khóa {', '.join(sorted(self.left))}")


_KIND_VI = {str: "chữ trong dấu nháy", int: "số nguyên", bool: "true/false", list: "danh sách", dict: "một bảng"}
