"""One Vietnamese sentence for a line: who, when, how much, why, by which article; and what was lost to what.

The sentence names the category: where HIV is concerned it is for the officer's eyes, never for a posted list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ansinh.kernel.month import Month
from ansinh.policy.citations import cited
from ansinh.policy.grounds import place_of_loss
from ansinh.policy.look import month_index
from ansinh.policy.pack_model import Pack
from ansinh.policy.types import Entitled, Lost, OneOff, Precision, Sex, StandardAmount

# Of age at 18 (Bộ luật Dân sự 2015, Điều 20): nobody of 16 is called "Ông" or "Bà".
_ADULT_MONTHS = 18 * 12
_CALLED = {"social_pension": "mức trợ cấp hưu trí xã hội", "merit": "bảng mức"}


@dataclass(frozen=True, slots=True)
class Named:
    """How a sentence calls a person."""

    name: str
    born: date | None = None
    born_precision: Precision = "day"
    sex: Sex | None = None

    def addressed(self, month: Month) -> str:
        """Title, name and birth: "Bà Lý Ngọc An, sinh năm 1932"."""
        if self.born is not None and month.index - month_index(self.born) < _ADULT_MONTHS:
            title = "Em"
        else:
            title = {"male": "Ông", "female": "Bà"}.get(self.sex or "", "Ông/Bà")
        return f"{title} {self.name}{self._birth}"

    @property
    def _birth(self) -> str:
        if self.born is None:
            return ""
        if self.born_precision == "year":
            return f", sinh năm {self.born.year}"
        if self.born_precision == "month":
            return f", sinh tháng {self.born.month}/{self.born.year}"
        return f", sinh ngày {self.born:%d/%m/%Y}"


def explain(
    line: Entitled,
    pack: Pack,
    *,
    month: Month,
    who: Named,
    base: StandardAmount | None = None,
    areas: Sequence[str] = (),
    lost: Iterable[Lost] = (),
    tell_assumed: bool = False,
) -> str:
    """The line of that month in one sentence with its citation; a further sentence for each benefit in `lost`.

    `base`: the standard amount used; None: that of the pack for `areas`. `tell_assumed` adds which facts the decision
    established and nothing else tells. Refuses (NoStandardAmount) a month before the regime.
    """
    used = base or pack.standard_amount(pack.category(line.benefit).amount_key, month, areas)
    amount = used.dong.times(line.coefficient) - line.deducted
    called = _CALLED.get(line.regime, "mức chuẩn")
    minus = f" − {line.deducted} đ" if line.deducted else ""
    level = f"hưởng hệ số {vi_decimal(line.coefficient)} × {called} {used.dong} đ{minus} = {amount} đ/tháng"
    if line.regime == "merit":
        level = f"hưởng trợ cấp ưu đãi “{pack.category(line.benefit).name_vi}” {amount} đ/tháng theo {called}"
    when = f"tháng {month.number}/{month.year}"
    sentences = [f"{who.addressed(month)}, {when} {level} vì {line.reason} ({_citation(line, used, called, pack)})."]
    sentences += [_lost_sentence(loss, pack, month) for loss in lost if loss.covers(month)]
    if tell_assumed and line.assumed:
        names = "; ".join(pack.fact_names.get(fact, fact) for fact in line.assumed)
        sentences.append(f"Căn cứ quyết định hưởng đã ban hành; sổ chưa có thông tin riêng về: {names}.")
    return " ".join(sentences)


def explain_lost(loss: Lost, pack: Pack, *, month: Month, who: Named) -> str:
    """Why a granted category pays nothing in that month, in one sentence."""
    name = pack.category(loss.benefit).name_vi
    text = _because(loss, pack, month)
    return f"{who.addressed(month)}, tháng {month.number}/{month.year} không hưởng diện “{name}” vì {text}."


def explain_one_off(support: OneOff, pack: Pack, *, who: Named, areas: Sequence[str] = ()) -> str:
    """The funeral support in one sentence with its citation; `who` is the one who died."""
    base = pack.standard_amount(support.regime, support.base_month, areas).dong
    amount = base.times(support.multiplier)
    day = support.happened_on.strftime("%d/%m/%Y")
    return (
        f"{who.addressed(Month.containing(support.happened_on))}, chết ngày {day}, được hỗ trợ chi phí mai táng "
        f"{vi_decimal(support.multiplier)} × {base} đ = {amount} đ vì {support.reason} ({support.article})."
    )


def vi_decimal(number: Decimal) -> str:
    """A coefficient or multiple as Vietnamese papers write it.

    >>> vi_decimal(Decimal("1.0")), vi_decimal(Decimal("20"))
    ('1,0', '20')
    """
    return str(number).replace(".", ",")


def _citation(line: Entitled, base: StandardAmount, called: str, pack: Pack) -> str:
    """The line's articles; the standard amount's own place is told where another instrument sets it."""
    law = pack.laws.get(base.law)
    if law is None:
        return f"{line.article}; {called}: {base.law}"
    if law.title in line.article:
        return line.article
    return f"{line.article}; {called}: {cited([(law.title, base.article)])}"


def _lost_sentence(loss: Lost, pack: Pack, month: Month) -> str:
    coefficient = f" (hệ số {vi_decimal(loss.coefficient)})" if loss.coefficient is not None else ""
    return f"Không hưởng diện “{pack.category(loss.benefit).name_vi}”{coefficient} vì {_because(loss, pack, month)}."


def _because(loss: Lost, pack: Pack, month: Month) -> str:
    place = place_of_loss(loss.because, loss.benefit, month, pack)
    written = f" ({place})" if place else ""
    if loss.to is None or loss.to in ("merit", loss.benefit):
        return f"{loss.text}{written}"
    return f"{loss.text}{written}, đã hưởng diện “{pack.category(loss.to).name_vi}”"
