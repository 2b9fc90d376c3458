"""The page map: every page of the house on the demonstration, and who may see it. A test holds it complete."""

from __future__ import annotations

from typing import NamedTuple

ROLES = (
    "insurer_region_manager",
    "board_member",
    "practice_liaison",
    "project_leader",
    "evaluation_chair",
    "insurer_reader",
    "administrator",
)
"""The person of the demonstration with each role; the region of five of them is HOL."""
SEE_PORTFOLIO = frozenset({"insurer_region_manager", "insurer_reader", "administrator"})
ADMINISTER = frozenset({"administrator"})
WRITE_PRACTICES = frozenset({"board_member", "project_leader", "practice_liaison"})
SEE_PRACTICES = frozenset(ROLES) - {"insurer_region_manager", "insurer_reader"}

MANAGE_PEOPLE = frozenset({"board_member", "project_leader", "administrator"})


KEEP = frozenset({"board_member", "project_leader"})
KEEP_SOMETHING = frozenset(ROLES) - {"insurer_reader"}
KEEP_REGISTER = frozenset({"project_leader", "insurer_region_manager", "administrator"})


class Page(NamedTuple):
    """One page: its endpoint, an address, and the roles that may see it."""

    endpoint: str
    path: str
    roles: frozenset[str] = frozenset(ROLES)

    @property
    def name(self) -> str:
        """Its name as a file: `cooperations.overview`."""
        return self.endpoint.replace(".", "-")


def _of_region(tab: str) -> Page:
    slugs = {
        "overview": "",
        "initiatives": "/initiatieven",
        "funding": "/financiering",
        "practices": "/praktijken",
        "evaluations": "/evaluaties",
        "evidence": "/bewijs",
        "history": "/geschiedenis",
    }
    return Page(f"cooperations.{tab}", f"/samenwerkingsverbanden/HOL{slugs[tab]}")


PAGES = (
    Page("portfolio.index", "/portefeuille", SEE_PORTFOLIO),
    Page("cooperations.index", "/samenwerkingsverbanden"),
    *map(_of_region, ("overview", "initiatives", "funding", "practices", "evaluations", "evidence", "history")),
    Page("initiatives.index", "/initiatieven"),
    Page("initiatives.detail", "/initiatieven/I05"),
    Page("initiatives.precheck", "/initiatieven/I05/voortoets"),
    Page("evaluations.index", "/evaluaties"),
    Page("evaluations.detail", "/evaluaties/HOL/3"),
    Page("evaluations.pack", "/evaluaties/HOL/4/vergaderstuk"),
    Page("evaluations.minutes", "/evaluaties/HOL/3/verslag"),
    Page("closing.close", "/evaluaties/HOL/3/sluiten", frozenset(ROLES) - {"insurer_reader"}),
    Page("meeting.live", "/evaluaties/HOL/3/gesprek"),
    Page("scoring.scores", "/evaluaties/HOL/3/scores"),
    Page("products.index", "/toepassingen"),
    Page("products.detail", "/toepassingen/P04"),
    Page("funding.index", "/bekostiging"),
    Page("funding.rules", "/bekostiging/regels"),
    Page("funding.tariffs", "/bekostiging/tarieven"),
    Page("examples.index", "/goede-voorbeelden"),
    Page("examples.detail", "/goede-voorbeelden/I01"),
    Page("changes.index", "/wijzigingen"),
    Page("actions.index", "/acties"),
    Page("reminders.index", "/mijn-account/herinneringen"),
    Page("history.index", "/geschiedenis"),
    # Numbers as the demonstration is taken in: somewhere in the initiatives of HOL, and the first product.
    Page("history.record", "/samenwerkingsverbanden/HOL/geschiedenis/2980"),
    Page("history.register_record", "/toepassingen/geschiedenis/1"),
    Page("why.detail", "/waarom/R04/HOL"),
    Page("why.round", "/waarom/R28/HOL/ronde/3"),
    Page("why.application", "/waarom/R38/HOL/aanvraag/OI8"),
    Page("practices.index", "/praktijken"),
    Page("practices.detail", "/praktijken/HOL-01", SEE_PRACTICES),
    Page("programmes.index", "/programmas"),
    Page("programmes.detail", "/programmas/menzis-2022"),
    Page("search.index", "/zoeken?q=beeld"),
    Page("account.index", "/mijn-account"),
    Page("explanation.rules", "/regels"),
    Page("explanation.source", "/bronnen/M"),
    Page("explanation.terms", "/begrippen"),
    Page("explanation.figures", "/over-de-cijfers"),
    Page("explanation.accessibility", "/toegankelijkheid"),
    Page("explanation.shortcuts", "/sneltoetsen"),
    Page("administration.index", "/beheer", ADMINISTER),
    Page("administration.programmes", "/beheer/programmas", ADMINISTER),
    Page("administration.settings", "/beheer/instellingen", ADMINISTER),
    Page("region_administration.index", "/beheer/samenwerkingsverbanden", ADMINISTER),
    Page("region_administration.opening", "/beheer/samenwerkingsverbanden/openen", ADMINISTER),
    Page("region_administration.merging", "/beheer/samenwerkingsverbanden/samenvoegen", ADMINISTER),
    Page("region_administration.closing", "/beheer/samenwerkingsverbanden/HOL/sluiten", ADMINISTER),
    Page("imports.index", "/beheer/importeren", ADMINISTER),
    Page("people.index", "/beheer/mensen", ADMINISTER),
    Page("people.detail", "/beheer/mensen/1", ADMINISTER),
    Page("people.invite", "/beheer/mensen/uitnodigen", ADMINISTER),
    Page("people.invitations", "/beheer/uitnodigingen", ADMINISTER),
    Page("people.tokens", "/beheer/tokens", ADMINISTER),
    Page("people.attempts", "/beheer/aanmeldpogingen", ADMINISTER),
    Page("people.mails", "/beheer/mail", ADMINISTER),
    Page("region_people.index", "/samenwerkingsverbanden/HOL/mensen", MANAGE_PEOPLE),
    Page("region_people.invite", "/samenwerkingsverbanden/HOL/mensen/uitnodigen", MANAGE_PEOPLE),
    Page("setup.index", "/samenwerkingsverbanden/HOL/inrichten", frozenset(ROLES) - {"insurer_reader"}),
    Page("use_grid.index", "/samenwerkingsverbanden/HOL/praktijken/gebruik", WRITE_PRACTICES),
    Page("mandates.index", "/samenwerkingsverbanden/HOL/mandaten", frozenset({"board_member", "project_leader"})),
    Page("practice_sheets.index", "/samenwerkingsverbanden/HOL/praktijken/importeren", WRITE_PRACTICES),
    Page("evidence.detail", "/samenwerkingsverbanden/HOL/bewijs/2187"),
    Page("cooperations.records", "/samenwerkingsverbanden/HOL/gegevens", KEEP_SOMETHING),
    Page("initiatives.records", "/initiatieven/I05/gegevens", KEEP_SOMETHING),
    Page("records.correct_cooperation", "/samenwerkingsverbanden/HOL/corrigeren", ADMINISTER),
    # Numbers as the demonstration is taken in: the vision of HOL, the plan of I05 and the first product.
    Page("records.add_of_cooperation", "/samenwerkingsverbanden/HOL/visie/vastleggen", KEEP),
    Page("records.correct_of_cooperation", "/samenwerkingsverbanden/HOL/visie/2181/corrigeren", KEEP),
    Page("records.remove_of_cooperation", "/samenwerkingsverbanden/HOL/visie/2181/verwijderen", KEEP),
    Page("records.add_of_initiative", "/initiatieven/I05/plan/vastleggen", KEEP),
    Page("records.correct_of_initiative", "/initiatieven/I05/plan/2921/corrigeren", KEEP),
    Page("records.remove_of_initiative", "/initiatieven/I05/plan/2921/verwijderen", KEEP),
    Page("records.add_in_register", "/toepassingen/product/vastleggen", KEEP_REGISTER),
    Page("records.correct_in_register", "/toepassingen/product/1/corrigeren", KEEP_REGISTER),
    Page("records.remove_in_register", "/toepassingen/product/1/verwijderen", KEEP_REGISTER),
    Page("api.readable", "/api/v1/"),
)
