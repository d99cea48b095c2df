"""The request for transfer: what is asked for, why, and what is not sent twice."""

from __future__ import annotations

from datetime import date

from ansinh.kernel.money import Dong
from ansinh.reports.pdf import render_pdf
from ansinh.reports.transfer_request import FundRequest, TransferRequest, transfer_request_paper
from ansinh.reports.xlsx import render_xlsx
from tests.reports.samples import CHO_DON, cells_of, pages_of, sheet

REQUEST = TransferRequest(
    sheet=sheet(CHO_DON),
    number=7,
    payer="Bưu điện huyện Chợ Đồn",
    contract_no="03/HĐ-2020",
    signed_on=date(2020, 1, 2),
    funds=(
        FundRequest(
            "Kinh phí trợ giúp xã hội",
            regular_dong=Dong(662_715_000),
            arrears_dong=Dong(2_430_000),
            recovery_dong=Dong(135_000),
            requested_dong=Dong(664_740_000),
            uncollected_dong=Dong(3_510_000),
        ),
        FundRequest(
            "Kinh phí trợ cấp hưu trí xã hội", Dong(5_000_000), Dong(0), Dong(0), requested_dong=Dong(5_000_000)
        ),
    ),
)


def test_the_request_adds_up_by_fund() -> None:
    paper = transfer_request_paper(REQUEST)
    first, second = (line.cells[2:] for line in paper.lines)
    assert first == (
        Dong(662_715_000),
        Dong(2_430_000),
        Dong(-135_000),
        Dong(665_010_000),
        # Left with the payer before: that much less is sent.
        Dong(-270_000),
        Dong(664_740_000),
        Dong(3_510_000),
    )
    assert second == (Dong(5_000_000), None, None, Dong(5_000_000), None, Dong(5_000_000), None)
    assert paper.total.cells[7] == Dong(669_740_000)


def test_payer_contract_amount_in_words_and_signatures_are_on_one_page() -> None:
    (page,) = pages_of(render_pdf(transfer_request_paper(REQUEST)))
    for text in (
        "GIẤY ĐỀ NGHỊ CHUYỂN KINH PHÍ CHI TRẢ TRỢ GIÚP XÃ HỘI",
        "Đơn vị nhận tiền: Bưu điện huyện Chợ Đồn, hợp đồng số 03/HĐ-2020 ngày 02/01/2020. Đề nghị số: 7.",
        "Số tiền đề nghị chuyển: 669.740.000 đồng.",
        "Sáu trăm sáu mươi chín triệu bảy trăm bốn mươi nghìn đồng.",
        "Tiền chưa lĩnh các kỳ trước 3.510.000 đồng đang ở tổ chức chi trả",
        "TM. ỦY BAN NHÂN DÂN",
    ):
        assert text in page


def test_the_workbook_has_the_same_numbers() -> None:
    cells = cells_of(render_xlsx(transfer_request_paper(REQUEST)))
    last = next(line for line in cells if line[1] == "TỔNG CỘNG")
    assert last[7] == 669_740_000
