"""What stands around every page: navigation, the days, the footer.

A page says what it is about with `about_page(document=…, region=…, filters=…)`: the head on paper repeats it. Besides,
a page may set on `flask.g`: last_round_on (a choice of the peildatum), banners (see components/banner.html), fixed_day
(a sentence: the day has no control), no_days (the page has no peildatum), message (see components/states.html notice).
"""

from __future__ import annotations

from typing import Any

from flask import Flask, g, get_flashed_messages, request, session, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_security import current_user

from tracker import access, clock, labels
from tracker.domain.policy import Action, Grant, Role
from tracker.domain.programme import Programme, edition_on
from tracker.programmes import load_programmes
from tracker.queries.fiction import only_fiction
from tracker.queries.journal import last_change
from tracker.queries.people import working_read_link
from tracker.web.date_bar import date_bar, hidden_fields
from tracker.web.dates import AS_OF, COMPARE, KNOWN, days, exists, here, link
from tracker.web.saying import said

INSURERS = frozenset({Role.insurer_region_manager, Role.insurer_reader, Role.administrator})


def language() -> str:
    """The language of the page: nl or en."""
    return str(getattr(get_locale(), "language", "nl"))


def programme() -> Programme:
    """The programme whose roadmap the pages show: that of the reader's insurer, else the first one with a roadmap."""
    day, loaded = days().as_of, load_programmes()
    insurers = [grant.insurer for grant in _grants() if grant.insurer]
    insurers += sorted({item.insurer_key for item in loaded if item.insurer_key and item.groups})
    found = (edition_on(loaded, insurer, day) for insurer in insurers)
    return next(item for item in found if item is not None and item.groups)


def fictional() -> bool:
    """Whether everything in this installation is invented: every page and download then says so."""
    if "fictional" not in g:
        g.fictional = only_fiction()
    return bool(g.fictional)


def sees_portfolio() -> bool:
    """Insurers and administrators start at the portfolio, others at their own region."""
    return any(grant.role in INSURERS for grant in _grants())


def about_page(*, document: str, region: str | None = None, filters: list[str] | None = None) -> None:
    """Say what stands on the page, for the head on paper: its title, its region and its filters in words."""
    g.about_page = {"document": document, "region": region, "filters": ", ".join(filters or ()) or _("geen filters")}


def _grants() -> list[Grant]:
    """The roles that the reader holds today; none on the pages for everybody."""
    return [grant for grant in g.actor.grants if grant.holds(clock.real_today())] if "actor" in g else []


def frame() -> dict[str, Any]:
    """The view model of templates/components/frame.html, date_bar.html and banner.html."""
    return {
        "home_url": link("home.index"),
        "language": language(),
        "fictional": fictional(),
        "nav": navigation(),
        "search": _search(),
        "user": _user(),
        "sign_in_url": "/aanmelden",
        "languages": _languages(),
        "date": None if g.get("no_days") else date_bar(programme().key_dates, language()),
        "banners": _banners(),
        "footer": _footer(),
        "message": g.get("message") or said() or flashed(),
        "print": _print(),
    }


def flashed() -> dict[str, Any] | None:
    """What the request before this one had to say, with `flask.flash(text, "info")` or `"error"`."""
    said = get_flashed_messages(with_categories=True)
    if not said:
        return None
    wrong = any(item[0] == "error" for item in said)
    look = {"tone": "red", "icon": "exclamation-triangle-fill"} if wrong else {"tone": "blue", "icon": "info-circle"}
    texts = dict.fromkeys(str(item[1]) for item in said)  # each once
    return {**look, "text": " ".join(texts), "alert": wrong, "focus": True}


def _search() -> dict[str, Any] | None:
    if not exists("search.index"):
        return None
    return {
        "url": url_for("search.index"),
        "value": request.args.get("q", ""),
        "hidden": hidden_fields(AS_OF, COMPARE, KNOWN),
    }


def navigation() -> list[dict[str, Any]]:
    """The areas of the house, with the shortcut to each."""
    portfolio, own = ("portfolio.index", _("Portefeuille"), "g p"), ("home.own_region", _("Mijn regio"), "g p")
    listed = [
        portfolio if sees_portfolio() else own,
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
        if exists(endpoint)
    ]


def _user() -> dict[str, Any] | None:
    if not current_user.is_authenticated or "actor" not in g:
        return None
    actor = access.actor()
    roles = sorted(actor.roles(clock.real_today()), key=list(Role).index)
    names = actor.name.split()
    return {
        "initials": "".join(name[0] for name in (names[:1] + names[-1:] if len(names) > 1 else names)).upper(),
        "role": labels.capital(", ".join(labels.word(role, language()) for role in roles)) or _("Geen rol"),
        "scope": _scope(),
        "links": [
            {"label": label, "url": link(endpoint)}
            for endpoint, label in (
                ("account.index", _("Mijn account")),
                ("actions.index", _("Acties")),
                ("programmes.index", _("Programma’s")),
                ("practices.index", _("Praktijken")),
                ("changes.index", _("Wijzigingen")),
                ("history.index", _("Geschiedenis")),
                ("api.readable", _("API")),
                *([("administration.index", _("Beheer"))] if access.allows(Action.administer) else []),
            )
            if exists(endpoint)
        ],
        "sign_out_url": "/afmelden",
    }


def _scope() -> str:
    held = _grants()
    own = sorted({grant.cooperation for grant in held if grant.cooperation})
    insurers = {item.insurer.key: item.insurer.name for item in load_programmes() if item.insurer}
    named = sorted({insurers.get(grant.insurer, grant.insurer) for grant in held if grant.insurer})
    return ", ".join([*named, *own]) or _("alle regio’s")


def _languages() -> list[dict[str, Any]]:
    now = language()
    words = (("nl", "Nederlands"), ("en", "English"))
    back = request.full_path.rstrip("?") if request.method == "GET" and not g.get("no_days") else "/"
    urls = {code: url_for("home.language", language=code, terug=back) for code, _label in words}
    return [{"code": code, "label": label, "url": urls[code], "current": code == now} for code, label in words]


def _banners() -> list[dict[str, Any]]:
    if g.get("no_days"):
        return _reading_along()
    now, tongue, found = days(), language(), _reading_along()
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


def _reading_along() -> list[dict[str, Any]]:
    """For who reads along by a link: who gave it, and until when it works."""
    held = None if "actor" not in g or g.actor.has_account else working_read_link(session[access.READ_LINK])
    if held is None:
        return []
    until = labels.day_words(held.valid_until.astimezone(clock.AMSTERDAM).date(), language())
    return [
        {
            "kind": "locked",
            "icon": "lock-fill",
            "title": _("U leest mee met %(code)s.", code=held.cooperation),
            "text": _("%(name)s gaf deze link. Hij werkt tot en met %(day)s.", name=held.made_by_name, day=until),
        }
    ]


def _footer() -> dict[str, Any]:
    tongue, changed = language(), last_change()
    return {
        "as_of": None if g.get("no_days") else labels.day_words(days().as_of, tongue),
        "programme": programme_words(),
        "data_age": None
        if changed is None
        else _("laatst gewijzigd op %(day)s", day=labels.day_words(changed.astimezone(clock.AMSTERDAM).date(), tongue)),
        "fictional": fictional(),
        "demo_today": None
        if clock.today() == clock.real_today()
        else _("vandaag is hier %(day)s", day=labels.day_words(clock.today(), tongue)),
        "links": [
            {"label": label, "url": link(endpoint), "shortcut": shortcut}
            for endpoint, label, shortcut in (
                ("explanation.terms", _("Begrippen"), None),
                ("explanation.accessibility", _("Toegankelijkheid"), None),
                ("explanation.figures", _("Over de cijfers"), None),
                ("explanation.shortcuts", _("Sneltoetsen"), "?"),
            )
            if exists(endpoint)
        ],
    }


def programme_words() -> str:
    asked = programme()
    return str(_("%(title)s, versie %(version)s", title=labels.words(asked.label, language()), version=asked.version))


def _print() -> dict[str, Any] | None:
    about = g.get("about_page")
    if about is None:
        return None
    now, tongue = days(), language()
    return {
        **about,
        "fictional": fictional(),
        "as_of": labels.day_words(now.as_of, tongue),
        "programme": programme_words(),
        "compare": labels.day_words(now.compare, tongue) if now.compare else None,
        "made": _("Gemaakt op %(moment)s", moment=labels.moment_text(clock.now(), tongue)),
    }


def install(app: Flask) -> None:
    """Give every template `frame`, computed only where the frame is drawn, and the links that keep the days."""
    app.jinja_env.globals.update(frame=_Lazy(), link=link, here=here, flashed=flashed)
    app.jinja_env.globals.update(page_language=language, language_links=_languages)


class _Lazy:
    """The frame on first use within a request: answers in JSON or XLSX never pay for it."""

    def __getattr__(self, name: str) -> Any:
        held: dict[str, Any] | None = g.get("frame")
        if held is None:
            held = g.frame = frame()
        return held.get(name)
