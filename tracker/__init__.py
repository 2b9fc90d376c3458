"""Regiotracker: where a region stands with digital care in general practice, on any day, and why."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from tracker.settings import Settings

__version__ = "0.1.0"

BLUEPRINTS = (
    "tracker.web.health",
    "tracker.web.sign_in",
    "tracker.web.oidc",
    "tracker.web.account",
    "tracker.web.home",
    "tracker.web.portfolio",
    "tracker.web.search",
    "tracker.web.changes",
    "tracker.web.history",
    "tracker.web.why",
    "tracker.web.evaluations",
    "tracker.web.meeting",
    "tracker.web.closing",
    "tracker.web.preparation",
    "tracker.web.scoring",
    "tracker.web.explanation",
    "tracker.web.funding",
    "tracker.api",
    "tracker.web.initiatives",
    "tracker.web.products",
    "tracker.web.examples",
    "tracker.web.programmes",
    "tracker.web.cooperations",
    "tracker.web.practices",
    "tracker.web.people",
    "tracker.web.region_people",
    "tracker.web.invitations",
    "tracker.web.read_links",
    "tracker.web.records",
    "tracker.web.evidence_files",
    "tracker.web.evidence",
    "tracker.web.actions",
    "tracker.web.reminders",
    "tracker.web.calendar",
    "tracker.web.administration",
    "tracker.web.region_administration",
    "tracker.web.imports",
    "tracker.web.practice_sheets",
    "tracker.web.use_grid",
    "tracker.web.mandates",
    "tracker.web.setup",
)
"""Every area of pages and the API: a module with a `blueprint`."""


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The application: a table of contents. Without settings they are read from the environment."""
    # The house is imported here and not above, so that `import tracker.domain` stays free of Flask.
    from flask import Flask

    from tracker import access, assets, extensions
    from tracker.settings import read_settings
    from tracker.web import (
        changed_here,
        configuration,
        demonstration,
        explained,
        frame,
        headers,
        kept_forms,
        letters,
        logs,
        oidc,
        problems,
        reminder_letter,
        sign_in,
        unbroken,
    )

    settings = settings or read_settings()
    app = Flask(__name__, static_folder=None, template_folder=assets.HOUSE / "templates")
    configuration.install(app, settings)
    logs.install(app, settings.log_level)
    headers.install(app)
    problems.install(app)
    extensions.install(app, migrations=assets.HOUSE / "migrations")
    sign_in.install(app)
    kept_forms.install(app)
    oidc.install(app, settings)
    frame.install(app)
    changed_here.install(app)
    explained.install(app)
    unbroken.install(app)
    demonstration.install(app)
    letters.install(app)
    reminder_letter.install(app)
    app.before_request(access.guard)
    register_blueprints(app)
    assets.install(app)
    return app


def register_blueprints(app: "Flask") -> None:
    """Add the areas of BLUEPRINTS."""
    from importlib import import_module

    for name in BLUEPRINTS:
        app.register_blueprint(import_module(name).blueprint)
