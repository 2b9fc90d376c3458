"""The page of its own of every `Waarom?`: a rule, what it is about, and why it stands as it does."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from tracker import labels
from tracker.access import requires
from tracker.domain.addresses import Addresses
from tracker.domain.changes import subject_names
from tracker.domain.finding import Finding
from tracker.domain.policy import Action
from tracker.queries.journal import recorded
from tracker.queries.subjects import cooperation_of
from tracker.web.dates import days, link
from tracker.web.frame import about_page, fictional, language
from tracker.web.scope import Visible, one
from tracker.web.why_view import records_of, why_view

blueprint = Blueprint("why", __name__, url_prefix="/waarom")


@blueprint.url_value_preprocessor
def _subject(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """`code` may name an initiative or a practice: the door is asked about its cooperation, the view about itself."""
    if values and "code" in values:
        values["subject"] = values["code"]
        values["code"] = cooperation_of(values["code"]) or values["code"]


@blueprint.url_defaults
def _code(_endpoint: str, values: dict[str, Any]) -> None:
    """The address names the subject again."""
    if "subject" in values:
        values["code"] = values.pop("subject")


@blueprint.get("/<rule>/<code>")
@requires(Action.see_cooperation)
def detail(rule: str, code: str, subject: str) -> ResponseReturnValue:
    """A rule of a cooperation, an initiative or a practice."""
    return _page(rule, code, subject)


@blueprint.get("/<rule>/<code>/ronde/<int:number>", endpoint="round")
@requires(Action.see_cooperation)
def round_(rule: str, code: str, subject: str, number: int) -> ResponseReturnValue:
    """A rule of an evaluation round."""
    return _page(rule, code, f"{subject}#{number}")


@blueprint.get("/<rule>/<code>/aanvraag/<claim>")
@requires(Action.see_cooperation)
def application(rule: str, code: str, subject: str, claim: str) -> ResponseReturnValue:
    """A rule of a claim, a declaration or an application."""
    return _page(rule, code, f"{subject}/{claim}")


def _page(rule: str, code: str, subject: str) -> str:
    seen = one(code, only=frozenset({rule}), kinds=frozenset({"waiver", "waiver_signer", "initiative", "round"}))
    found = [item for item in seen.findings if item.subject == subject and rule in (item.rule, item.key)]
    if not found:
        abort(404)
    finding, *others = sorted(found, key=lambda item: item.programme.insurer_key or "~")
    about_page(document=labels.words(finding.requirement.title, language()), region=seen.dossier.name)
    return render_template("why/detail.html", page=_view(finding, others, seen))


def _view(finding: Finding, others: list[Finding], seen: Visible) -> dict[str, Any]:
    addresses = records_of(finding, Addresses(seen.dossier, seen.register))
    wrote = recorded(seen.code, addresses.values(), days().known_at)
    known = {identity: wrote[address] for identity, address in addresses.items() if address in wrote}
    name = subject_names(seen.dossier).get(finding.subject)
    crumbs = [{"text": seen.dossier.name, "url": link("cooperations.overview", code=seen.code)}]
    if name is not None:
        crumbs.append({"text": labels.words(name, language()), "url": _subject_url(finding.subject, seen)})
    title = labels.words(finding.requirement.title, language())
    return {
        "head": {"title": title, "fictional": fictional(), "crumbs": crumbs, "facts": []},
        "why": {**why_view(finding, seen.dossier, recorded=known, related=others), "url": None},
    }


def _subject_url(subject: str, seen: Visible) -> str:
    """The page of an initiative or a round."""
    code, _mark, number = subject.partition("#")
    if number:
        return link("evaluations.detail", code=code, number=int(number))
    owned = any(item.code == subject for item in seen.dossier.initiatives)
    return link("initiatives.detail", id=subject) if owned else link("practices.detail", id=subject)
