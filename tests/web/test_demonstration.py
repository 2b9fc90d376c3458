"""A chosen today works with invented data alone."""

import pytest

from tests.conftest import DEMO_TODAY, make_app
from tests.people import invent_regions
from tracker.extensions import db


@pytest.mark.parametrize(("fictional", "status"), [(True, 200), (False, 503)])
def test_with_a_chosen_today_one_real_record_closes_the_house(database_url, fictional, status):
    app = make_app(database_url, demo_today=DEMO_TODAY)
    invent_regions(app, fictional=fictional)
    assert app.test_client().get("/aanmelden").status_code == status
    assert app.test_client().get("/healthz").status_code == 200
    with app.app_context():
        db.engine.dispose()


def test_without_it_real_records_are_what_the_house_is_for(database_url):
    app = make_app(database_url)
    invent_regions(app, fictional=False)
    assert app.test_client().get("/aanmelden").status_code == 200
    with app.app_context():
        db.engine.dispose()
