"""The reference pages on the law as the program holds it, and on the findings a register can bring."""

from __future__ import annotations

import importlib

from ansinh.kernel.month import Month
from ansinh.policy import Category, Pack, find_worship_amount, load_pack, vi_decimal

_SURENESS = {
    "verified_in_source": "đọc trong văn bản",
    "secondary_source": "theo nguồn thứ cấp",
    "memory_sure": "chưa đối chiếu, khá chắc",
    "memory_unsure": "chưa đối chiếu, chưa chắc",
}
_REGIMES = {
    "tcxh": "Trợ giúp xã hội",
    "social_pension": "Trợ cấp hưu trí xã hội",
    "merit": "Người có công",
    "base_salary": "Lương cơ sở (chỉ để so mai táng phí)",
}


def categories_page() -> str:
    """Every category with its code and its coefficients by date."""
    pack = load_pack()
    lines = ["# Diện hưởng và hệ số", "", f"Bộ quy định {pack.version}. Hệ số có hiệu lực đến khi có dòng sau thay."]
    lines += ["", "| mã | diện hưởng |", "|---|---|"]
    lines += [f"| `{one.code}` | {one.name_vi} |" for one in pack.categories]
    for one in pack.categories:
        # A merit allowance has no coefficient: its table's amount stands among the standard amounts.
        if one.kind != "merit":
            lines += ["", f"## {one.code}", "", *_coefficients(one, pack)]
    return "\n".join(lines)


def amounts_page() -> str:
    """The standard amounts, national and provincial."""
    pack = load_pack()
    lines = ["# Mức chuẩn", "", "Đồng mỗi tháng. Mức của tỉnh chỉ áp dụng khi cao hơn mức quốc gia."]
    for regime, rows in pack.amounts.items():
        lines += ["", f"## {_REGIMES[regime]} (`{regime}`)", ""]
        lines += ["| từ tháng | đồng | căn cứ | độ chắc |", "|---|--:|---|---|"]
        lines += [f"| {r.starts.vi} | {r.dong} | {_titled(r.law, pack)} | {_SURENESS[r.confidence]} |" for r in rows]
        local = pack.provincial.get(regime, ())
        if local:
            lines += ["", "| địa bàn | từ tháng | trước tháng | đồng | căn cứ | độ chắc |", "|---|---|---|--:|---|---|"]
        for r in local:
            ends = r.ends.vi if r.ends else ""
            sure = _SURENESS[r.confidence]
            lines.append(f"| {r.area} | {r.starts.vi} | {ends} | {r.dong} | {_titled(r.law, pack)} | {sure} |")
    for table in pack.merit.tables:
        lines += ["", f"## Bảng mức người có công từ tháng {table.starts.vi}", ""]
        lines += [f"{_titled(table.law, pack)}, {_SURENESS[table.confidence]}.", "", "| mã | diện hưởng | đồng |"]
        lines += ["|---|---|--:|"]
        for category in pack.categories:
            if category.kind == "merit" and (found := pack.find_amount(category.code, table.starts)) is not None:
                lines.append(f"| `{category.code}` | {category.name_vi} | {found.dong} |")
        if worship := find_worship_amount(table.starts, pack):
            lines.append(f"| `merit_yearly` | Thờ cúng liệt sĩ, mỗi liệt sĩ một lần mỗi năm | {worship.dong} |")
    return "\n".join(lines)


def settings_page() -> str:
    """The readings of the law that are not settled."""
    lines = ["# Những chỗ pháp luật chưa rõ", ""]
    lines += ["Mỗi câu hỏi có một cách hiểu mặc định (in đậm), theo câu chữ của văn bản hoặc cách làm phổ biến."]
    lines += ["Hiện đổi cách hiểu bằng cách sửa `default` trong `ansinh/policy/pack/settings.yaml`; mọi kỳ chi trả"]
    lines += ["ghi lại dấu của bộ quy định đã dùng.", "", "| tên | câu hỏi | các cách hiểu |", "|---|---|---|"]
    for name, text in load_pack().setting_texts.items():
        values = "<br>".join(
            f"**`{value}`: {means}**" if value == text.default else f"`{value}`: {means}"
            for value, means in text.values.items()
        )
        lines.append(f"| `{name}` | {text.asks} | {values} |")
    return "\n".join(lines)


def findings_page() -> str:
    """Every finding a register file can bring, gravest first."""
    # Read as a table, like the machines: nothing here depends on what stands in it.
    catalogue = importlib.import_module("ansinh.registry.workbook.catalogue")
    lines = ["# Phát hiện khi nhập sổ", "", "Chữ trong ngoặc nhọn được thay bằng nội dung của ô. Mã không đổi;"]
    lines += ["lời có thể được viết rõ hơn. Phát hiện của kỳ chi trả hiện ngay trên trang của kỳ, kèm cách giải quyết."]
    for severity, title in (("error", "Lỗi"), ("warning", "Cảnh báo"), ("info", "Lưu ý")):
        lines += ["", f"## {title} (`{severity}`)", "", "| mã | lời nhắn | dòng |", "|---|---|---|"]
        for code, kind in catalogue.KINDS.items():
            if kind.severity == severity:
                row = "để riêng" if kind.sets_aside else "được nhận"
                # What is said where more is known stands below what is said else.
                said = "<br>".join([kind.message, *kind.closer.values()]).replace("|", "/")
                lines.append(f"| `{code}` | {said} | {row} |")
    return "\n".join(lines)


def _coefficients(category: Category, pack: Pack) -> list[str]:
    lines = [category.name_vi, "", "| từ tháng | ai | hệ số | căn cứ | độ chắc |", "|---|---|--:|---|---|"]
    for level in category.levels:
        each = " mỗi người con" if level.each else ""
        law, sure = _titled(level.law, pack), _SURENESS[level.confidence]
        value = f"{vi_decimal(level.value)}{each}"
        lines.append(f"| {Month(level.starts).vi} | {level.says or ''} | {value} | {law} | {sure} |")
    return lines


def _titled(law: str, pack: Pack) -> str:
    known = pack.laws.get(law)
    return known.title if known is not None else law
