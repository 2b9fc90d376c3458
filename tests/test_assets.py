"""The files a browser asks for: of Bootstrap what can match, and one file each for style and scripts of a page."""

import re

import pytest

from tracker import assets

SHEET = """@charset "UTF-8";/*! Licence */:root{--a:1}.btn,.carousel-inner>.btn{color:red}
.carousel{color:blue}.btn:not(.carousel){top:0}.btn:is(.carousel,.btn-x),a{left:0}
@media (min-width:1px){.carousel{top:1px}}@media print{.btn{top:2px}.carousel{top:3px}}@keyframes x{to{top:0}}"""


@pytest.fixture
def kept(monkeypatch) -> str:
    monkeypatch.setattr(assets, "words_in_use", lambda: {"btn"})
    return assets._in_use(SHEET)


def test_a_rule_stays_when_its_classes_are_words_of_the_house(kept):
    assert ".btn{color:red}" in kept
    assert "@media print{.btn{top:2px}}" in kept
    assert ":root{--a:1}" in kept
    assert "@keyframes x{to{top:0}}" in kept


def test_a_rule_that_can_match_nothing_goes(kept):
    assert ".carousel{" not in kept
    assert "carousel-inner" not in kept
    assert "min-width" not in kept


def test_what_a_rule_forbids_or_offers_need_not_be_there(kept):
    assert ".btn:not(.carousel){top:0}" in kept
    assert ".btn:is(.carousel,.btn-x),a{left:0}" in kept


def test_the_licence_stays(kept):
    assert kept.startswith("/*! Licence */")


def test_words_of_templates_and_of_scripts_count():
    words = assets.words_in_use()
    assert {"col-lg-5", "is-open", "form-check-input", "visually-hidden"} <= words
    assert not {"carousel-inner", "offcanvas-header", "accordion-button"} & words


def test_style_and_scripts_of_a_page_are_one_file_each(app, client):
    text = client.get("/aanmelden").get_data(as_text=True)
    assert len(re.findall(r'rel="stylesheet"', text)) == 1
    [address] = app.jinja_env.globals["page_scripts"]
    answer = client.get(address)
    assert "immutable" in answer.headers["Cache-Control"]
    for name in assets.SCRIPTS:
        assert (assets.STATIC / name).read_bytes() in answer.data


def test_a_file_changed_after_the_build_comes_by_itself(own_app, monkeypatch):
    monkeypatch.setattr(assets, "SCRIPTS", assets.SCRIPTS[:2])
    assets.install(own_app)
    assert len(own_app.jinja_env.globals["page_scripts"]) == 2
    assert len(own_app.jinja_env.globals["page_sheets"]) == 1
