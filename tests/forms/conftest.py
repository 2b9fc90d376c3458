"""Forms are drawn by the house's own templates; no page and no database is asked."""

import pytest
from flask import Flask

from tracker import assets
from tracker.extensions import babel, chosen_language


@pytest.fixture(scope="session")
def drawing_app():
    """Templates and texts, without doors."""
    app = Flask("drawing", static_folder=None, template_folder=assets.HOUSE / "templates")
    app.jinja_env.filters["explained"] = str
    app.config.update(SECRET_KEY="test", BABEL_DEFAULT_LOCALE="nl")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(assets.HOUSE / "tracker" / "translations")
    babel.init_app(app, locale_selector=chosen_language)
    assets.install(app)
    return app


@pytest.fixture(autouse=True)
def _somebody_reads(drawing_app):
    with drawing_app.test_request_context("/"):
        yield
