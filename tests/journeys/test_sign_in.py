"""Coming in, as a person does it."""

import pytest

from tracker.operations.accounts import DEMO_PASSWORD


def test_a_board_member_comes_in_with_a_password_by_keyboard(visit):
    page = visit("/aanmelden")
    page.get_by_label("E-mailadres").fill("bestuurder@demo.example")
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.keyboard.press("Enter")
    assert answered.value.status == 302


def test_a_wrong_password_is_said_where_it_is_read_at_once(visit):
    page = visit("/aanmelden")
    page.get_by_label("E-mailadres").fill("bestuurder@demo.example")
    page.get_by_label("Wachtwoord").fill("verkeerd")
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    assert "klopt niet" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("E-mailadres").input_value() == "bestuurder@demo.example"


@pytest.mark.parametrize("width", [1440, 390])
def test_the_sign_in_page_fits_a_desk_and_a_pocket(visit, page, width):
    page.set_viewport_size({"width": width, "height": 844})
    visit("/aanmelden")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
