"""What the explanation pages say: read once from the data files beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.finding import Status
from tracker.domain.programme import Words
from tracker.web.chips import chip_of
from tracker.web.frame import fictional, language

HERE = Path(__file__).parent


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word of the field with its meaning."""

    key: str
    term: Words
    meaning: Words


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A heading with paragraphs and a list."""

    key: str
    title: Words
    paragraphs: tuple[Words, ...] = ()
    items: tuple[Words, ...] = ()


class Explanation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page of explanation."""

    title: Words
    lead: Words
    sections: tuple[Section, ...] = ()


@cache
def terms() -> tuple[Term, ...]:
    """The words of the field."""
    return msgspec.convert(_read("terms.toml")["terms"], tuple[Term, ...])


@cache
def explanations() -> dict[str, Explanation]:
    """The pages of explanation by name."""
    return msgspec.convert(_read("explanations.toml"), dict[str, Explanation])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def terms_page() -> dict[str, Any]:
    """The view model of templates/explanation/terms.html: the words in the order of the alphabet, by first letter."""
    tongue = language()
    by_letter: dict[str, list[dict[str, str]]] = {}
    for item in sorted(terms(), key=lambda item: labels.words(item.term, tongue).casefold()):
        by_letter.setdefault(labels.words(item.term, tongue)[0].upper(), []).append(_term(item, tongue))
    return {
        "head": _head(_("Begrippen"), _("De woorden van dit vak en van dit systeem, kort uitgelegd.")),
        "letters": [{"letter": letter, "terms": listed} for letter, listed in by_letter.items()],
        "total": len(terms()),
    }


def _term(item: Term, tongue: str) -> dict[str, str]:
    """The word in the reader's language, with the other beside it: papers are Dutch."""
    word = labels.words(item.term, tongue)
    other = item.term.nl if tongue == "en" else item.term.en
    return {
        "key": item.key,
        "word": word[:1].upper() + word[1:],
        "other": other if other.casefold() != word.casefold() else "",
        "other_language": "nl" if tongue == "en" else "en",
        "meaning": labels.words(item.meaning, tongue),
    }


def explanation_page(name: str) -> dict[str, Any]:
    """The view model of templates/explanation/page.html."""
    page, tongue = explanations()[name], language()
    return {
        "head": _head(labels.words(page.title, tongue), labels.words(page.lead, tongue)),
        "sections": [_section(item, tongue) for item in page.sections],
    }


def _section(item: Section, tongue: str) -> dict[str, Any]:
    return {
        "key": item.key,
        "title": labels.words(item.title, tongue),
        "paragraphs": [labels.words(text, tongue) for text in item.paragraphs],
        "points": [labels.words(text, tongue) for text in item.items],
    }


def _head(title: str, lead: str) -> dict[str, Any]:
    return {
        "title": title,
        "lead": lead,
        "fictional": fictional(),
        "buttons": [{"text": _("Afdrukken"), "print": True}],
    }


def figures_page() -> dict[str, Any]:
    """The page about the figures, with every status as it is drawn."""
    meanings = {
        Status.MET: _("Op tijd en volledig"),
        Status.LATE: _("Behaald na de uiterste datum; de dagen staan erbij"),
        Status.PARTIAL: _("Een deel ontbreekt"),
        Status.NOT_MET: _("De datum is voorbij en het bewijs ontbreekt"),
        Status.PENDING: _("De datum is nog niet geweest"),
        Status.NA: _("De regel geldt hier niet; er staat bij waarom"),
        Status.UNKNOWN: _("Een feit dat nodig is, is nooit vastgelegd"),
        Status.ADVISORY: _("Geen eis, wel belangrijk"),
    }
    rows = [{"status": chip_of(status), "meaning": meaning} for status, meaning in meanings.items()]
    return explanation_page("figures") | {"statuses": rows}


def shortcuts_page(navigation: list[dict[str, Any]]) -> dict[str, Any]:
    """The page of shortcuts: those of the navigation as they stand in the frame, and the fixed ones."""
    rows = [{"keys": ["/"], "text": _("Zoeken")}]
    rows += [{"keys": item["shortcut"].split(), "text": _("Naar %(page)s", page=item["label"])} for item in navigation]
    rows += [
        {"keys": ["d"], "text": _("Peildatum kiezen")},
        {"keys": ["?"], "text": _("Deze pagina")},
    ]
    meeting = [
        {"keys": ["J"], "text": _("Volgend onderwerp")},
        {"keys": ["K"], "text": _("Vorig onderwerp")},
        {"keys": ["1", "2", "3", "4", "5"], "text": _("Score kiezen")},
    ]
    return explanation_page("shortcuts") | {"rows": rows, "meeting": meeting}
