"""A dossier file is taken in whole or not at all, twice is once, and the report tells what happened."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import msgspec
import pytest
from sqlalchemy import func, select

from tests.written import HEAD, WOLDERVEEN, take_in, taken_in
from tracker.domain.problems import Unreadable
from tracker.exchange.dossier_file import read_dossier
from tracker.extensions import Base, db
from tracker.models.journal import LINE, REVISION
from tracker.models.records import TABLES
from tracker.operations.dossiers import import_dossier
from tracker.operations.journal import Conflict, Spot, Writer
from tracker.operations.transaction import writing
from tracker.programmes import catalogue, load_programmes
from tracker.queries.dossiers import load

REGISTER = """
register:
  products:
    - {code: P01, name: PortaalPlus, kind: platform, versions: [{version: "3"}, {version: "4"}]}
  his_products:
    - {code: his-alfa, name: HIS-Alfa, xis_marks: [{from: 2024-02-01}]}
"""
WHOLE = (
    HEAD
    + REGISTER
    + WOLDERVEEN
    + """
    rounds:
      - number: 1
        held_on: 2023-11-06
        locked_on: 2023-11-13
        scores: [{topic: jzojp, self: 3, insurer: 2, agreed: 3, evidence: [{title: Cijfers}]}]
    initiatives:
      - code: I01
        title: Portaal
        insurer: menzis
        proposed_on: 2022-07-07
        uses: [{product: P01, version: "3", from: 2022-10-03}]
        participants: [{practice: WOL-01, joined_on: 2022-10-03}]
        indicators: [{code: p1, name: Aantal, unit: praktijken, baseline: {measured_on: 2022-07-07, value: 0}}]
"""
)


def snapshot():
    """Every row of every table."""
    db.session.rollback()
    found = {}
    for table in Base.metadata.sorted_tables:
        rows = db.session.execute(select(table)).all()
        found[table.name] = sorted(map(repr, rows))
    db.session.rollback()
    return found


def number_of(table):
    """How many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(table))


def faults(report):
    """Where something was refused, and why."""
    return [(item.path, item.reason.en) for item in report.problems.shown]


def coop(body, code="WOL"):
    """A file with one cooperation."""
    return f"{HEAD}cooperations:\n  - code: {code}\n    name: RSV Wolderveen\n{body}"


# --- all or nothing --------------------------------------------------------------------------------------------------


def test_a_file_is_taken_in_with_everything_in_it(session):
    report = taken_in(WHOLE)
    assert not report.is_refused
    (wol,) = load().dossiers
    assert wol.rounds[0].scores[0].own == 3
    assert wol.rounds[0].scores[0].evidence[0].title == "Cijfers"
    assert wol.initiatives[0].indicators[0].baseline.value == 0
    assert load().register.product("P01").versions[1].version == "4"
    assert load().fictional == {"WOL"}


def test_with_one_fault_nothing_is_written(session):
    before = snapshot()
    report = take_in(WHOLE.replace("insurer: menzis, lead", "insurer: manzis, lead"))
    assert report.is_refused
    assert [path for path, _ in faults(report)] == ["$.cooperations[0].insurers[0].insurer"]
    assert snapshot() == before


def test_a_fault_in_the_last_cooperation_undoes_the_first(session, monkeypatch):
    monkeypatch.setattr("tracker.operations.dossiers._AT_ONCE", 1)
    before = snapshot()
    report = take_in(WHOLE + "  - {code: TOL, name: Tolven, founded_on: 2022-02-30}\n")
    assert [path for path, _ in faults(report)] == ["$.cooperations[1].founded_on"]
    assert snapshot() == before


def test_a_file_that_breaks_off_half_way_leaves_nothing(session, monkeypatch):
    monkeypatch.setattr("tracker.operations.dossiers._AT_ONCE", 1)
    before = snapshot()
    text = '{"format":"regiotracker/dossier@1","fictional":true,"cooperations":[%s,{"code":"B","code":"C"}]}'
    with pytest.raises(Unreadable):
        take_in(text % '{"code":"A","name":"A"}')
    assert snapshot() == before


def test_a_dry_run_tells_the_same_and_writes_nothing(session):
    before = snapshot()
    tried = take_in(WHOLE, dry_run=True)
    assert snapshot() == before
    done = taken_in(WHOLE)
    assert tried.tallies == done.tallies
    assert (tried.dry_run, done.dry_run) == (True, False)
    changed = WHOLE.replace("agreed: 3", "agreed: 4").replace("Portaal\n", "Het portaal\n")
    before = snapshot()
    tried = take_in(changed, dry_run=True)
    assert snapshot() == before
    assert faults(tried) == faults(take_in(changed))


def test_the_same_file_twice_changes_nothing_at_all(session):
    taken_in(WHOLE)
    before = snapshot()
    again = taken_in(WHOLE)
    assert snapshot() == before
    assert (again.total().added, again.total().changed) == (0, 0)
    assert again.total().unchanged > 10


def test_the_same_facts_in_another_order_change_nothing(session):
    taken_in(WHOLE)
    before = snapshot()
    file = read_dossier(WHOLE.encode())
    turned = msgspec.json.encode(_turned(file.head | {"cooperations": list(file.cooperations)}))
    taken_in(turned.decode())
    assert snapshot() == before


def _turned(tree):
    if isinstance(tree, dict):
        return {key: _turned(tree[key]) for key in reversed(tree)}
    return [_turned(item) for item in reversed(tree)] if isinstance(tree, list) else tree


AGREED = (
    "    initiatives: [{code: I01, title: x, insurer: menzis, proposed_on: 2022-01-01,"
    " agreements: [{signed_on: 2022-01-01, objectives: %s, outcomes: %s}]}]\n"
)


def test_a_list_of_texts_in_another_order_is_the_same_list(session):
    taken_in(coop(AGREED % ("[b, a]", "[x]")))
    assert taken_in(coop(AGREED % ("[a, b]", "[x]"))).total().changed == 0
    report = taken_in(coop(AGREED % ("[a, b]", "[x, y]")))
    assert [item.fields for item in report.changes] == [{"outcomes": (("x",), ("x", "y"))}]
    (agreement,) = load().dossiers[0].initiatives[0].agreements
    assert agreement.objectives == ("b", "a")
    assert lines()[-1][4] == '{"signed_on":"2022-01-01","objectives":["b","a"],"outcomes":["x","y"]}'


# --- what is not said is not touched ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", ["", "    visions: []\n", "    visions: null\n", "    visions: [{version: 1, texts: []}]\n"]
)
def test_a_missing_or_empty_section_deletes_nothing(session, body):
    taken_in(WHOLE)
    before = snapshot()
    taken_in(coop(body))
    assert snapshot() == before


def test_a_record_that_is_absent_from_a_list_stays(session):
    taken_in(WHOLE)
    taken_in(coop("    visions: [{version: 2, drafted_on: 2024-01-01}]\n"))
    assert [item.version for item in load().dossiers[0].visions] == [2, 1]


def test_a_missing_optional_field_keeps_its_value_and_null_empties_it(session):
    lead = "    ict_leads: [{role: cio, person: Jo, from: 2022-01-01%s}]\n"
    taken_in(coop(lead % ", fte: 0.5, to: 2023-01-01, interim: true"))
    before = snapshot()
    taken_in(coop(lead % ""))
    assert snapshot() == before
    report = taken_in(coop(lead % ", fte: null, interim: null, to: 2024-01-01"))
    (kept,) = load().dossiers[0].ict_leads
    assert (kept.fte, kept.interim, kept.to_on) == (None, False, date(2024, 1, 1))
    ((changed,),) = [report.changes]
    assert {name: tuple(map(str, pair)) for name, pair in changed.fields.items()} == {
        "fte": ("0.5", "None"),
        "interim": ("True", "False"),
        "to": ("2023-01-01", "2024-01-01"),
    }


def test_only_what_changed_is_a_new_version_of_a_row(session):
    taken_in(WHOLE)
    taken_in(coop("    visions: [{version: 1, title: Digitaal verder}]\n"))
    versions = dict(db.session.execute(select(TABLES["vision"].c.version, TABLES["vision"].c.row_version)).all())
    assert versions == {1: 2}
    assert db.session.scalar(select(TABLES["cooperation"].c.row_version)) == 1


def test_an_end_that_would_fall_before_a_stored_start_is_refused(session):
    taken_in(coop("    visions: [{version: 1, adopted_on: 2022-05-18}]\n"))
    report = take_in(coop("    visions: [{version: 1, withdrawn_on: 2022-05-17}]\n"))
    assert faults(report) == [
        (
            "$.cooperations[0].visions[0].withdrawn_on",
            "lies before adopted_on (2022-05-18); choose a later date",
        )
    ]


USE = (
    "    initiatives: [{code: I01, title: x, insurer: menzis, proposed_on: 2022-01-01,"
    " uses: [{product: P01, version: %s, from: 2022-01-01%s}]}]\n"
)


def test_a_stored_record_and_a_change_must_make_sense_together(session):
    taken_in(HEAD + REGISTER)
    taken_in(coop(USE % ('"3"', "")))
    path = "$.cooperations[0].initiatives[0].uses[0].justification"
    expected = [(path, "a background use needs a justification")]
    assert faults(take_in(coop(USE % ('"3"', ", role: background")))) == expected
    taken_in(coop(USE % ('"3"', ", role: background, justification: Basis")))
    # What is stored need not be said again.
    taken_in(coop(USE % ('"3"', ", role: background")))
    assert faults(take_in(coop(USE % ('"3"', ", justification: null")))) == expected


TARGETS = (
    "    initiatives: [{code: I01, title: x, insurer: menzis, proposed_on: 2022-01-01,"
    " indicators: [{code: p1, name: x, unit: y, targets: [%s]}]}]\n"
)


def test_a_later_target_needs_a_reason_also_when_the_first_is_stored(session):
    taken_in(coop(TARGETS % "{set_on: 2022-01-01, due_on: 2024-01-01, value: 10}"))
    later = "{set_on: 2023-01-01, due_on: 2024-01-01, value: 8%s}"
    assert faults(take_in(coop(TARGETS % later % ""))) == [
        ("$.cooperations[0].initiatives[0].indicators[0].targets", "a later target needs a reason")
    ]
    taken_in(coop(TARGETS % later % ", reason: Te hoog"))
    taken_in(coop(TARGETS % later % ""))


# --- locked is locked ------------------------------------------------------------------------------------------------

ROUND = "    rounds: [{number: 1, held_on: 2023-11-06, locked_on: 2023-11-13%s}]\n"


@pytest.mark.parametrize(
    ("body", "path", "field"),
    [
        (ROUND % ", chair: Jo", "", "chair"),
        (ROUND.replace("2023-11-06", "2023-11-07") % "", "", "held_on"),
        (ROUND.replace("2023-11-13", "null") % "", "", "locked_on"),
        (ROUND % ", scores: [{topic: jzojp, self: 4}]", ".scores[0]", "self"),
        (ROUND % ", scores: [{topic: labour_market}]", ".scores[0]", "score"),
        (ROUND % ", actions: [{text: x, owner: y}]", ".actions[0]", "action"),
        (ROUND % ", scores: [{topic: jzojp, evidence: [{title: Nieuw}]}]", ".scores[0].evidence[0]", "evidence"),
    ],
)
def test_a_locked_round_is_refused_with_round_and_field(session, body, path, field):
    taken_in(WHOLE)
    before = snapshot()
    report = take_in(coop(body))
    assert faults(report) == [
        (
            f"$.cooperations[0].rounds[0]{path}",
            f"round 1 version 1 was locked on 2023-11-13 and stays as it is ({field});"
            " record a correction as a new version",
        )
    ]
    assert snapshot() == before


def test_a_correction_is_a_new_version_and_an_open_round_may_be_filled_and_locked_at_once(session):
    taken_in(WHOLE)
    taken_in(
        coop(
            "    rounds: [{number: 1, version: 2, held_on: 2023-11-06, correction_reason: Telfout, locked_on: null}]\n"
        )
    )
    taken_in(
        coop(
            "    rounds: [{number: 1, version: 2, held_on: 2023-11-06, locked_on: 2024-01-01,"
            " scores: [{topic: jzojp, agreed: 2}]}]\n"
        )
    )
    assert [(item.version, item.locked_on) for item in load().dossiers[0].rounds] == [
        (1, date(2023, 11, 13)),
        (2, date(2024, 1, 1)),
    ]


# --- invented and real -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [coop(""), HEAD + REGISTER], ids=["cooperation", "register"])
@pytest.mark.parametrize("first", ["true", "false"])
def test_a_real_file_may_not_touch_invented_records_nor_the_reverse(session, text, first):
    second = "false" if first == "true" else "true"
    taken_in(text.replace("fictional: true", f"fictional: {first}"))
    report = take_in(text.replace("fictional: true", f"fictional: {second}"))
    assert report.is_refused
    assert {reason for _, reason in faults(report)} == {
        "invented and real data do not mix: this file and this record differ in fictional"
    }


def test_fictional_must_be_said(session):
    report = take_in(WHOLE.replace("fictional: true\n", ""))
    assert ("$.fictional", "required field is missing") in faults(report)


DOSSIER = "format, fictional, title, reference_on, register, cooperations"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD.replace("@1", "@2"), ("$.format", "this program reads regiotracker/dossier@1")),
        ("fictional: true\n", ("$.format", "required field is missing")),
        (HEAD + "regions: []\n", ("$.regions", f"unknown key; dossier knows {DOSSIER}")),
        (HEAD + "register: []\n", ("$.register", "a register belongs here: a block with products, his_products")),
        (HEAD + "cooperations: [3]\n", None),
    ],
)  # fmt: skip
def test_the_head_of_a_file_is_checked_too(session, text, expected):
    found = faults(take_in(text))
    assert len(found) == 1
    assert expected is None or found == [expected]


# --- codes and references --------------------------------------------------------------------------------------------


def test_a_code_of_a_practice_or_initiative_belongs_to_one_cooperation(session):
    taken_in(WHOLE)
    body = (
        "    practices: [{code: WOL-01, name: x, memberships: [{from: 2020-01-01}]}]\n"
        "    initiatives: [{code: I01, title: x, insurer: menzis, proposed_on: 2022-01-01}]\n"
    )
    report = take_in(coop(body, "TOL"))
    assert faults(report) == [
        ("$.cooperations[0].practices[0].code", "this code belongs to WOL; choose another"),
        ("$.cooperations[0].initiatives[0].code", "this code belongs to WOL; choose another"),
    ]


def test_the_case_of_a_code_matters(session):
    taken_in(WHOLE)
    taken_in(coop("", "wol"))
    assert [item.code for item in load().dossiers] == ["WOL", "wol"]


def test_a_cooperation_stands_in_a_file_once(session, monkeypatch):
    for portion in (20_000, 1):
        monkeypatch.setattr("tracker.operations.dossiers._AT_ONCE", portion)
        report = take_in(coop("") + "  - {code: WOL, name: Nog eens}\n")
        assert faults(report) == [("$.cooperations[1]", "same code as $.cooperations[0]")]


@pytest.mark.parametrize(
    ("body", "path", "where"),
    [
        ("    preferred_his: [{his: his-nul, from: 2022-01-01}]\n", "preferred_his[0].his", "the register"),
        (
            "    integrations: [{system: his, product: P99, from: 2022-01-01}]\n",
            "integrations[0].product",
            "the register",
        ),
        (
            "    service_declarations: [{code: S, practice: WOL-99, insurer: menzis, year: 2024,"
            " declared_on: 2024-01-01, insured: 1}]\n",
            "service_declarations[0].practice",
            "the practices",
        ),
        (
            "    initiatives: [{code: I02, title: x, insurer: menzis, proposed_on: 2022-01-01,"
            " good_examples: [{source: I99, considered_on: 2022-01-01, outcome: used}]}]\n",
            "initiatives[0].good_examples[0].source",
            "the initiatives",
        ),
    ],
)  # fmt: skip
def test_a_reference_to_nothing_is_refused(session, body, path, where):
    report = take_in(coop(body))
    assert faults(report) == [(f"$.cooperations[0].{path}", f"does not exist in {where} of this file or the database")]


def test_a_reference_may_lead_into_the_database_or_further_down_the_file(session):
    taken_in(HEAD + REGISTER)
    first = coop(
        "    preferred_his: [{his: his-alfa, from: 2022-01-01}]\n"
        "    initiatives: [{code: I02, title: x, insurer: menzis, proposed_on: 2022-01-01,"
        " good_examples: [{source: I03, considered_on: 2022-01-01, outcome: used}]}]\n"
    )
    second = "    initiatives: [{code: I03, title: x, insurer: menzis, proposed_on: 2022-01-01}]\n"
    taken_in(first + "  - code: TOL\n    name: Tolven\n" + second)
    assert load(["WOL"]).dossiers[0].initiatives[0].good_examples[0].source == "I03"


OPEN = "    open_claims: [{code: O, practice: %s, claimed_on: 2021-01-01, in_coalition: true, claimed_before: false}]\n"


def test_a_practice_of_another_region_can_not_be_named(session):
    taken_in(WHOLE)
    report = take_in(coop(OPEN % "WOL-01", "TOL"))
    assert faults(report) == [("$.cooperations[0].open_claims[0].practice", "this practice belongs to WOL, not to TOL")]


def test_references_of_a_cooperation_without_code_are_not_held_against_the_next(session):
    taken_in(WHOLE)
    text = (
        HEAD
        + "cooperations:\n"
        + "  - name: Zonder code\n    practices: [{code: X-1, name: x, memberships: [{from: 2020-01-01}]}]\n"
        + OPEN % "X-1"
        + "  - {code: TOL, name: Tolven}\n"
    )
    assert faults(take_in(text)) == [("$.cooperations[0].code", "required field is missing")]


def test_a_use_names_a_version_that_the_product_has_and_text_is_not_a_number(session):
    taken_in(HEAD + REGISTER)
    (unknown,) = faults(take_in(coop(USE % ('"3.0"', ""))))
    assert unknown == ("$.cooperations[0].initiatives[0].uses[0].version", "P01 has no such version; known: 3, 4")
    (number,) = faults(take_in(coop(USE % ("3", ""))))
    assert number[1] == "write a text, in quotes"
    taken_in(coop(USE % ('"4"', "")))


def test_a_version_may_come_with_the_file_that_uses_it(session):
    taken_in(HEAD + REGISTER)
    register = REGISTER.replace('{version: "3"}', '{version: "5"}')
    body = (
        "cooperations: [{code: WOL, name: x, initiatives: [{code: I01, title: x, insurer: menzis,"
        ' proposed_on: 2022-01-01, uses: [{product: P01, version: "5", from: 2022-01-01}]}]}]\n'
    )
    taken_in(HEAD + register + body)
    assert [item.version for item in load().register.product("P01").versions] == ["3", "4", "5"]


def test_all_faults_are_told_together_whatever_their_kind(session):
    taken_in(WHOLE)
    text = (
        coop(ROUND % ", chair: Jo" + "    contacts: [{person: Jo, from: 2022-01-01}]\n    not: 3\n")
        + "  - code: TOL\n    name: Tolven\n    preferred_his: [{his: his-nul, from: 2022-01-01}]\n"
        + "    practices: [{code: WOL-01, name: x, memberships: [{from: 2020-01-01, to: 2019-01-01}]}]\n"
    )
    found = take_in(text)
    assert sorted(path for path, _ in faults(found)) == [
        "$.cooperations[0].contacts[0].role",
        "$.cooperations[0].not",
        "$.cooperations[0].rounds[0]",
        "$.cooperations[1].practices[0].code",
        "$.cooperations[1].practices[0].memberships[0].to",
        "$.cooperations[1].preferred_his[0].his",
    ]
    assert found.problems.number == 6


# --- the report ------------------------------------------------------------------------------------------------------


def test_the_report_counts_per_region_and_kind(session):
    report = taken_in(WHOLE)
    assert report.tallies["WOL", "vision"].added == 1
    assert report.tallies["P01", "product_version"].added == 2
    changed = WHOLE.replace("De wachttijd loopt op.", "De wachttijd daalt.").replace(
        "practices:\n", "practices:\n      - {code: WOL-02, name: De Kievit, memberships: [{from: 2024-01-01}]}\n"
    )
    report = taken_in(changed)
    kinds = report.by_kind()
    assert (kinds["practice"].added, kinds["practice"].unchanged) == (1, 1)
    assert kinds["vision_text"].changed == 1
    assert [(item.address, item.kind, item.fields) for item in report.changes] == [
        (
            "WOL/visions/1/texts/urgency;2022-05-18",
            "vision_text",
            {"text": ("De wachttijd loopt op.", "De wachttijd daalt.")},
        )
    ]
    total = report.total()
    assert (total.added, total.changed) == (2, 1)


# --- what deserves a second look -------------------------------------------------------------------------------------

PRACTICE = "    practices: [{code: WOL-01, name: x, memberships: [{from: 2020-01-01, to: 2022-12-31}]%s}]\n"
INITIATIVE = "    initiatives: [{code: I01, title: x, insurer: menzis, proposed_on: 2022-06-01%s}]\n"


@pytest.mark.parametrize(
    ("body", "path", "said"),
    [
        (
            INITIATIVE % ", plans: [{version: 1, adopted_on: 2022-05-31}]",
            "initiatives[0].plans[0].adopted_on",
            "lies before the initiative was proposed",
        ),
        (
            PRACTICE % ", steps: [{step: time, from: 2019-12-31}]",
            "practices[0].steps[0].from",
            "lies before the practice was affiliated",
        ),
        (
            "    visions: [{version: 1, drafted_on: 2022-02-01,"
            " texts: [{part: urgency, recorded_on: 2022-01-31, text: x}]}]\n",
            "visions[0].texts[0].recorded_on",
            "lies before the draft of the vision",
        ),
        (
            PRACTICE % "" + INITIATIVE % ", participants: [{practice: WOL-01, joined_on: 2023-01-01}]",
            "initiatives[0].participants[0].joined_on",
            "the practice is not affiliated on that day",
        ),
        (
            PRACTICE % ""
            + "    contracts: [{code: C, insurer: menzis, signed_on: 2023-02-01, starts_on: 2023-02-01,"
            " scopes: [financing], mandates: [{kind: individual, practice: WOL-01, given_on: 2023-01-01}]}]\n",
            "contracts[0].mandates[0].given_on",
            "the practice is not affiliated on that day",
        ),
        (
            INITIATIVE % ", plans: [{version: 1, adopted_on: 2022-07-01, milestones:"
            " [{code: m1, title: x, due_on: 2023-01-01, done_on: 2022-06-30}]}]",
            "initiatives[0].plans[0].milestones[0].done_on",
            "lies before the plan was adopted",
        ),
        (
            INITIATIVE % ", started_on: 2027-01-01",
            "initiatives[0].started_on",
            "lies in the future; this is for what has happened",
        ),
        (
            "    directions: [{code: T1.1, phases: [{reached_on: 2022-01-01, phase: pilot}],"
            " components: [{component: T3.2a, from: 2022-01-01}]}]\n",
            "directions[0].components[0].component",
            "this component is not among the chosen ones",
        ),
    ],
)  # fmt: skip
def test_what_is_odd_is_said_and_taken_in(session, body, path, said):
    report = taken_in(coop(body))
    warnings = [(item.path, item.reason.en) for item in report.warnings.shown]
    assert warnings == [(f"$.cooperations[0].{path}", said)]
    assert load().dossiers


def test_a_sound_file_raises_no_doubt(session):
    days = ", started_on: 2026-10-01, planned_start_on: 2027-01-01"
    joined = f"{days}, participants: [{{practice: WOL-01, joined_on: 2022-12-31}}]"
    body = PRACTICE % ", steps: [{step: time, from: 2020-01-01}]" + INITIATIVE % joined
    assert taken_in(coop(body)).warnings.number == 0


# --- the journal -----------------------------------------------------------------------------------------------------


def lines():
    """The journal as (revision, action, place, address, record)."""
    columns = (LINE.c.revision_id, LINE.c.action, LINE.c.place, LINE.c.address, LINE.c.record)
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(LINE.c.id))]


def test_every_write_adds_a_line_with_the_whole_record_after_it(session):
    taken_in(
        coop("    visions: [{version: 1, title: Eerste, adopted_on: 2022-05-18}]\n"), by="Jo", reason="Eerste keer"
    )
    take_in(coop("    visions: [{version: 1, title: Tweede}]\n"), by="Al", reason=None)
    assert lines() == [
        (1, "imported", "cooperation", "WOL", '{"code":"WOL","name":"RSV Wolderveen"}'),
        (1, "imported", "vision", "WOL/visions/1", '{"version":1,"title":"Eerste","adopted_on":"2022-05-18"}'),
        (2, "imported", "vision", "WOL/visions/1", '{"version":1,"title":"Tweede","adopted_on":"2022-05-18"}'),
    ]
    revisions = db.session.execute(select(REVISION).order_by(REVISION.c.id)).all()
    assert [(item.id, item.by, item.reason) for item in revisions] == [(1, "Jo", "Eerste keer"), (2, "Al", None)]
    assert revisions[0].at <= revisions[1].at


def test_every_row_has_exactly_one_last_line(session):
    taken_in(WHOLE)
    taken_in(WHOLE.replace("Portaal\n", "Het portaal\n"))
    rows = sum(number_of(table) for name, table in TABLES.items() if name != "evidence")
    assert db.session.scalar(select(func.count(LINE.c.record_id.distinct()))) == rows


def test_a_record_that_changed_meanwhile_is_a_conflict(session):
    taken_in(WHOLE)
    number = db.session.scalar(select(TABLES["vision"].c.id))
    values = {"version": 1, "title": "x", "drafted_on": None, "adopted_on": None, "withdrawn_on": None}

    def change(seen):
        with writing() as connection:
            writer = Writer(connection, by="tests", reason=None, action="corrected")
            writer.change(Spot("vision", number, "WOL/visions/1", 1), values, ["title"], seen)
            writer.flush()

    before = snapshot()
    with pytest.raises(Conflict):
        change(7)
    assert snapshot() == before
    change(1)
    with pytest.raises(Conflict):
        change(1)


# --- strange but true ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["x" * 200, "مرحبا", "👩‍⚕️", "<b>'\";--</b>", "=1+1", "a\u0301", "\u202e", "%s ? :x {}"]
)
def test_any_name_is_stored_as_it_is(session, name):
    head = {"format": "regiotracker/dossier@1", "fictional": True}
    taken_in(msgspec.json.encode(head | {"cooperations": [{"code": "WOL", "name": name}]}).decode())
    assert load().dossiers[0].name == name


def test_a_cooperation_without_facts_and_one_with_only_later_facts(session):
    taken_in(coop("") + "  - {code: TOL, name: Tolven, visions: [{version: 1, adopted_on: 2099-01-01}]}\n")
    assert [item.code for item in load().dossiers] == ["TOL", "WOL"]


# --- together --------------------------------------------------------------------------------------------------------


def test_two_writers_at_once_queue_and_lose_nothing(app):
    start = Barrier(6)

    def write(number):
        with app.app_context():
            start.wait()
            # All tell of one region, each of a vision of its own; and each brings a region of its own.
            text = coop(f"    visions: [{{version: {number}, drafted_on: 2022-01-0{number}}}]\n")
            report = take_in(text + f"  - {{code: R{number}, name: x}}\n", by=f"writer {number}")
            db.session.remove()
            return report.is_refused

    with ThreadPoolExecutor(6) as people:
        assert list(people.map(write, range(1, 7))) == [False] * 6
    with app.app_context():
        loaded = load()
        assert [item.code for item in loaded.dossiers] == ["R1", "R2", "R3", "R4", "R5", "R6", "WOL"]
        assert sorted(item.version for item in loaded.dossiers[-1].visions) == [1, 2, 3, 4, 5, 6]
        revisions = db.session.execute(select(REVISION.c.id, REVISION.c.at).order_by(REVISION.c.id)).all()
        assert [item.id for item in revisions] == [1, 2, 3, 4, 5, 6]
        assert sorted(item.at for item in revisions) == [item.at for item in revisions]
        assert number_of(LINE) == number_of(TABLES["cooperation"]) + number_of(TABLES["vision"])


SLOW = """
import sys, time
from datetime import date
from tracker.domain.raw import RawFile
import tracker.operations.dossiers as operations
from tests.conftest import make_app

operations._AT_ONCE = 1

def regions():
    for number in range(50):
        if number == 25:
            print("half way", flush=True)
            time.sleep(60)
        yield {"code": f"R{number}", "name": "x", "visions": [{"version": 1}]}

app = make_app(sys.argv[1])
with app.app_context():
    head = {"format": "regiotracker/dossier@1", "fictional": True}
    operations.import_dossier(
        file=RawFile(head, regions()), catalogues={}, today=date(2026, 10, 1), by="tests"
    )
"""


def test_a_process_that_is_killed_half_way_leaves_nothing_half(app, database_url):
    with app.app_context():
        taken_in(WHOLE)
        before = snapshot()
        db.session.remove()
    command = [sys.executable, "-c", SLOW, database_url]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        said = process.stdout.readline()
        assert said == "half way\n", said or process.stderr.read()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with app.app_context():
        assert snapshot() == before
        # And the next one is not kept waiting by the dead.
        taken_in(WHOLE.replace("WOL", "TOL").replace("I01", "I02"))
        assert [item.code for item in load().dossiers] == ["TOL", "WOL"]


def test_the_demonstration_is_taken_in_without_a_fault(session):
    from tracker.demo import FILE

    report = import_dossier(
        file=read_dossier(FILE.read_bytes()),
        catalogues=catalogue(load_programmes()).codes,
        today=date(2026, 10, 1),
        by="tests",
    )
    assert report.problems.shown == []
    assert len(load().dossiers) == 8
