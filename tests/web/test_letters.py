"""Letters: both languages, both forms, and names that mean no harm."""

import pytest

from tracker.web.letters import letter

VALUES = {
    "name": "A. Jansen",
    "inviter": "B. Stuurman",
    "role": "bestuurder",
    "scope": "RSV HOL",
    "link": "https://voorbeeld.example/x?a=1&b=2",
    "until": "6 december 2026",
    "hours": 1,
    "moment": "22 november 2026, 14.00 uur",
}
LETTERS = ("invitation", "role_added", "reset", "changed_password", "changed_address", "confirm_address")
WITH_LINK = {"invitation", "role_added", "reset", "confirm_address"}


@pytest.mark.parametrize("template", LETTERS)
@pytest.mark.parametrize(("language", "greeting"), [("nl", "Beste A. Jansen,"), ("en", "Dear A. Jansen,")])
def test_a_letter_says_the_same_in_text_and_html_in_the_readers_language(app, template, language, greeting):
    with app.test_request_context():
        written = letter(template, language, VALUES)
    assert greeting in written.text
    assert greeting in written.html
    assert f'<html lang="{language}">' in written.html
    assert (VALUES["link"] in written.text) is (template in WITH_LINK)
    assert ('href="https://voorbeeld.example/x?a=1&amp;b=2"' in written.html) is (template in WITH_LINK)
    assert "\n" not in written.subject


def test_a_name_can_add_no_header_and_no_markup(app):
    with app.test_request_context():
        written = letter("invitation", "nl", {**VALUES, "inviter": "<b>X</b>\r\nBcc: y@voorbeeld.example"})
    assert written.subject.startswith("<b>X</b>")
    assert "\n" not in written.subject
    assert "<b>X</b>" not in written.html
