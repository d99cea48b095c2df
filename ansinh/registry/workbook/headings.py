"""What the headings of registers mean: many offices' names for the same column → one field."""

from __future__ import annotations

import re
from functools import lru_cache

from ansinh.kernel.legacy_text import decoded
from ansinh.kernel.names import folded, written

# Under a parent heading the pair decides first ("Ngày sinh" over "Nam", "Quyết định" over "Số").
_PAIRED: tuple[tuple[str, str], ...] = (
    ("birth_day", r".*\bsinh\b.* \| ngay"),
    ("birth_month", r".*\bsinh\b.* \| thang"),
    ("birth_male", r".*\bsinh\b.* \| nam( gioi)?"),
    ("birth_female", r".*\bsinh\b.* \| nu( gioi)?"),
    ("sex_male", r"(gioi tinh|gt|phai|nam nu) \| nam"),
    ("sex_female", r"(gioi tinh|gt|phai|nam nu) \| nu"),
    ("name_family", r".*\b(ho va ten|ho ten).* \| ho( va)?( ten)?( chu)?( dem| lot)?"),
    ("name_given", r".*\b(ho va ten|ho ten).* \| ten"),
    ("decision_no", r".*\b(qd|quyet dinh)\b.* \| (so|so hieu|so qd)"),
    ("decided_on", r".*\b(qd|quyet dinh)\b.* \| (ngay|ngay thang( nam)?|ngay ky|thoi gian)"),
    ("from_month", r".*\bhuong\b.* \| tu( thang| ngay)?"),
    ("ends_month", r".*\bhuong\b.* \| den( thang| ngay)?"),
    ("phone", r".*\blien (he|lac)\b.* \| so"),
)
_WHOSE = (
    r".*\b(nhan thay|linh thay|nhan ho|linh ho|uy quyen|uq|giam ho|nguoi nhan(?! nuoi| cham)|nguoi linh|"
    r"dai dien nhan)\b.*"
)
# One heading alone. The first that fits wins, so what only looks like another column (the day an ID was issued, money
# of earlier months) stands before it.
_SINGLE: tuple[tuple[str, str], ...] = (
    ("ordinal", r"(stt|tt|so tt|so thu tu|thu tu|no)"),
    ("other", r".*\b(ngay cap|noi cap|dan toc|ton giao|que quan|ho chieu|bhyt|bao hiem y te)\b.*"),
    ("other", r".*\b(truy linh|truy thu|thu hoi|chua linh|chua tra|ky truoc|thang truoc|so so)\b.*"),
    ("other", r".*\b(ky nhan|ky ten|chu ky)\b.*"),
    ("other", r".*\b(ma ho so|so ho so|so so linh|trang thai|ly do|ngay nhap|ngay mat|ngay chet)\b.*"),
    ("other", r"(tong )?so (doi tuong|nguoi|luong|khau|ho|thang)\b.*"),
    ("other", r"(ten )?(tinh|tinh thanh( pho)?)|ma (tinh|huyen)"),
    ("district", r"(ten |.*\bcap )?(huyen|quan|thi xa|tx)( (huyen|quan|thi xa|tx|thanh pho|tp))*( thuoc tinh)?( cu)?"),
    ("stop_decision", r".*\b(qd|quyet dinh)\b.*\b(dung|thoi|cham dut|tam dung)\b.*"),
    ("authorised_until", r".*\b(uy quyen|uq)\b.*\b(den|han|het)\b.*"),
    ("authorised_until", r".*\b(han|hieu luc|thoi han)\b.*\b(uy quyen|uq)\b.*"),
    ("relation", r".*\bquan he\b.*"),
    ("collector_identity", _WHOSE + r"\b(cmnd|cmt|cccd|can cuoc|giay to|dinh danh)\b.*"),
    ("collector_identity", r".*\b(cmnd|cmt|cccd|can cuoc|giay to|dinh danh)\b" + _WHOSE),
    ("collector_phone", _WHOSE + r"\b(dien thoai|sdt|dt)\b.*|.*\b(dien thoai|sdt|dt)\b" + _WHOSE),
    ("collector", _WHOSE),
    ("cared_for", r".*\bduoc (cham soc|nuoi duong|nhan nuoi|nhan cham soc)\b.*"),
    ("account_name", r".*\b(ten|chu) (tai khoan|tk|chu tk|chu tai khoan)\b.*"),
    ("account_no", r".*\b(so tai khoan|so tk|stk|tai khoan)\b.*"),
    ("bank", r".*\b(ngan hang|nh mo)\b.*"),
    ("channel", r".*\b(hinh thuc|phuong thuc|cach thuc|kenh)\b.*"),
    ("phone", r".*\b(dien thoai|sdt|so dt|dtdd|di dong|phone|so lien he|so lien lac)\b.*|dt"),
    ("birth_male", r"(ngay |nam |ngay thang nam )?sinh nam|nam sinh nam gioi"),
    ("birth_female", r"(ngay |nam |ngay thang nam )?sinh nu|nam sinh nu gioi"),
    ("birth", r".*\b(ngay sinh|sinh ngay|nam sinh|sinh nam|thang sinh|nam thang sinh|ngay thang nam)\b.*|sinh"),
    ("sex_male", r"nam"),
    ("sex_female", r"nu"),
    ("name_family", r"ho( va)?( ten)? (chu )?(dem|lot)|ho va"),
    ("name_given", r"ten"),
    ("identity", r".*\b(cmnd|cmt|cmtnd|cccd|cc|can cuoc|dinh danh|chung minh|giay to tuy than|so giay to)\b.*"),
    ("householder", r".*\bchu ho\b.*"),
    ("name", r".*\b(ho va ten|ho ten|ten nguoi huong|ten nguoi|ten doi tuong|hoten)\b.*"),
    ("sex", r"(gioi tinh|gioi|gt|phai|nam nu|gioi tinh nam nu)"),
    ("grade", r".*\bmuc do( khuyet tat| kt)?\b.*"),
    ("children", r"so (con|tre).*"),
    ("decision_both", r".*\bso( va)? ngay( thang)?( nam)? (qd|quyet dinh)\b.*"),
    ("decision_both", r".*\b(qd|quyet dinh)\b.* so( va)? ngay.*"),
    ("decided_on", r".*\bngay( thang)?( nam)?( ky| ban hanh)? (qd|quyet dinh)\b.*|ngay ky"),
    ("decision_no", r".*\b(qd|quyet dinh)\b.*"),
    ("ends_month", r".*\b(den thang|huong den|thang thoi|ngay thoi|thoi huong|dung huong|het han huong|ket thuc)\b.*"),
    ("from_month", r".*\b(huong tu|tu thang|thoi diem huong|thang huong|ngay huong|thoi gian huong)\b.*"),
    ("from_month", r".*\b(bat dau huong|thang bat dau)\b.*"),
    ("base", r".*\b(muc chuan|muc co so|chuan tro cap)\b.*"),
    ("coefficient", r".*\b(he so|hs)\b.*"),
    ("amount", r".*\b(so tien|muc huong|muc tro cap|muc tien|thanh tien|kinh phi|tien)\b.*"),
    ("address", r".*\b(dia chi|noi o|cho o|thuong tru|tam tru|hktt|noi cu tru) (doi tuong|nguoi huong).*"),
    ("category", r".*\b(nhom|(loai|dien|ma) doi tuong|doi tuong|dien huong|(loai|loai hinh|dien|ma) tro cap)\b.*"),
    ("category", r".*\b(phan loai|che do)\b.*|dien"),
    ("total", r"(tong|tong cong|tong so tien|tong tien|cong)"),
    ("amount", r".*\b(tro cap|muc tc)\b.*"),
    ("commune", r"(ten |ma )?(xa|phuong|thi tran|don vi|dia phuong|ubnd)( ?(xa|phuong|thi tran|tt))*( cu| moi)?"),
    ("commune", r"(don vi hanh chinh|dia ban)? ?cap xa( cu| moi)?"),
    ("hamlet", r".*\b(thon|to dan pho|tdp|khu pho|khu dan cu|ap|xom|ban|tieu khu|khoi|buon|lang)\b.*|to|khu"),
    ("address", r".*\b(dia chi|noi o|cho o|thuong tru|tam tru|hktt|ho khau|noi cu tru)\b.*"),
    ("note", r".*\b(ghi chu|chu thich)\b.*"),
)  # fmt: skip
_PAIRS = tuple((field, re.compile(pattern)) for field, pattern in _PAIRED)
_SINGLES = tuple((field, re.compile(pattern)) for field, pattern in _SINGLE)
# What stands under such a parent belongs to somebody or something else than the row's person.
_OWNING = frozenset({"other", "stop_decision", "collector", "cared_for"})

# The words of a birth date's own three columns; "Năm" (year) and "Nam" (male) differ only by their tones.
_MALE = re.compile(r"^\s*nam\s*$", re.IGNORECASE)

# Fields whose presence makes a row of cells a header, and how the missing ones are called to an officer.
NAMED_FIELDS = {
    "name": "họ tên",
    "birth": "ngày sinh",
    "category": "nhóm đối tượng",
    "identity": "số CCCD/CMND",
    "coefficient": "hệ số",
    "amount": "số tiền",
    "decision_no": "số quyết định",
    "from_month": "thời điểm hưởng",
    "commune": "xã, phường",
}
# A heading is short; a sentence that happens to name a field is a title or a note.
_LONGEST = 90
BIRTH_FIELDS = frozenset({"birth", "birth_male", "birth_female", "birth_day", "birth_month", "birth_year"})


@lru_cache(maxsize=8192)
def heading_key(text: str) -> str:
    """A heading reduced to folded words: "Họ và tên\\n(đối tượng)" → "ho va ten doi tuong"."""
    return " ".join(re.sub(r"[^a-z0-9|]+", " ", folded(decoded(written(text))[0])).split())


@lru_cache(maxsize=8192)
def field_of(parent: str, own: str) -> str | None:
    """The field a column holds, from its parent heading ("" when single) and its own; None when it has no meaning."""
    key = heading_key(own)
    if not parent:
        return _first_fit(_SINGLES, key) if len(key) <= _LONGEST else None
    above = heading_key(parent)
    if re.search(r"\bsinh\b", above) and key == "nam" and not _MALE.match(decoded(written(own))[0]):
        return "birth_year"
    pair = _first_fit(_PAIRS, f"{above} | {key}")
    if pair:
        return pair
    owner = _first_fit(_SINGLES, above)
    if owner in _OWNING:
        return _first_fit(_SINGLES, f"{above} {key}")
    return _first_fit(_SINGLES, key) or _first_fit(_SINGLES, f"{above} {key}")


def meaning_of(heading: str) -> str | None:
    """The field a heading standing alone names, None when it has no meaning."""
    return field_of("", heading)


def _first_fit(table: tuple[tuple[str, re.Pattern[str]], ...], key: str) -> str | None:
    return next((field for field, pattern in table if pattern.fullmatch(key)), None)
