"""One record at a time: adding, correcting and removing, and what two people do to each other's work."""

from __future__ import annotations

from datetime import date, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tracker.domain.editing import has_own_form
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen, Role
from tracker.domain.records.places import EVIDENCE, places
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.models.records import TABLES
from tracker.operations.journal import Conflict
from tracker.operations.record_removal import remove_record
from tracker.operations.records import Saved, save_record
from tracker.operations.refusals import Forbidden, Gone, InUse, Locked, Overtaken, Refused
from tracker.programmes import catalogue, load_programmes
from tracker.queries.codes import number_of
from tracker.queries.dossiers import load
from tracker.queries.findings import journal_position
from tracker.queries.records import kept

TODAY = date(2026, 10, 1)
BOARD = Pen(frozenset({Role.board_member}))
LEADER = Pen(frozenset({Role.project_leader}))
LIAISON = Pen(frozenset({Role.practice_liaison}))
CHAIR = Pen(frozenset({Role.evaluation_chair}))
MANAGER = Pen(frozenset({Role.insurer_region_manager}), frozenset({"menzis"}))
READER = Pen(frozenset({Role.insurer_reader}), frozenset({"menzis"}))
ADMIN = Pen(frozenset({Role.administrator}))
ALL = Pen(frozenset(Role), frozenset({"menzis", "zorg_en_zekerheid"}))


def codes() -> Any:
    return catalogue(load_programmes()).codes


def save(
    place: str, entry: Entry, *, pen: Pen = ALL, under: tuple[str, str] | None = ("cooperation", "HOL"), **more: Any
) -> Saved:
    parent = number_of(*under) if under and entry.number is None else None
    known = {"seen": journal_position(), "by": "B. Stuurman", "today": TODAY, "catalogues": codes()}
    return save_record(place=place, entry=entry, parent=parent, pen=pen, **(known | more))


def number(place: str, **values: Any) -> int:
    """The number of a stored record with these values."""
    table = TABLES[place]
    found = db.session.scalars(select(table.c.id).where(*(table.c[name] == value for name, value in values.items())))
    return found.one()


def lines(since: int) -> list[tuple[str, str]]:
    """Action and address of what was written after a revision."""
    query = select(LINE.c.action, LINE.c.address).where(LINE.c.revision_id > since).order_by(LINE.c.id)
    return [(action, address) for action, address in db.session.execute(query)]


def hol(kind: str) -> Any:
    return getattr(load(("HOL",)).dossiers[0], kind)


VISION = Entry(
    given={"version": 9, "title": "Visie 2027", "adopted_on": "2026-09-28"},
    children={
        "texts": [
            Entry(given={"part": "urgency", "recorded_on": "2026-09-28", "text": "De telefoon staat niet stil."})
        ],
        "support": [
            Entry(given={"stated_on": "2026-09-28", "supported": True, "kind": "member_vote", "share_pct": "91"})
        ],
        "evidence": [Entry(given={"title": "Verslag", "kind": "minutes"})],
    },
)


def test_a_vision_is_added_with_all_that_stands_on_its_form(house: object) -> None:
    before = journal_position()
    saved = save("vision", VISION, reason="besluit van de leden")
    assert (saved.address, saved.written, saved.is_new) == ("HOL/visions/9", 4, True)
    vision = next(item for item in hol("visions") if item.version == 9)
    assert vision.texts[0].text == "De telefoon staat niet stil."
    assert (vision.support[0].share_pct, vision.evidence[0].title) == (91, "Verslag")
    assert lines(before) == [
        ("added", "HOL/visions/9"),
        ("added", "HOL/visions/9/texts/urgency;2026-09-28"),
        ("added", "HOL/visions/9/support/2026-09-28"),
        ("added", "HOL/visions/9/evidence/Verslag;"),
    ]
    by, reason = db.session.execute(select(REVISION.c.by, REVISION.c.reason).order_by(REVISION.c.id.desc())).first()
    assert (by, reason) == ("B. Stuurman", "besluit van de leden")


def test_the_same_form_sent_twice_saves_once(house: object) -> None:
    first = save("vision", VISION)
    position = journal_position()
    again = save("vision", VISION)
    assert (again.number, again.written) == (first.number, 0)
    assert journal_position() == position


def test_another_record_with_the_same_key_is_refused_with_what_to_do(house: object) -> None:
    save("vision", VISION)
    with pytest.raises(Refused) as refused:
        save("vision", Entry(given={"version": 9, "adopted_on": "2026-09-01"}))
    assert "al vastgelegd" in refused.value.problems[0].reason.nl


def test_a_correction_writes_only_what_differs(house: object) -> None:
    saved = save("vision", VISION)
    before = journal_position()
    entry = _raw(kept("vision", saved.number).entry())
    entry.children["texts"][0].given["text"] = "Beter gezegd."
    result = save("vision", Entry(given={}, children={"texts": entry.children["texts"]}, number=saved.number))
    assert (result.written, result.is_new) == (1, False)
    assert lines(before) == [("corrected", "HOL/visions/9/texts/urgency;2026-09-28")]
    assert kept("vision", saved.number).values["title"] == "Visie 2027", "a field that was not shown stays"


def test_a_corrected_day_that_is_part_of_the_key_keeps_the_record(house: object) -> None:
    saved = save("ict_lead", Entry(given={"role": "cio", "person": "A. Nieuw", "from": "2026-01-01"}))
    moved = save("ict_lead", Entry(given={"from": "2026-02-01"}, number=saved.number))
    assert (moved.number, moved.address) == (saved.number, "HOL/ict_leads/cio;A. Nieuw;2026-02-01")
    with pytest.raises(Refused):
        save("ict_lead", Entry(given={"role": "cio", "person": "A. Nieuw", "from": "2026-02-01", "fte": "1"}))


def test_a_child_row_is_added_changed_and_taken_away_in_one_go(house: object) -> None:
    saved = save("vision", VISION)
    before = journal_position()
    old = kept("vision", saved.number).children["texts"][0]
    rows = [
        Entry(given={}, number=old.number, is_removed=True),
        Entry(given={"part": "strategy", "recorded_on": "2026-09-28", "text": "Samen"}),
    ]
    save("vision", Entry(given={"title": "Anders"}, children={"texts": rows}, number=saved.number))
    assert sorted(lines(before)) == [
        ("added", "HOL/visions/9/texts/strategy;2026-09-28"),
        ("corrected", "HOL/visions/9"),
        ("removed", "HOL/visions/9/texts/urgency;2026-09-28"),
    ]
    assert [item.part.value for item in next(v for v in hol("visions") if v.version == 9).texts] == ["strategy"]


def test_a_fault_is_told_beside_the_row_of_the_form_even_after_a_row_that_goes(house: object) -> None:
    saved = save("vision", VISION)
    old = kept("vision", saved.number).children["texts"][0]
    rows = [Entry(given={}, number=old.number, is_removed=True), Entry(given={"part": "strategy", "text": "Samen"})]
    with pytest.raises(Refused) as refused:
        save("vision", Entry(given={}, children={"texts": rows}, number=saved.number))
    assert [problem.path for problem in refused.value.problems] == ["$.texts[1].recorded_on"]


def test_who_opened_the_form_before_another_saved_is_told_and_nothing_is_lost(house: object) -> None:
    saved = save("vision", VISION)
    seen = journal_position()
    save("vision", Entry(given={"title": "Van A"}, number=saved.number), by="A. Eerst")
    with pytest.raises(Overtaken) as overtaken:
        save("vision", Entry(given={"title": "Van B"}, number=saved.number), seen=seen)
    assert (overtaken.value.by, overtaken.value.held.values["title"]) == ("A. Eerst", "Van A")
    assert kept("vision", saved.number).values["title"] == "Van A"


def test_a_row_that_another_took_away_meanwhile_is_a_conflict_too(house: object) -> None:
    saved = save("vision", VISION)
    seen, text = journal_position(), kept("vision", saved.number).children["texts"][0]
    save("vision", Entry(given={}, children={"texts": []}, number=saved.number))
    entry = Entry(given={}, children={"texts": [Entry(given={"text": "x"}, number=text.number)]}, number=saved.number)
    with pytest.raises(Overtaken):
        save("vision", entry, seen=seen)


def test_the_work_of_another_elsewhere_in_the_region_is_no_conflict(house: object) -> None:
    saved = save("vision", VISION)
    seen = journal_position()
    save("ict_lead", Entry(given={"role": "cio", "person": "A. Nieuw", "from": "2026-01-01"}))
    assert save("vision", Entry(given={"title": "Van B"}, number=saved.number), seen=seen).written == 1


def test_of_two_at_the_same_moment_one_wins(house: object, app: Flask) -> None:
    saved = save("vision", VISION)
    seen, barrier, ended = journal_position(), Barrier(2), []
    db.session.commit()

    def write(title: str) -> None:
        with app.app_context():
            barrier.wait()
            try:
                save("vision", Entry(given={"title": title}, number=saved.number), seen=seen)
                ended.append("saved")
            except (Overtaken, Conflict):
                ended.append("overtaken")

    for _ in range(5):
        db.session.rollback()
        seen = journal_position()
        db.session.rollback()
        both = [Thread(target=write, args=(f"Titel {seen} {name}",)) for name in "AB"]
        [thread.start() for thread in both]
        [thread.join() for thread in both]
    assert sorted(ended) == ["overtaken"] * 5 + ["saved"] * 5


def test_a_removed_record_is_gone_from_every_day_and_stays_in_the_journal(house: object) -> None:
    saved = save("vision", VISION)
    known_at: datetime = db.session.scalar(select(func.max(REVISION.c.at)))
    before = journal_position()
    gone = remove_record(place="vision", number=saved.number, pen=BOARD, by="B. Stuurman", reason="dubbel", seen=before)
    assert gone.written == 4
    assert 9 not in [item.version for item in hol("visions")]
    then = load(("HOL",), known_at=known_at).dossiers[0]
    assert next(item for item in then.visions if item.version == 9).texts[0].text == "De telefoon staat niet stil."
    assert {action for action, _ in lines(before)} == {"removed"}
    assert kept("vision", saved.number) is None
    assert save("vision", VISION).is_new, "the same may be added again"


def test_what_others_refer_to_is_not_removed(house: object) -> None:
    version = number("vision", version=1, cooperation_id=number_of("cooperation", "HOL"))
    with pytest.raises(InUse) as used:
        remove_record(place="vision", number=version, pen=ALL, by="B", reason="fout", seen=journal_position())
    assert {"direction", "ict_support"} & {item.place for item in used.value.users}
    for place, code in (("practice", "HOL-01"), ("initiative", "I05"), ("product", "P04"), ("cooperation", "HOL")):
        own = number_of(place, code)
        with pytest.raises(InUse):
            remove_record(place=place, number=own, pen=ALL, by="B", reason="fout", seen=journal_position())


@pytest.mark.parametrize(
    ("pen", "place", "may"),
    [
        (BOARD, "vision", True),
        (LEADER, "ict_lead", True),
        (LIAISON, "vision", False),
        (LIAISON, "practice", True),
        (LIAISON, "component_use", True),
        (MANAGER, "vision", False),
        (MANAGER, "contract", True),
        (MANAGER, "mandate", True),
        (MANAGER, "extension", True),
        (BOARD, "extension", False),
        (BOARD, "assessment", False),
        (LEADER, "product", True),
        (LEADER, "product_version", True),
        (BOARD, "product", False),
        (ADMIN, "cooperation", True),
        (ADMIN, "vision", False),
        (ADMIN, "his_product_xis_mark", True),
        (CHAIR, "round", True),
        (CHAIR, "score", True),
        (READER, "contract", False),
        (READER, "score", False),
    ],
)
def test_the_policy_says_who_writes_what(pen: Pen, place: str, may: bool) -> None:
    assert pen.may(place) is may


def test_each_side_writes_its_own_score_only() -> None:
    assert [pen.may("score", "own") for pen in (BOARD, LEADER, MANAGER, CHAIR)] == [True, True, False, False]
    assert [pen.may("score", "insurer") for pen in (BOARD, LEADER, MANAGER, CHAIR)] == [False, False, True, False]
    assert [pen.may("score", "agreed") for pen in (BOARD, LEADER, MANAGER, CHAIR)] == [True, False, True, True]


def test_a_field_that_is_not_yours_is_refused_whatever_was_sent(house: object) -> None:
    round_ = save("round", Entry(given={"number": 9, "held_on": "2026-09-30"}), pen=CHAIR)
    row = Entry(given={"topic": "jzojp", "insurer": 4})
    with pytest.raises(Forbidden, match=r"score\.insurer"):
        save("round", Entry(given={}, children={"scores": [row]}, number=round_.number), pen=BOARD)
    with pytest.raises(Forbidden):
        save("vision", VISION, pen=MANAGER)
    other = Entry(
        given={
            "code": "C9",
            "insurer": "zorg_en_zekerheid",
            "signed_on": "2026-01-01",
            "starts_on": "2026-01-01",
            "scopes": ["financing"],
        }
    )
    with pytest.raises(Refused) as refused:
        save("contract", other, pen=MANAGER)
    assert "eigen verzekeraar" in refused.value.problems[0].reason.nl


def test_a_row_of_another_region_is_not_touched(house: object) -> None:
    saved = save("vision", VISION)
    foreign = db.session.scalar(
        select(TABLES["vision_text"].c.id).where(
            TABLES["vision_text"].c.cooperation_id != number_of("cooperation", "HOL")
        )
    )
    rows = [Entry(given={"text": "gekaapt"}, number=foreign)]
    with pytest.raises(Gone):
        save("vision", Entry(given={}, children={"texts": rows}, number=saved.number))
    with pytest.raises(Gone):
        save_record(
            place="vision",
            entry=Entry(given={"title": "x"}, number=saved.number),
            parent=number_of("cooperation", "WOL"),
            pen=ALL,
            catalogues=codes(),
            today=TODAY,
            by="B",
            seen=journal_position(),
        )


def test_a_closed_round_stays_as_it_is(house: object) -> None:
    closed = db.session.scalar(select(TABLES["round"].c.id).where(TABLES["round"].c.locked_on.is_not(None)))
    with pytest.raises(Locked):
        save("round", Entry(given={"chair": "Iemand"}, number=closed))
    with pytest.raises(Locked):
        remove_record(place="round", number=closed, pen=ALL, by="B", reason="fout", seen=journal_position())


def test_what_happened_lies_behind_us_and_what_was_agreed_may_lie_ahead(house: object) -> None:
    with pytest.raises(Refused) as refused:
        save("vision", Entry(given={"version": 9, "adopted_on": "2026-10-02"}))
    assert [(item.path, item.reason.nl) for item in refused.value.problems] == [
        ("$.adopted_on", "Kies een datum op of vóór vandaag")
    ]
    assert save("ict_lead", Entry(given={"role": "cio", "person": "A. Nieuw", "from": "2027-01-01"})).is_new


def test_codes_are_checked_and_fixed(house: object) -> None:
    with pytest.raises(Refused) as unknown:
        save("preferred_his", Entry(given={"his": "NIKS", "from": "2026-01-01"}))
    assert unknown.value.problems[0].path == "$.his"
    with pytest.raises(Refused) as foreign:
        save(
            "service_declaration",
            Entry(
                given={
                    "code": "S9",
                    "practice": "WOL-01",
                    "insurer": "menzis",
                    "year": 2026,
                    "declared_on": "2026-01-05",
                    "insured": 2000,
                }
            ),
        )
    assert "hoort niet bij" in foreign.value.problems[0].reason.nl
    practice = number_of("practice", "HOL-01")
    with pytest.raises(Refused) as fixed:
        save("practice", Entry(given={"code": "HOL-99"}, number=practice))
    assert "ligt vast" in fixed.value.problems[0].reason.nl
    entry = Entry(
        given={"code": "WOL-01", "name": "X"}, children={"memberships": [Entry(given={"from": "2020-01-01"})]}
    )
    with pytest.raises(Refused) as taken:
        save("practice", entry)
    assert "bestaat al" in taken.value.problems[0].reason.nl
    with pytest.raises(Refused) as version:
        save(
            "product_use",
            Entry(given={"product": "P04", "version": "99", "from": "2026-01-01"}),
            under=("initiative", "I05"),
        )
    assert version.value.problems[0].path == "$.version"


def test_every_record_of_the_demonstration_can_be_saved_as_it_is(house: object) -> None:
    position, count = journal_position(), 0
    for place in places().values():
        if place.name == EVIDENCE or not has_own_form(place.name):
            continue
        for own in db.session.scalars(select(TABLES[place.name].c.id).limit(6)).all():
            held = kept(place.name, own)
            if held.values.get("locked_on"):
                continue
            assert save(place.name, Entry(given={}, number=own)).written == 0
            assert save(place.name, _raw(held.entry())).written == 0, (place.name, held.key)
            count += 1
    assert count > 60
    assert journal_position() == position


def _raw(entry: Entry) -> Entry:
    given = {name: _text(value) for name, value in entry.given.items()}
    return Entry(
        given=given,
        children={n: [_raw(row) for row in rows] for n, rows in entry.children.items()},
        number=entry.number,
    )


def _text(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_text(item) for item in value]
    return value.isoformat() if isinstance(value, date) else getattr(value, "value", value)


def test_a_new_cooperation_is_opened_by_the_administrator_alone(house: object) -> None:
    entry = Entry(given={"code": "NIE", "name": "RSV Nieuw"})
    with pytest.raises(Forbidden):
        save("cooperation", entry, pen=BOARD, under=None)
    saved = save("cooperation", entry, pen=ADMIN, under=None, fictional=True)
    assert load(("NIE",)).fictional == {"NIE"}
    assert saved.address == "NIE"
    assert save("vision", VISION, under=("cooperation", "NIE")).address == "NIE/visions/9"


def test_each_side_gives_its_own_opinion(house: object) -> None:
    given = {"rule": "vision_on_time", "subject": "HOL", "stated_on": "2026-09-01", "agrees": True}
    own = Entry(given=given | {"party": "cooperation"})
    theirs = Entry(given=given | {"party": "insurer", "insurer": "menzis"})
    assert save("opinion", own, pen=BOARD).is_new
    assert save("opinion", theirs, pen=MANAGER).is_new
    for entry, pen in ((own, MANAGER), (theirs, BOARD)):
        entry.given["stated_on"] = "2026-09-02"
        with pytest.raises(Refused) as refused:
            save("opinion", entry, pen=pen)
        assert "eigen partij" in refused.value.problems[0].reason.nl


def taken_away(opinion: int, pen: Pen) -> Saved:
    seen = journal_position()
    return remove_record(place="opinion", number=opinion, pen=pen, by="B. Stuurman", reason="fout", seen=seen)


def test_what_the_other_side_said_is_neither_corrected_nor_removed(house: object) -> None:
    given = {"rule": "vision_on_time", "subject": "HOL", "stated_on": "2026-09-01", "agrees": True}
    own = save("opinion", Entry(given=given | {"party": "cooperation"}), pen=BOARD).number
    theirs = save("opinion", Entry(given=given | {"party": "insurer", "insurer": "menzis"}), pen=MANAGER).number
    turned = {"party": "cooperation", "insurer": None, "agrees": False, "reason": "toch niet"}
    with pytest.raises(Forbidden):
        save("opinion", Entry(given=turned, number=theirs), pen=BOARD)
    for number_, pen in ((theirs, BOARD), (own, MANAGER)):
        with pytest.raises(Forbidden):
            taken_away(number_, pen)
    assert taken_away(own, BOARD).written == 1


def test_a_deviation_names_who_signed_for_the_other_side(house: object) -> None:
    given = {"rule": "vision_on_time", "subject": "HOL", "agreed_on": "2026-09-01", "signer": "B", "reason": "uitstel"}
    mine = [Entry(given={"party": "cooperation", "person": "B. Stuurman", "signed_on": "2026-09-01"})]
    with pytest.raises(Refused) as refused:
        save("waiver", Entry(given=given, children={"signers": mine}), pen=BOARD)
    assert refused.value.problems[0].path == "$.signers"
    both = [*mine, Entry(given={"party": "insurer", "person": "R. Manager", "signed_on": "2026-09-02"})]
    assert save("waiver", Entry(given=given, children={"signers": both}), pen=BOARD).written == 3


def test_a_remark_is_kept_beside_a_closed_round(house: object) -> None:
    closed = db.session.scalar(select(TABLES["round"].c.id).where(TABLES["round"].c.locked_on.is_not(None)))
    remark = Entry(
        given={"stated_on": "2026-09-30", "person": "B. Stuurman", "party": "cooperation", "text": "Klopt niet"}
    )
    assert save("round", Entry(given={}, children={"remarks": [remark]}, number=closed), pen=BOARD).written == 1
    with pytest.raises(Locked):
        save("round", Entry(given={"chair": "X"}, children={"remarks": [remark]}, number=closed), pen=BOARD)


def test_nobody_remarks_in_the_name_of_the_other_party(house: object) -> None:
    closed = db.session.scalar(select(TABLES["round"].c.id).where(TABLES["round"].c.locked_on.is_not(None)))
    said = {"stated_on": "2026-09-30", "person": "R. Manager", "party": "insurer", "text": "Klopt"}
    remarks = [Entry(given=dict(said))]
    with pytest.raises(Refused) as refused:
        save("round", Entry(given={}, children={"remarks": remarks}, number=closed), pen=BOARD)
    assert (refused.value.problems[0].path, "eigen partij" in refused.value.problems[0].reason.nl) == (
        "$.remarks[0].party",
        True,
    )
    assert save("round", Entry(given={}, children={"remarks": remarks}, number=closed), pen=MANAGER).written == 1
    number = db.session.scalar(select(TABLES["remark"].c.id).where(TABLES["remark"].c.person == "R. Manager"))
    changed = Entry(given=said | {"text": "Klopt niet"}, number=number)
    for rows in ([changed], []):
        with pytest.raises((Forbidden, Refused)):
            save("round", Entry(given={}, children={"remarks": rows}, number=closed), pen=BOARD)
