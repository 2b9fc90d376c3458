"""Which roles the claims of an organisation's sign-in give."""

import re

import pytest

from tracker.domain.federation import GivenRole, read_rules, roles_given
from tracker.domain.policy import Role

FILE = b"""
[[role]]
claim = "groups"
value = "hol-bestuur"
role = "board_member"
cooperation = "HOL"

[[role]]
claim = "realm_access.roles"
value = "regio"
role = "insurer_region_manager"
insurer = "menzis"

[[role]]
claim = "https://voorbeeld.example/functie"
value = "beheer"
role = "administrator"
"""
BOARD = GivenRole(Role.board_member, "HOL")


@pytest.mark.parametrize(
    ("claims", "given"),
    [
        ({"groups": ["anders", "hol-bestuur"]}, {BOARD}),
        ({"groups": "hol-bestuur"}, {BOARD}),
        ({"groups": "hol-bestuur-oud"}, set()),
        ({"groups": {"hol-bestuur": True}}, set()),
        ({"groups": None}, set()),
        ({}, set()),
        ({"realm_access": {"roles": ["regio"]}}, {GivenRole(Role.insurer_region_manager, None, "menzis")}),
        ({"realm_access": ["roles"]}, set()),
        ({"https://voorbeeld.example/functie": "beheer"}, {GivenRole(Role.administrator)}),
    ],
)
def test_a_role_is_given_by_exactly_its_value_of_its_claim(claims, given):
    assert roles_given(read_rules(FILE), claims) == given


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('role = "koning"', "role[0].role"),
        ('role = "board_member"', "needs a cooperation"),
        ('role = "board_member"\ncooperation = "HOL"\ninsurer = "menzis"', "no insurer"),
        ('role = "insurer_reader"', "needs an insurer"),
        ('role = "administrator"\ncooperation = "HOL"', "for everything"),
        ('role = "administrator"\nregio = "HOL"', "regio"),
        ("role = ", "line"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_place(lines, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        read_rules(f'[[role]]\nclaim = "groups"\nvalue = "x"\n{lines}\n'.encode())
