"""What the commands say: in Dutch, or in English where the locale asks for it."""

from __future__ import annotations

import os
import re
from typing import TypeVar

import click

T = TypeVar("T")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class Refused(Exception):
    """Why a command did not do what it was asked: exit status 1."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.nl, self.en = nl, en


class WrongUse(click.UsageError):
    """The command was called in a way it does not know: exit status 2."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(say(nl, en))


def language() -> str:
    """`en` where LC_ALL, else LC_MESSAGES, else LANG starts with en; in every other case `nl`."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "en" if next(filter(None, named), "").lower().startswith("en") else "nl"


def say(nl: T, en: T) -> T:
    """The wording for this locale."""
    return en if language() == "en" else nl


def plain(text: str) -> str:
    """Text of a dossier on one line of a terminal: no character that steers it, breaks the line or turns the order."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def usage_words(error: click.UsageError) -> str:
    """What is wrong with a call, in the words of the locale."""
    if language() == "en" or isinstance(error, WrongUse):
        return error.format_message()
    if isinstance(error, click.NoSuchOption):
        near = f"; bedoelt u {', '.join(error.possibilities)}?" if error.possibilities else ""
        return f"de optie {error.option_name} bestaat niet{near}"
    if isinstance(error, click.MissingParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else error.param_hint
        return f"er ontbreekt: {name}"
    if isinstance(error, click.BadParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else error.param_hint
        return f"{name}: {_value_words(error)}"
    return _other_words(error.message)


def _value_words(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"kies uit: {', '.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        return f"schrijf een geheel getal van {kind.min} tot en met {kind.max}"
    return error.message


def _other_words(message: str) -> str:
    patterns = (
        (r"No such command '(.*)'\.", r"het commando \1 bestaat niet"),
        (r"Got unexpected extra arguments? \((.*)\)", r"te veel op de regel: \1"),
        (r"Option '(.*)' requires an argument\.", r"de optie \1 vraagt een waarde"),
        (r"Missing command\.", "noem een commando"),
    )
    for pattern, words in patterns:
        if found := re.match(pattern, message):
            return found.expand(words)
    return message
