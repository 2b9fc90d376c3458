"""The meeting pack and the minutes of a round: which document is read, and as what it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from flask import Response, abort, g, redirect, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import access, assets, clock, labels
from tracker.domain.canonical import Json
from tracker.domain.closing import final_on
from tracker.domain.records.enums import Party
from tracker.domain.records.evaluation import Round
from tracker.exchange.pack import DOCUMENT, Part, packed_parts
from tracker.exchange.pdf import NoPdf, to_pdf
from tracker.exchange.tables import to_xlsx
from tracker.queries.documents import Stored, draft_document, stored_document, versions_known
from tracker.queries.findings import standings
from tracker.web.closing_view import lock_words
from tracker.web.dates import days, link
from tracker.web.evidence_uploads import store
from tracker.web.frame import fictional, language
from tracker.web.meeting_view import remark_rows
from tracker.web.minutes_view import paper_page
from tracker.web.paper import Paper
from tracker.web.paper_files import evidence_parts
from tracker.web.paper_tables import paper_origin, paper_tables, roadmap_table
from tracker.web.problems import problem

SHEET = assets.STATIC / "css" / "paper.css"


class Read(NamedTuple):
    """A document, and how it came about."""

    content: Json
    text: str
    sha256: str
    held: Round | None
    stored: Stored | None


def pack_answer(code: str, number: int) -> ResponseReturnValue:
    """The pack of a meeting that is not held yet; of one that was held, the way to its minutes."""
    versions = versions_known(code, number)
    held = versions[0] if versions else None
    if held is not None and held.held_on is not None and held.held_on <= days().as_of:
        return redirect(link("evaluations.minutes", code=code, number=number), 303)
    if held is None and number != next_number(code):
        abort(404)
    sides = access.sides().get(code, frozenset())
    draft = draft_document(code, number, held.version if held else None, days().as_of, sides, days().known_at)
    if draft is None:
        abort(404)
    return _answer(code, number, Read(draft.content, draft.text, draft.sha256, held, None), minutes=False)


def minutes_answer(code: str, number: int) -> ResponseReturnValue:
    """The minutes of a meeting that was held, from the document that both parties agreed to where there is one."""
    wanted = request.args.get("versie", "")
    versions = [item for item in versions_known(code, number) if wanted in ("", str(item.version))]
    locked = [item for item in versions if item.locked_on is not None]
    held = next(iter(locked or versions), None)
    if held is None or (held.held_on is not None and held.held_on > days().as_of):
        abort(404)
    if held.held_on is None:
        return redirect(link("evaluations.pack", code=code, number=number), 303)
    stored = stored_document(code, number, held.version)
    if stored is not None:
        return _answer(code, number, Read(stored.content, stored.text, stored.sha256, held, stored), minutes=True)
    draft = draft_document(code, number, held.version, held.held_on, known_at=days().known_at)
    if draft is None:
        abort(404)
    return _answer(code, number, Read(draft.content, draft.text, draft.sha256, held, None), minutes=True)


def next_number(code: str) -> int:
    """The number of the next meeting."""
    found = standings((code,), days().as_of, only=frozenset(), kinds={"round"})
    return max((item.number for one in found for item in one.dossier.rounds), default=0) + 1


def _answer(code: str, number: int, read: Read, *, minutes: bool) -> ResponseReturnValue:
    """The page itself, or the file that the address asks for."""
    kind = request.args.get("formaat", "")
    paper = Paper(read.content, minutes=minutes)
    name = f"regiotracker-{code}-ronde-{number}-{'verslag' if minutes else 'vergaderstuk'}"
    if kind == "json":
        return _file(read.text.encode(), f"{name}.json", "application/json")
    try:
        if kind == "pdf":
            return _file(_pdf(code, paper, read), f"{name}.pdf", "application/pdf")
        if kind == "zip":
            return _zip(code, paper, read, name)
    except NoPdf as missing:
        return problem(503, _("PDF’s maken kan hier niet: op de server ontbreken %(names)s.", names=str(missing)))
    if kind:
        abort(400)
    g.no_days = True
    return render_template(
        "print/page.html", page=_page(code, paper, read) | {"head": _head(code, number, read, paper)}
    )


def _page(code: str, paper: Paper, read: Read) -> dict[str, object]:
    made = labels.moment_text(clock.now(), paper.tongue)
    return paper_page(paper) | {
        "state": _state(read),
        "sha256": read.sha256,
        "made": _("Gemaakt op %(moment)s", moment=made),
        "remarks": remark_rows(code, read.held) if read.held else [],
        "roadmap_table": roadmap_table(paper),
    }


def _state(read: Read) -> str:
    """Whether this is a draft, or closed and by whom, or final."""
    held = read.held
    if held is None or held.held_on is None:
        return str(_("Vergaderstuk voor een gesprek dat nog komt."))
    if held.locked_on is None:
        return str(_("Concept. Beide partijen sluiten deze ronde nog."))
    day = labels.day_words(held.locked_on, language())
    if read.stored is None:
        told = _("Vastgesteld op %(day)s, buiten deze installatie. Opgebouwd uit de gegevens van nu.", day=day)
        return str(told)
    own, other = read.stored.names[Party.COOPERATION], read.stored.names[Party.INSURER]
    told = _("Vastgesteld op %(day)s door %(own)s en %(other)s.", day=day, own=own, other=other)
    end = final_on(held.locked_on)
    until = labels.day_words(end, language())
    final = _("Definitief.") if clock.today() >= end else _("Definitief op %(day)s.", day=until)
    return f"{told} {final}"


def _head(code: str, number: int, read: Read, paper: Paper) -> dict[str, object]:
    where = {"code": code, "number": number}
    endpoint = "evaluations.minutes" if paper.minutes else "evaluations.pack"
    version = {"versie": request.args["versie"]} if request.args.get("versie") else {}
    lock = lock_words(code, read.held) if read.held is not None and read.held.locked_on is not None else None
    return {
        "crumbs": [
            {"text": _("Evaluaties"), "url": link("evaluations.index")},
            {"text": paper.region, "url": link("cooperations.evaluations", code=code)},
            {
                "text": _("Ronde %(number)s", number=number),
                "url": link("evaluations.detail", **where) if paper.minutes else None,
            },
            {"text": _("Verslag") if paper.minutes else _("Vergaderstuk")},
        ],
        "title": f"{_('Verslag') if paper.minutes else _('Vergaderstuk')}, {paper.region}",
        "fictional": fictional(),
        "facts": [_state(read)],
        "lock": lock,
        "buttons": [
            {"text": _("Afdrukken"), "print": True},
            {"text": _("Download als zip"), "url": link(endpoint, **where, **version, formaat="zip"), "download": True},
            {
                "text": _("Download als pdf"),
                "url": link(endpoint, **where, **version, formaat="pdf"),
                "primary": True,
                "download": True,
            },
        ],
    }


# --- files -----------------------------------------------------------------------------------------------------------


def _file(body: bytes, name: str, mimetype: str) -> Response:
    return Response(body, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _pdf(code: str, paper: Paper, read: Read) -> bytes:
    html = render_template("print/document.html", page=_page(code, paper, read), language=paper.tongue)
    return to_pdf(html, SHEET.read_text(encoding="utf-8"))


def _zip(code: str, paper: Paper, read: Read, name: str) -> Response:
    """The whole pack. The PDF comes first: where it can't be made, nothing is sent."""
    drawn = _pdf(code, paper, read)
    made_at = clock.now()
    origin = paper_origin(paper, made_at)

    def parts() -> Iterator[Part]:
        yield f"{'verslag' if paper.minutes else 'vergaderstuk'}.pdf", lambda: drawn
        yield DOCUMENT, read.text.encode
        for title, table in paper_tables(paper).items():
            yield f"tabellen/{title}.xlsx", partial(to_xlsx, table, origin)
        yield from evidence_parts(paper_page(paper)["evidence"], store())

    sent = stream_with_context(packed_parts(parts(), read.sha256, made_at))
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return Response(sent, mimetype="application/zip", headers=headers)
