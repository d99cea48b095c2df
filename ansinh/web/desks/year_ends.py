"""The end of a year: what nobody collected of it, and giving it back to be owed again from the next year's funds."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.kernel.money import total
from ansinh.kernel.month import Month
from ansinh.payout.actions import renew_year_end
from ansinh.payout.queries import list_to_return, list_year_end
from ansinh.web.acts import Act, why_not
from ansinh.web.hold_forms import YearEndForm
from ansinh.web.naming import payer_names, place_name, place_names
from ansinh.web.seeing import acting, does, shows
from ansinh.web.templatetags.office import dong

_ROWS_A_PAGE = 50


@require_GET
@shows("payout.see_uncollected")
def year_end(request: HttpRequest, place_code: str, year: int) -> HttpResponse:
    """Orders of the year nobody collected, the act that renews them, and what payers are to return."""
    by = acting(request)
    last = Month.of(year, 12).first_day
    found = list_year_end(place_code, year, by=by)
    back = list_to_return(place_code, year, by=by)
    page = Paginator(found, _ROWS_A_PAGE).get_page(request.GET.get("page"))
    act = Act(
        key="renew_year_end",
        title=_("Nộp trả và lập lại bằng nguồn năm sau"),
        address=reverse("web:renew_year_end", args=[place_code, year]),
        hint=_("Mọi lệnh dưới đây bị hủy, tiền nộp trả ngân sách năm cũ; mỗi lệnh được lập lại, chi cùng kỳ năm sau."),
        why_not=why_not("payout.renew_year_end", by),
        form=YearEndForm(auto_id="renew-%s"),
    )
    context = {
        "place": place_name(place_code, last),
        "place_code": place_code,
        "year": year,
        "page": page,
        "total": total(one.amount_dong for one in found),
        "names": place_names({one.commune_code for one in page} | {one.commune_code for one in back}, last),
        "payers": payer_names(),
        "back": back,
        "back_dong": total(one.amount_dong for one in back),
        "acts": (act,) if any(not one.is_moved for one in found) else (),
    }
    return render(request, "web/uncollected/year_end.html", context)


@require_POST
@does("payout.renew_year_end")
def renew(request: HttpRequest, place_code: str, year: int) -> HttpResponse:
    """Given up and owed anew, under the document's number."""
    number = request.POST.get("document_no", "")[:60]
    done = renew_year_end(place_code=place_code, year=year, document_no=number, by=acting(request), at=timezone.now())
    said = _("Đã hủy và lập lại %(number)s lệnh chi, %(amount)s. Kế toán ghi nhận tiền nộp trả theo bảng dưới đây.")
    messages.success(request, said % {"number": done.orders, "amount": dong(done.amount_dong)})
    return redirect("web:year_end", place_code, year)
