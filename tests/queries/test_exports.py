"""An export holds what was chosen, and import takes it back without a difference."""

import pytest

from tests.conftest import make_app
from tests.written import HEAD, WOLDERVEEN, taken_in
from tracker.demo import FILE
from tracker.exchange.dossier_file import dossier_json, dossier_yaml
from tracker.extensions import db
from tracker.queries import exports
from tracker.queries.exports import MixedFiction, export

REAL = "format: regiotracker/dossier@1\nfictional: false\n"
PRODUCTS = "register: {products: [{code: %s, name: P, kind: platform, versions: [{version: '1'}]}]}\n"
LINDEMEER = "cooperations: [{code: LIN, name: RSV Lindemeer}]\n"


def as_yaml(codes=None):
    found = export(codes)
    return dossier_yaml(found.register, found.dossiers, fictional=found.fictional)


def as_json(codes=None):
    found = export(codes)
    return b"".join(dossier_json(found.register, found.dossiers, fictional=found.fictional)).decode()


@pytest.mark.parametrize("write", [as_yaml, as_json])
def test_the_demonstration_goes_out_and_in_and_out_without_a_difference(session, second_database_url, write):
    taken_in(FILE.read_text(encoding="utf-8"))
    first = write()
    other = make_app(second_database_url)
    with other.app_context():
        taken_in(first)
        assert write() == first
        again = taken_in(first).total()
        assert (again.added, again.changed) == (0, 0)
        db.session.remove()
        db.engine.dispose()


def test_chosen_codes_come_with_the_register_and_unknown_ones_are_left_out(session):
    taken_in(HEAD + PRODUCTS % "P01" + WOLDERVEEN)
    taken_in(HEAD + LINDEMEER)
    found = export(["LIN", "XXX"])
    assert found.codes == ("LIN",)
    assert [item.name for item in found.dossiers] == ["RSV Lindemeer"]
    assert [item.code for item in found.register.products] == ["P01"]


def test_an_empty_house_gives_an_empty_file(session):
    assert as_yaml() == "format: regiotracker/dossier@1\nfictional: false\n"
    assert taken_in(as_yaml()).total().added == 0


def test_invented_and_real_do_not_go_into_one_file(session):
    taken_in(HEAD + PRODUCTS % "P01" + WOLDERVEEN)
    taken_in(REAL + PRODUCTS % "P02" + LINDEMEER)
    with pytest.raises(MixedFiction):
        export(None)
    found = export(["LIN"])
    assert (found.fictional, [item.code for item in found.register.products]) == (False, ["P02"])
    assert export(["WOL"]).fictional


def test_dossiers_come_in_portions_and_all_of_them(session, monkeypatch):
    monkeypatch.setattr(exports, "PORTION", 2)
    listed = ", ".join(f"{{code: C{number}, name: N, visions: [{{version: 1}}]}}" for number in range(5))
    taken_in(HEAD + f"cooperations: [{listed}]")
    found = export(None)
    assert [item.code for item in found.dossiers] == ["C0", "C1", "C2", "C3", "C4"]
