"""Evidence: what each side may say of its strength, one piece for several records, and who has looked."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.operations.test_records import BOARD, LEADER, MANAGER, READER, VISION, hol, lines, number, save
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen, Role, checkers
from tracker.extensions import db
from tracker.models.journal import LINE
from tracker.models.records import LINK, TABLES
from tracker.operations.accounts import add_account
from tracker.operations.evidence import OwnPiece, UsedAlready, check_piece, note_file, note_view, use_also
from tracker.operations.journal import Conflict
from tracker.operations.refusals import Forbidden, Gone, Refused
from tracker.queries.evidence import names_stored, once_held_by, stored_files, viewers
from tracker.queries.findings import journal_position
from tracker.queries.records import kept

SHA = "ab" * 32


def a_piece() -> int:
    """The number of the piece of a new vision, recorded by the cooperation."""
    saved = save("vision", VISION, pen=BOARD)
    link = TABLES[LINK]
    return db.session.scalars(select(link.c.id).where(link.c.parent_id == saved.number)).one()


def check(
    piece: int, *, seen: str = "declared", pen: Pen = MANAGER, by: str = "R. Manager", right: bool = True
) -> None:
    check_piece(number=piece, is_right=right, pen=pen, seen=seen, by=by, reason=None if right else "toch niet")


def strength(piece: int) -> str:
    held = kept("evidence", piece)
    assert held is not None
    return str(held.values["strength"].value)


def correct(piece: int, **given: Any) -> None:
    held = kept("evidence", piece)
    assert held is not None
    assert held.parent is not None
    row = Entry(given=given, number=piece)
    save("vision", Entry(given={}, children={"evidence": [row]}, number=held.parent), pen=BOARD)


def test_the_insurer_checks_a_piece_of_the_cooperation_and_can_take_it_back(house: object) -> None:
    piece, before = a_piece(), journal_position()
    check(piece)
    assert strength(piece) == "checked"
    check(piece, seen="checked", right=False)
    assert strength(piece) == "shown"
    assert lines(before) == [("corrected", "HOL/visions/9/evidence/Verslag;")] * 2


@pytest.mark.parametrize("pen", [BOARD, LEADER, READER, Pen()])
def test_nobody_else_checks(house: object, pen: Pen) -> None:
    piece = a_piece()
    with pytest.raises(Forbidden):
        check(piece, pen=pen)
    assert strength(piece) == "declared"


def test_who_recorded_a_piece_does_not_check_it(house: object) -> None:
    piece = a_piece()
    with pytest.raises(OwnPiece):
        check(piece, by="B. Stuurman")


def test_what_changed_since_the_page_was_opened_is_not_checked(house: object) -> None:
    piece = a_piece()
    with pytest.raises(Conflict):
        check(piece, seen="shown")
    with pytest.raises(Gone):
        check(1_000_000)


def test_a_piece_replaces_another_one_of_the_same_record(house: object) -> None:
    piece = a_piece()
    held = kept("evidence", piece)
    assert held is not None
    for title, faults in (("Verslag", 0), ("Verslga", 1), ("Nieuw", 1)):
        rows = [Entry(given={}, number=piece), Entry(given={"title": "Nieuw", "replaces": title})]
        entry = Entry(given={}, children={"evidence": rows}, number=held.parent)
        if not faults:
            assert save("vision", entry, pen=BOARD).written == 1
            continue
        rows[1].number = piece_called("Nieuw")
        with pytest.raises(Refused) as refused:
            save("vision", entry, pen=BOARD)
        assert [item.path for item in refused.value.problems] == ["$.evidence[1].replaces"]


def piece_called(title: str) -> int:
    link, evidence = TABLES[LINK], TABLES["evidence"]
    query = select(link.c.id).join(evidence, evidence.c.id == link.c.evidence_id).where(evidence.c.title == title)
    return db.session.scalars(query).one()


def test_a_form_never_makes_a_piece_checked(house: object) -> None:
    piece = a_piece()
    with pytest.raises(Forbidden):
        correct(piece, strength="checked")
    forged = Entry(given={"title": "Brief", "strength": "checked"})
    with pytest.raises(Forbidden):
        save("vision", Entry(given=VISION.given | {"version": 8}, children=VISION.children | {"evidence": [forged]}))


def test_a_checked_piece_that_is_changed_is_no_longer_checked(house: object) -> None:
    piece = a_piece()
    check(piece)
    correct(piece, strength="checked", sha256=SHA)
    assert strength(piece) == "shown"


def test_the_other_side_checks_what_the_insurer_alone_writes() -> None:
    assert Role.board_member in checkers("extension")
    assert Role.insurer_region_manager not in checkers("extension")
    assert checkers("vision") == {Role.insurer_region_manager}


def test_of_what_both_sides_write_the_side_that_did_not_bring_the_piece_checks_it(house: object) -> None:
    piece = Entry(given={"title": "Addendum", "strength": "shown"})
    known = {"code": "C9", "insurer": "menzis", "signed_on": "2026-01-01", "starts_on": "2026-01-01"}
    entry = Entry(given={**known, "scopes": ["financing"]}, children={"evidence": [piece]})
    contract = save("contract", entry, pen=MANAGER, by="R. Manager")
    link = TABLES[LINK]
    brought = db.session.scalars(select(link.c.id).where(link.c.parent_id == contract.number)).one()
    with pytest.raises(OwnPiece):
        check(brought, seen="shown", by="Een ander van Menzis")
    check(brought, seen="shown", pen=BOARD, by="B. Stuurman")
    check(brought, seen="checked", pen=BOARD, by="B. Stuurman", right=False)
    check(brought, seen="shown", pen=BOARD, by="B. Stuurman")
    assert strength(brought) == "checked"


def test_one_piece_serves_several_records_and_is_checked_for_each(house: object) -> None:
    piece = a_piece()
    correct(piece, sha256=SHA)
    check(piece)
    other = number("vision", version=1, parent_id=number("cooperation", code="HOL"))
    use_also(number=piece, place="vision", parent=other, pen=BOARD, by="B. Stuurman")
    used = next(item for item in hol("visions")[0].evidence if item.title == "Verslag")
    assert (used.sha256, used.strength.value) == (SHA, "shown")
    with pytest.raises(UsedAlready):
        use_also(number=piece, place="vision", parent=other, pen=BOARD, by="B. Stuurman")
    with pytest.raises(Forbidden):
        use_also(number=piece, place="vision", parent=other, pen=MANAGER, by="R. Manager")
    foreign = number("cooperation", code="WOL")
    with pytest.raises(Gone):
        use_also(number=piece, place="vision", parent=number("vision", version=1, parent_id=foreign), pen=BOARD, by="B")
    assert once_held_by(SHA) == {"HOL"}


def test_a_file_is_noted_once_and_every_look_is_counted(house: object) -> None:
    for name in ("Besluit.pdf", "Ander.pdf"):
        note_file(sha256=SHA, size=5, media_type="application/pdf", name=name, by="B. Stuurman")
    assert stored_files([SHA, None])[SHA].size == 5
    assert names_stored()[SHA] == "Besluit.pdf"
    account = add_account(
        email="kijker@hol.example", name="K. Ijker", role=Role.board_member, cooperations=["HOL"], by="tests"
    )
    for _ in range(2):
        note_view(account=account, sha256=SHA)
    (seen,) = viewers([SHA], "HOL", ["menzis"])[SHA]
    assert (seen.name, seen.count) == ("K. Ijker", 2)
    assert viewers([SHA], "WOL", ["menzis"]) == {}, "what another region looked at in its own file is not told here"
    assert db.session.scalar(select(LINE.c.id).where(LINE.c.place == "stored_file")) is None
