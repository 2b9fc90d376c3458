"""The view models of the pages in templates/records/."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _

from tracker import clock, labels
from tracker.domain.editing import places_on_form
from tracker.domain.programme import Programme, Requirement
from tracker.domain.records.base import Field, Sort, scalars_of
from tracker.domain.records.places import kind_of, places
from tracker.domain.rule_kinds import KINDS
from tracker.operations.refusals import Locked
from tracker.programmes import load_programmes
from tracker.queries.codes import initiative_title, name_of
from tracker.queries.codes import named as names_in
from tracker.queries.records import Kept, siblings
from tracker.web.answers import ANSWERS
from tracker.web.curtain import curtained, is_behind, readable
from tracker.web.frame import fictional, language
from tracker.web.passages_view import passage_view
from tracker.web.record_places import Target, verb_title
from tracker.web.region import codes
from tracker.web.saying import own_path

_EARLIER = 6


def head(target: Target, verb: str) -> dict[str, Any]:
    """The head of a form: where one is, and the object with its verb."""
    crumbs: list[dict[str, Any]] = []
    if target.code is not None:
        name = name_of(target.code) or target.code
        crumbs.append({"text": name, "url": url_for("cooperations.overview", code=target.code)})
    else:
        crumbs.append({"text": _("Toepassingen"), "url": url_for("products.index")})
    if target.above is not None:
        above = readable(target.code or "", initiative_title(target.above) or target.above)
        crumbs.append({"text": above, "url": url_for("initiatives.detail", id=target.above)})
    title = verb_title(target, verb)
    return {"title": title, "fictional": fictional(), "crumbs": [*crumbs, {"text": title}], "facts": [], "buttons": []}


def back(target: Target, typed: str | None = None) -> str:
    """Where one was: what the form carries, what the address says, the page that led here, else the parent's."""
    referrer = request.referrer if (request.referrer or "").startswith(request.host_url) else None
    from_page = own_path("/" + referrer[len(request.host_url) :]) if referrer else None
    if from_page and from_page.partition("?")[0].endswith(("/vastleggen", "/corrigeren", "/verwijderen", "/aanmelden")):
        from_page = None
    return own_path(typed) or own_path(request.args.get("terug")) or from_page or target.page


def form_page(target: Target, held: Kept | None, *, version: int, back_to: str, may_remove: bool) -> dict[str, Any]:
    """The view model of templates/records/form.html; `turns` is added by who knows them."""
    verb = "add" if held is None else "correct"
    number = None if held is None else held.number
    away = None
    if number is not None and may_remove:
        away = {"text": _("Dit was fout: verwijderen"), "url": target.address("remove", number, terug=back_to)}
    return {
        "head": head(target, verb),
        "action": target.address(verb, number),
        "submit": verb_title(target, "add") if held is None else _("Correctie vastleggen"),
        "draft": _("Bewaren als concept"),
        "cancel_url": back_to,
        "version": version,
        "back": back_to,
        "turns": None,
        "source": _source(target.place),
        "earlier": _earlier(target, number),
        "remove": away,
    }


def _source(place: str) -> dict[str, Any] | None:
    """The passage that asks for this kind of record, of the first programme in force that has one."""
    names = frozenset(places_on_form(place)) | {places()[place].kind.declared.name}
    for programme, asked in _asking(place, names):
        if (programme.valid_from or date.min) <= clock.today():
            return passage_view(asked.source, programme, asked.valid_from)
    return None


@cache
def _asking(place: str, names: frozenset[str]) -> tuple[tuple[Programme, Requirement], ...]:
    """The requirements whose rule reads this kind: those its form answers first, then those that read little else."""
    answered = [kind for kind, answer in ANSWERS.items() if answer.place == place]
    found = [
        ((answered.index(asked.kind) if asked.kind in answered else 99, len(KINDS[asked.kind].reads)), programme, asked)
        for programme in load_programmes()
        for asked in programme.requirements
        if KINDS[asked.kind].reads & names
    ]
    return tuple((programme, asked) for _, programme, asked in sorted(found, key=lambda item: item[0]))


def _earlier(target: Target, own: int | None) -> list[dict[str, Any]]:
    """What was recorded before of this kind, newest first."""
    if places()[target.place].is_root:
        return []
    known = curtained(target.code, (item for item in kept_of(target) if item.number != own))[::-1]
    return [
        {
            "day": day_of(item) if has_day(item) else title_of(item),
            "text": [title_of(item)] if has_day(item) else [],
            "url": target.address("correct", item.number),
            "tone": "slate",
            "icon": "file-earmark-text",
        }
        for item in known[:_EARLIER]
    ]


def kept_of(target: Target) -> list[Kept]:
    """The records of a list, without those about a practice that the reader may not know."""
    return [item for item in siblings(target.place, target.parent) if not is_behind(target.code, item)]


def has_day(item: Kept) -> bool:
    """Whether a record counts from a day of its own."""
    return any(item.values[name] is not None for name in kind_of(item.place).declared.since)


def day_of(item: Kept) -> str:
    """The day from which a record counts, in words; its kind where it has none."""
    declared = kind_of(item.place).declared
    day = next((item.values[name] for name in declared.since if item.values[name] is not None), None)
    return labels.day_words(day, language()) if day else labels.words(declared.label, language())


def named(field: Field, value: Any) -> str:
    """A value in words; what is stored as a code is called by its name, as in the lists of the forms."""
    if type(value) is not str:  # a member of an enumeration is a text, too
        return str(labels.value_text(value, language()))
    known = codes()
    if field.catalogue == "direction" and value in known.directions:
        return f"{value} {labels.words(known.directions[value].title, language())}"
    if field.catalogue == "insurer":
        return known.insurers.get(value, value)
    if field.attribute == "rule" and value in known.rules:
        return labels.words(known.rules[value], language())
    if field.refers_to in ("product", "his_product"):
        return f"{_names(field.refers_to)[value]} ({value})" if value in _names(field.refers_to) else value
    return value


def _names(place: str) -> dict[str, str]:
    """The names of a list of the register by code; asked once per request."""
    held: dict[str, dict[str, str]] = g.setdefault("names_of_register", {})
    if place not in held:
        held[place] = dict(names_in(place))
    return held[place]


def title_of(item: Kept) -> str:
    """A record in a few words: its name or key, without its first day."""
    kind, tongue = kind_of(item.place), language()
    names = [field for field in scalars_of(kind) if field.attribute in kind.declared.key and field.sort is not Sort.DAY]
    titled = [field for field in scalars_of(kind) if field.attribute in ("name", "title") and field not in names]
    held = [field for field in (*names, *titled) if item.values[field.attribute] is not None]
    label = labels.words(kind.declared.label, tongue)
    if not held:
        return label
    words = [named(field, item.values[field.attribute]) for field in held]
    numbered = [
        f"{labels.words(field.label, tongue).lower()} {word}" if word.isdigit() else word
        for field, word in zip(held[1:], words[1:], strict=True)
    ]
    short = " · ".join(word if len(word) <= 120 else f"{word[:119]}…" for word in (words[0], *numbered))
    is_bare = words[0].isdigit() and not any(field in titled for field in held)
    return f"{label} {short}" if is_bare else short


def locked_words(locked: Locked) -> str:
    """Why nothing of a closed round is changed."""
    day = labels.day_words(locked.locked_on, language())
    words = _("Ronde %(number)s is vastgesteld op %(day)s en blijft zoals zij is.", number=locked.number, day=day)
    return str(words)


def revision(text: str | None) -> int | None:
    """The revision that a form was opened with; None for anything else that was sent."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None
