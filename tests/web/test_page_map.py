"""The page map names every page of the house, and who may see it."""

import pytest

from tests.page_map import PAGES, ROLES

NO_PAGE = {"health", "sign_in", "security", "oidc"}
WAYS = {
    "meeting.changed",
    "home.index",
    "home.own_region",
    "home.language",
    "read_links.opened",
    "invitations.accept",
    "actions.detail",
    "calendar.feed",
    "evidence_files.download",
}
"""They lead to a page of the map, need a secret, or are about what the demonstration has not."""


def test_every_page_stands_in_the_page_map(demo_app):
    found = {rule.endpoint for rule in demo_app.url_map.iter_rules() if "GET" in rule.methods}
    pages = {name for name in found - WAYS if name.split(".")[0] not in {*NO_PAGE, "api"}}
    assert pages == {item.endpoint for item in PAGES} - {"api.readable"}


@pytest.mark.parametrize("role", ROLES)
def test_a_person_sees_the_pages_of_the_map_and_no_other(people, role):
    for item in PAGES:
        status = people(role).get(item.path).status_code
        assert status == 200 if role in item.roles else status == 403, item.path
