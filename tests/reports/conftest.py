"""A commune with some people, and those who work on its month."""

from __future__ import annotations

from datetime import date

import pytest

from tests.seeding import Desk, add_person, open_desk


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    desk = open_desk()
    add_person("LÝ NGỌC AN", born=date(1932, 1, 1), precision="year", category="elderly_80_no_pension")
    add_person("Ma Xuân Thảo", born=date(1981, 2, 27), category="disabled_exceptional")
    add_person("Ma Thị Tuấn", born=date(1984, 8, 13), category="single_parent_poor", children=2, sex="female")
    return desk
