"""What stands around every page: navigation, the days, the footer."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_security import current_user

from tracker import access, clock, labels
from tracker.domain.policy import Role
from tracker.domain.programme import Programme, edition_on
from tracker.programmes import load_programmes
from tracker.queries.fiction import only_fiction
from tracker.queries.journal import last_change
from tracker.web.dates import AS_OF, COMPARE, KNOWN, days, here, link

FIRST_YEAR = 2022
INSURERS = frozenset({Role.insurer_region_manager, Role.insurer_reader, Role.administrator})


def language() -> str:
    """The language of the page: nl or en."""
    return str(getattr(get_locale(), "language", "nl"))


def programme() -> Programme:
    """The programme whose roadmap the pages show: that of the reader's insurer, else the first one with a roadmap."""
    day, loaded = days().as_of, load_programmes()
    insurers = [grant.insurer for grant in access.actor().grants if grant.insurer]
    insurers += sorted({item.insurer_key for item in loaded if item.insurer_key and item.groups})
    found = (edition_on(loaded, insurer, day) for insurer in insurers)
    return next(item for item in found if item is not None and item.groups)


def sees_portfolio() -> bool:
    """Insurers and administrators start at the portfolio, others at their own region."""
    return bool(access.actor().roles(clock.today()) & INSURERS)


def frame() -> dict[str, Any]:
    """The view model of templates/components/frame.html, date_bar.html and banner.html."""
    return {
        "home_url": link("home.index"),
        "language": language(),
        "fictional": only_fiction(),
        "nav": _navigation(),
        "search": {"url": url_for("search.index"), "value": request.args.get("q", ""), "hidden": _hidden(AS_OF, COMPARE, KNOWN)},
        "user": _user(),
        "sign_in_url": "/aanmelden",
        "languages": _languages(),
        "date": None if g.get("no_days") else _date_bar(),
        "banners": _banners(),
        "footer": _footer(),
        "message": g.get("message"),
    }


def _navigation() -> list[dict[str, Any]]:
    first = ("portfolio.index", _("Portefeuille"), "g p") if sees_portfolio() else ("home.own_region", _("Mijn regio"), "g p")
    listed = [
        first,
        ("cooperations.index", _("Samenwerkingsverbanden"), "g s"),
        ("initiatives.index", _("Initiatieven"), "g i"),
        ("evaluations.index", _("Evaluaties"), "g e"),
        ("products.index", _("Toepassingen"), "g t"),
        ("funding.index", _("Bekostiging"), "g b"),
        ("examples.index", _("Goede voorbeelden"), "g v"),
    ]
    here_now = (request.blueprint or "").split(".")[0]
    return [
        {
            "label": label,
            "url": link(endpoint),
            "current": endpoint.split(".")[0] == here_now,
            "shortcut": shortcut,
        }
        for endpoint, label, shortcut in listed
    ]


def _user() -> dict[str, Any] | None:
    if not current_user.is_authenticated:
        return None
    actor = access.actor()
    roles = sorted(actor.roles(clock.today()), key=lambda role: list(Role).index(role))
    names = actor.name.split()
    return {
        "initials": "".join(name[0] for name in (names[:1] + names[-1:] if len(names) > 1 else names)).upper(),
        "role": ", ".join(labels.word(role, language()) for role in roles) or _("Geen rol"),
        "scope": _scope(),
        "links": [
            {"label": label, "url": link(endpoint)}
            for endpoint, label in (
                ("programmes.index", _("Programma’s")),
                ("practices.index", _("Praktijken")),
                ("changes.index", _("Wijzigingen")),
                ("api.readable", _("API")),
            )
        ],
        "sign_out_url": "/afmelden",
    }


def _scope() -> str:
    held = [grant for grant in access.actor().grants if grant.holds(clock.today())]
    own = sorted({grant.cooperation for grant in held if grant.cooperation})
    insurers = {item.insurer.key: item.insurer.name for item in load_programmes() if item.insurer}
    named = sorted({insurers.get(grant.insurer, grant.insurer) for grant in held if grant.insurer})
    return ", ".join([*named, *own]) or _("alle regio’s")


def _languages() -> list[dict[str, Any]]:
    now = language()
    words = (("nl", "Nederlands"), ("en", "English"))
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return [
        {"code": code, "label": label, "url": url_for("home.language", language=code, terug=back), "current": code == now}
        for code, label in words
    ]


def _hidden(*names: str, without: str = "") -> list[dict[str, str]]:
    kept = names or tuple(request.args)
    return [{"name": name, "value": value} for name in kept if name != without for value in request.args.getlist(name)]


def _date_bar() -> dict[str, Any]:
    now, tongue = days(), language()
    choices = _choices()
    return {
        "as_of": {"text": labels.day_words(now.as_of, tongue), "typed": labels.day_short(now.as_of)},
        "fixed": g.get("fixed_day"),
        "error": None,
        "action": request.path,
        "hidden": _hidden(without=AS_OF),
        "choices": [
            {"text": text, "day": labels.day_words(day, tongue), "url": here(**{AS_OF: _parameter(day)}), "current": day == now.as_of}
            for text, day in choices
        ],
        "compare": _compare(choices),
        "known_at": {
            "text": labels.day_words(now.known_on, tongue) if now.known_on else None,
            "typed": labels.day_short(now.known_on) if now.known_on else "",
            "hidden": _hidden(without=KNOWN),
            "clear_url": here(**{KNOWN: None}),
        },
        "ribbon": _ribbon(),
    }


def _parameter(day: date) -> str | None:
    """Today needs no parameter: such a link means the day on which it is opened."""
    return None if day == days().today else day.isoformat()


def _compare(choices: list[tuple[str, date]]) -> dict[str, Any]:
    now, tongue = days(), language()
    return {
        "text": labels.day_words(now.compare, tongue) if now.compare else None,
        "typed": labels.day_short(now.compare) if now.compare else "",
        "hidden": _hidden(without=COMPARE),
        "choices": [
            {"text": text, "day": labels.day_words(day, tongue), "url": here(**{COMPARE: day.isoformat()}), "current": day == now.compare}
            for text, day in choices
            if day != now.as_of
        ],
        "clear_url": here(**{COMPARE: None}),
    }


def _choices() -> list[tuple[str, date]]:
    """Today, the last evaluation where a page knows it, and the programme's own days."""
    today = days().today
    listed = [(_("Vandaag"), today)]
    held: date | None = g.get("last_round_on")
    if held is not None:
        listed.append((_("Laatste evaluatie"), held))
    for item in programme().key_dates:
        if item.on <= today:
            listed.append((labels.words(item.title, language()), item.on))
    return listed


def _ribbon() -> dict[str, Any]:
    now, tongue = days(), language()
    last_year = now.today.year
    start, end = date(FIRST_YEAR, 1, 1), date(last_year + 1, 1, 1)

    def place(day: date) -> float:
        share = 100 * (day - start).days / (end - start).days
        return round(min(max(share, 0.0), 100.0), 2)

    as_of = place(now.as_of)
    compare = place(now.compare) if now.compare else None
    return {
        "label": _("Tijdlijn van %(first)s tot en met %(last)s", first=FIRST_YEAR, last=last_year),
        "years": [{"x": place(date(year, 1, 1)), "text": str(year)} for year in range(FIRST_YEAR, last_year + 1)],
        "known": as_of,
        "as_of": {"x": as_of, "anchor": _anchor(as_of)},
        "compare": None if now.compare is None else {"x": compare, "name": labels.day_words(now.compare, tongue)},
        "period": None if compare is None else {"x": min(compare, as_of), "to": max(compare, as_of)},
        "marks": [
            {
                "x": place(item.on),
                "text": labels.words(item.title, tongue) if abs(place(item.on) - as_of) > 9 and not item.soft else None,
                "name": f"{_('Peildatum')} {labels.day_words(item.on, tongue)}: {labels.words(item.title, tongue)}",
                "url": here(**{AS_OF: _parameter(item.on)}),
                "anchor": _anchor(place(item.on)),
            }
            for item in programme().key_dates
            if start <= item.on <= min(now.today, end)
        ],
    }


def _anchor(x: float) -> str:
    return "start" if x < 6 else "end" if x > 94 else "middle"


def _banners() -> list[dict[str, Any]]:
    if g.get("no_days"):
        return []
    now, tongue, found = days(), language(), []
    back = {"text": _("Terug naar vandaag"), "url": here(**{AS_OF: None, KNOWN: None})}
    if now.as_of < now.today:
        found.append(
            {
                "kind": "past",
                "icon": "clock-history",
                "title": _("U kijkt naar %(day)s.", day=labels.day_words(now.as_of, tongue)),
                "text": _("Wijzigen kan alleen op de peildatum van vandaag."),
                "link": back,
            }
        )
    if now.known_on is not None:
        found.append(
            {
                "kind": "past",
                "icon": "journal-text",
                "title": _("U ziet wat bekend was op %(day)s.", day=labels.day_words(now.known_on, tongue)),
                "text": _("Wat later is vastgelegd of gecorrigeerd, telt hier niet mee."),
                "link": back,
            }
        )
    return found + list(g.get("banners", ()))


def _footer() -> dict[str, Any]:
    tongue, asked = language(), programme()
    changed = last_change()
    return {
        "as_of": None if g.get("no_days") else labels.day_words(days().as_of, tongue),
        "programme": _("kader %(title)s, versie %(version)s", title=labels.words(asked.title, tongue), version=asked.version),
        "data_age": None
        if changed is None
        else _("laatst gewijzigd op %(day)s", day=labels.day_words(changed.astimezone(clock.AMSTERDAM).date(), tongue)),
        "fictional": only_fiction(),
        "demo_today": days().today if clock.today() != clock.real_today() else None,
        "links": [
            {"label": label, "url": link(endpoint)}
            for endpoint, label in (
                ("explanation.terms", _("Begrippen")),
                ("explanation.accessibility", _("Toegankelijkheid")),
                ("explanation.figures", _("Over de cijfers")),
                ("explanation.shortcuts", _("Sneltoetsen")),
            )
        ],
    }


def install(app: Flask) -> None:
    """Give every template `frame`, computed only where the frame is drawn, and the links that keep the days."""
    app.jinja_env.globals.update(frame=_Lazy(), link=link, here=here)


class _Lazy:
    """The frame on first use within a request: answers in JSON or XLSX never pay for it."""

    def __getattr__(self, name: str) -> Any:
        held = g.get("frame")
        if held is None:
            held = g.frame = frame()
        return held.get(name)


