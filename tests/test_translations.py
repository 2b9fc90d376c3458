"""Every text of the screen has its English translation, with the same places to fill in."""

import ast
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

HOUSE = Path(__file__).resolve().parent.parent
ENGLISH = HOUSE / "tracker" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PLACES = re.compile(r"%\((\w+)\)s|%%|\{(\w+)\}")
SAYING = {"_", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[Message]:
    """Every text that a template or a module gives to the reader."""
    target = tmp_path_factory.mktemp("texts") / "texts.pot"
    command = ["pybabel", "-q", "extract", "-F", "pyproject.toml", "-k", "lazy_gettext", "-o", str(target), "."]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(HOUSE)
        CommandLineInterface().run(command)
    with target.open("rb") as file:
        return [item for item in read_po(file) if item.id]


@pytest.fixture(scope="module")
def english() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def forms(held: str | tuple[str, ...] | list[str]) -> list[str]:
    return [held] if isinstance(held, str) else list(held)


def test_every_text_has_an_english_translation(texts: list[Message], english: Catalog):
    missing = [item.id for item in texts if not (found := english.get(item.id)) or not all(forms(found.string))]
    assert missing == []


def test_no_translation_is_only_guessed(english: Catalog):
    assert [item.id for item in english if item.id and item.fuzzy] == []


def test_a_translation_has_the_same_places_to_fill_in(english: Catalog):
    for item in english:
        asked = set(PLACES.findall(forms(item.id)[-1]))
        for string in forms(item.string):
            assert set(PLACES.findall(string)) == asked, item.id


def test_a_translation_keeps_the_space_at_its_end(english: Catalog):
    for item in english:
        for string in forms(item.string):
            assert string.endswith(" ") == forms(item.id)[0].endswith(" "), item.id


def test_the_catalogue_can_be_compiled(english: Catalog):
    assert [(item.id, found) for item, found in english.check()] == []
    compiled = BytesIO()
    write_mo(compiled, english)
    compiled.seek(0)
    found = Translations(compiled)
    assert found.gettext("Peildatum") == "Reference day"
    assert found.ngettext("%(num)s regio", "%(num)s regio’s", 2) == "%(num)s regions"


def test_no_text_stands_where_it_can_not_be_gathered(texts: list[Message]):
    """A text that is not written out at the call, or only inside an f-string, would never reach the catalogue."""
    gathered = {forms(item.id)[0] for item in texts}
    for path in sorted((HOUSE / "tracker").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAYING
            if named and call.args:
                place = f"{path.relative_to(HOUSE)}:{call.lineno}"
                assert isinstance(call.args[0], ast.Constant), place
                assert call.args[0].value in gathered, place


def test_a_compiled_catalogue_is_never_committed():
    assert "*.mo" in (HOUSE / ".gitignore").read_text(encoding="utf-8").splitlines()
