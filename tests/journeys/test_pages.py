"""Every page of the page map, for everybody who may see it, at a desk and in a pocket.

`make screenshots` keeps a picture of each: run with `--screenshots FOLDER`.
"""

import pytest

from tests.journeys.conftest import axe_findings, width_of
from tests.page_map import PAGES, ROLES

DESK, POCKET = 1440, 390
DIFFERENT = (
    "cooperations.overview",
    "cooperations.practices",
    "practices.index",
    "initiatives.detail",
    "account.index",
)
"""Pages that show one role other things than another."""


@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_person_may_see_is_sound_at_both_widths(come_in, role, request):
    page, folder = come_in(role), request.config.getoption("--screenshots")
    faults = []
    for item in (item for item in PAGES if role in item.roles):
        # One look is enough for most pages: people see the same components.
        first = role == next(name for name in ROLES if name in item.roles)
        if not first and item.endpoint not in DIFFERENT:
            continue
        page.set_viewport_size({"width": DESK, "height": 900})
        assert page.goto(item.path).status == 200, item.path
        assert page.locator("h1").count() == 1, item.path
        for width in (DESK, POCKET):
            page.set_viewport_size({"width": width, "height": 900})
            if (wide := width_of(page, width)) > width:
                faults.append(f"{item.path} as {role} is {wide} wide at {width}")
            if first:
                faults += [f"{item.path} at {width}: {fault}" for fault in axe_findings(page)]
            if first and folder:
                page.wait_for_timeout(400)
                page.screenshot(path=folder / f"{item.name}-{width}.png", full_page=True)
    assert not faults, "\n".join(faults)
