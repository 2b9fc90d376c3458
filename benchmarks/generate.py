"""Invented regions in the dossier format, as many as wanted: `python -m benchmarks.generate L > large.json`.

A region is drawn from its own number alone, so that region 7 is the same in every size. About 800 records each.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import msgspec

from tracker.domain.raw import FORMAT

SIZES = {"S": 12, "M": 120, "L": 1_200, "XL": 5_000}
PRACTICES = 50
_SEED = 20_220_701
_DIRECTIONS = ("T1.1", "T1.2", "T2.1", "T3.1", "T3.2", "T3.3", "T3.4", "T3.5", "T3.6", "T3.7", "T4.1", "T4.2")
_COMPONENTS = {"T1.1": "abcdef", "T3.2": "abcdefg"}
_SERVICES = ("T1.1a", "T1.1b", "T1.1c", "T1.1d", "T1.1e", "T1.1f", "T2.1", "T3.4")
_PARTS = ("urgency", "problems", "benefits", "strategy")
_TOPICS = ("time_vulnerable", "jzojp", "ict_communication", "regional_support", "labour_market", "collaboration")
_STATEMENTS = ("based_on_vision", "implementable", "cost_potential", "outcome_potential", "willing_to_share")
_PLACES = ("Wolderveen", "Krombroek", "Lange Dijk", "Sint-Aagten", "Ooster’s Hoek", "De Wijk")
_BIRDS = ("De Wulp", "De Kievit", "De Grutto", "Het Roodborstje", "De Blauwe Reiger", "De Ooievaar")
_TEXTS = (
    "Telefonische wachttijd loopt op en een vijfde van de assistenten gaat binnen vijf jaar met pensioen.",
    "Praktijken werken met losse oplossingen; kwetsbare ouderen vertellen hun verhaal steeds opnieuw.",
    "Eerst bereikbaarheid, dan koppelingen vanuit het HIS, daarna het gezamenlijke zorgplan.",
)

Tree = dict[str, Any]


def dossier(regions: int) -> Iterator[bytes]:
    """The file in pieces, one for each region, so that the largest never stands in memory."""
    yield msgspec.json.encode({"format": FORMAT, "fictional": True, "register": _register()})[:-1]
    yield b',"cooperations":['
    for number in range(regions):
        yield (b",\n" if number else b"\n") + msgspec.json.encode(region(number))
    yield b"\n]}\n"


def _register() -> Tree:
    draw = Random(_SEED)
    return {
        "products": [_product(draw, number) for number in range(40)],
        "his_products": [
            {"code": f"his-{number}", "name": f"HIS {number}", "xis_marks": [{"from": "2024-02-01"}] * (number % 2)}
            for number in range(6)
        ],
    }


def _product(draw: Random, number: int) -> Tree:
    asked = date(2022, 9, 1) + timedelta(days=draw.randrange(700))
    results = [("intake_sent", 0), ("in_assessment", 35), (draw.choice(("positive", "positive", "negative")), 120)]
    return {
        "code": f"P{number:02}",
        "name": f"Product {number}",
        "kind": draw.choice(("application", "platform", "algorithm", "infrastructure")),
        "versions": [{"version": "1", "released_on": "2022-01-10"}, {"version": "2"}],
        "assessments": [
            {"version": "1", "reported_on": asked + timedelta(days=after), "status": status}
            for status, after in results[: draw.randint(1, 3)]
        ],
    }


def region(number: int) -> Tree:
    """One cooperation with its whole history."""
    return _Region(number).tree()


class _Region:
    def __init__(self, number: int) -> None:
        self.draw = Random(_SEED + number)
        self.number = number
        self.code = f"R{number:04}"
        self.adopted = date(2022, 2, 1) + timedelta(days=self.draw.randrange(300))

    def day(self, first: date | int, spread: int) -> date:
        """A day within `spread` days from the first (or from January of a year)."""
        start = date(first, 1, 1) if isinstance(first, int) else first
        return start + timedelta(days=self.draw.randrange(spread))

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def tree(self) -> Tree:
        practices = [self.practice(number) for number in range(1, PRACTICES + 1)]
        return {
            "code": self.code,
            "name": f"Huisartsencoöperatie {self.draw.choice(_PLACES)} {self.number}",
            "founded_on": self.day(2005, 4000),
            "insurers": self.insurers(),
            "counts": [{"counted_on": "2022-01-01", "practices": PRACTICES, "insured": 120_000}],
            "preferred_his": [{"his": f"his-{self.draw.randrange(6)}", "from": "2022-01-01"}],
            "contacts": self.contacts(),
            "regional_documents": [
                {"kind": kind, "title": "Regiodocument", "adopted_on": self.day(2023, 300)}
                for kind in ("regional_picture", "regional_plan")
            ],
            "visions": self.visions(),
            "ict_leads": self.ict_leads(),
            "ict_support": self.ict_support(),
            "directions": [self.direction(code) for code in self.draw.sample(_DIRECTIONS, self.draw.randint(2, 6))],
            "support_activities": self.support_activities(),
            "participation_offers": [
                {"kind": kind, "title": "Meedoen", "from": self.day(2023, 300), "to": self.day(2025, 600)}
                for kind in ("pilot", "working_group")
            ],
            "integrations": [self.integration(system) for system in ("his", "kis", "patient_portal")],
            "contracts": self.contracts(),
            "practices": practices,
            "initiatives": [self.initiative(number) for number in (1, 2)],
            "rounds": [self.round(number) for number in (1, 2, 3)],
            "social_agreements": [{"kind": "low_literacy", "agreed_on": self.day(2023, 600), "partner": "Gemeente"}],
            "oi_claims": self.oi_claims(),
            "service_declarations": [self.service_declaration(number) for number in (1, 2)],
        }

    def insurers(self) -> list[Tree]:
        first = {"insurer": "menzis", "lead": True, "from": self.day(2019, 900)}
        if self.chance(0.1):
            return [first, {"insurer": "zorg_en_zekerheid", "from": self.day(2023, 300)}]
        return [first | ({"to": self.day(2024, 900)} if self.chance(0.05) else {})]

    def contacts(self) -> list[Tree]:
        return [
            {"role": "insurer_region_manager", "person": "C. Lauwerszoon", "insurer": "menzis", "from": "2021-01-01"},
            {"role": "board_member", "person": "T. Ossewaard", "from": "2020-01-01", "to": "2024-06-30"},
            {"role": "board_member", "person": "J. van ’t Hof", "from": "2024-07-01"},
        ]

    def visions(self) -> list[Tree]:
        again = self.day(date(2024, 1, 1), 400)
        return [self.vision(1, self.adopted)] + ([self.vision(2, again)] if self.chance(0.6) else [])

    def vision(self, version: int, adopted: date) -> Tree:
        parts = _PARTS if self.chance(0.85) else _PARTS[:3]
        found: Tree = {
            "version": version,
            "title": "Digitaal verder",
            "drafted_on": adopted - timedelta(days=90),
            "adopted_on": adopted,
            "texts": [{"part": part, "recorded_on": adopted, "text": self.draw.choice(_TEXTS)} for part in parts],
            "support": [
                {
                    "stated_on": adopted,
                    "supported": self.chance(0.9),
                    "kind": "member_vote",
                    "share_pct": self.draw.randint(51, 99),
                    "evidence": self.evidence("Verslag ledenvergadering", adopted),
                }
            ],
        }
        return found | ({"withdrawn_on": self.day(date(2025, 3, 1), 240)} if self.chance(0.03) else {})

    def evidence(self, title: str, about: date) -> list[Tree]:
        return [
            {
                "title": title,
                "kind": "minutes",
                "strength": self.draw.choice(("declared", "shown", "checked")),
                "about_on": about,
                "received_on": about + timedelta(days=14),
            }
        ]

    def ict_leads(self) -> list[Tree]:
        start = self.day(2021, 900)
        first: Tree = {"role": self.draw.choice(("cio", "cmio")), "person": "M. Terhorst", "fte": 0.4, "from": start}
        if self.chance(0.5):
            return [first]
        ended = start + timedelta(days=self.draw.randint(200, 900))
        after = ended + timedelta(days=self.draw.randint(1, 200))
        return [first | {"to": ended}, {"role": "cio", "person": "J. Wessels", "interim": True, "from": after}]

    def ict_support(self) -> list[Tree]:
        if self.chance(0.1):
            return []
        start = self.day(2021, 700)
        return [{"name": "ICT-ondersteuning praktijken", "from": start, "alignment": self.alignment(start)}]

    def alignment(self, first: date) -> list[Tree]:
        stated = max(first, self.adopted) + timedelta(days=self.draw.randrange(60))
        found = [{"vision_version": 1, "stated_on": stated, "aligned": self.chance(0.95)}]
        if self.chance(0.5):
            found.append({"vision_version": 2, "stated_on": self.day(2025, 200), "aligned": True})
        return found

    def direction(self, code: str) -> Tree:
        start = self.day(date(2022, 3, 1), 600)
        names = ("selected", "pilot", "implementing", "in_use")[: self.draw.randint(1, 4)]
        gap = self.draw.randint(60, 250)
        phases = [{"reached_on": start + timedelta(days=gap * step), "phase": name} for step, name in enumerate(names)]
        if self.chance(0.05):
            phases.append({"reached_on": start + timedelta(days=gap * 5), "phase": "stopped", "reason": "Geen animo."})
        letters = _COMPONENTS.get(code, "")
        chosen = [{"component": code + letter, "from": start} for letter in letters if self.chance(0.5)]
        return {"code": code, "phases": phases, "components": chosen, "alignment": self.alignment(start)}

    def support_activities(self) -> list[Tree]:
        found = []
        for line in ("skills", "pilots", "implementation"):
            start = self.day(2022, 500)
            last = {"to": start + timedelta(days=900)} if self.chance(0.3) else {}
            found.append({"line": line, "title": "Ondersteuning", "from": start, **last})
        return found

    def integration(self, system: str) -> Tree:
        start = self.day(2022, 700)
        return {
            "system": system,
            "product": f"P{self.draw.randrange(40):02}",
            "from": start,
            "standards": [{"standard": "measurements", "from": start + timedelta(days=40)}],
        }

    def contracts(self) -> list[Tree]:
        signed = self.day(date(2022, 5, 1), 400)
        given = signed - timedelta(days=20)
        mandates: list[Tree] = [{"kind": "collective", "given_on": given}]
        if self.chance(0.5):
            codes = [f"{self.code}-{number:02}" for number in range(1, PRACTICES + 1) if self.chance(0.9)]
            mandates = [{"kind": "individual", "practice": code, "given_on": given} for code in codes]
        scopes = ["implementation", "financing"] if self.chance(0.8) else ["implementation"]
        first: Tree = {
            "code": f"{self.code}-menzis-1",
            "insurer": "menzis",
            "signed_on": signed,
            "starts_on": signed,
            "ends_on": signed + timedelta(days=1_000),
            "scopes": scopes,
            "mandates": mandates,
            "evidence": self.evidence("Getekende overeenkomst", signed),
        }
        later = {"code": f"{self.code}-menzis-2", "insurer": "menzis", "signed_on": "2025-02-01"}
        return [first, later | {"starts_on": "2025-03-01", "scopes": scopes}] if self.chance(0.7) else [first]

    def practice(self, number: int) -> Tree:
        joined = self.day(2008, 3500) if self.chance(0.9) else self.day(2022, 900)
        period: Tree = {"from": joined}
        if self.chance(0.06):
            period["to"] = max(joined, date(2023, 1, 1)) + timedelta(days=self.draw.randint(30, 800))
        insured = self.draw.randint(1_400, 4_200)
        return {
            "code": f"{self.code}-{number:02}",
            "name": f"Huisartsenpraktijk {self.draw.choice(_BIRDS)}",
            "place": self.draw.choice(_PLACES),
            "memberships": [period],
            "insured": [
                {"counted_on": f"{year}-01-01", "insured": insured + 20 * (year - 2022)} for year in (2022, 2024)
            ],
            "his": [{"his": f"his-{self.draw.randrange(6)}", "from": joined}],
            "steps": self.steps(),
            "use": [self.component_use(service) for service in _SERVICES if self.chance(0.5)],
        }

    def steps(self) -> list[Tree]:
        found: list[Tree] = []
        for step in ("time", "skills", "organisation", "participation"):
            if not self.chance(0.75):
                continue
            entry: Tree = {"step": step, "from": self.day(date(2022, 3, 1), 700)}
            if step == "organisation":
                entry["guided"] = ["professionals", "patients"]
            if step == "participation":
                entry["kind"] = "pilot"
            if self.chance(0.05):
                entry["to"] = entry["from"] + timedelta(days=400)
            found.append(entry)
        return found

    def component_use(self, service: str) -> Tree:
        start = self.day(2019, 1800)
        used = {"used_from": start + timedelta(days=self.draw.randint(5, 200))} if self.chance(0.85) else {}
        return {"component": service, "available_from": start, **used}

    def initiative(self, number: int) -> Tree:
        proposed = self.day(date(2022, 6, 1), 500)
        started = proposed + timedelta(days=90)
        code = f"{self.code}-I{number}"
        found: Tree = {
            "code": code,
            "title": f"Initiatief {number} van {self.code}",
            "summary": self.draw.choice(_TEXTS),
            "insurer": "menzis",
            "proposed_on": proposed,
            "planned_start_on": started,
            "started_on": started,
            "phases": [
                {"reached_on": started, "phase": "start"},
                {"reached_on": started + timedelta(days=400), "phase": "scale_up"},
            ],
            "directions": [{"code": self.draw.choice(_DIRECTIONS), "from": proposed}],
            "uses": [
                {"product": f"P{product:02}", "version": "1", "from": started}
                for product in self.draw.sample(range(40), 2)
            ],
            "statements": [
                {"kind": kind, "stated_on": proposed, "holds": self.chance(0.95), "text": self.draw.choice(_TEXTS)}
                for kind in _STATEMENTS
            ],
            "agreements": [
                {"signed_on": proposed + timedelta(days=60), "objectives": ["Minder telefoontjes"], "outcomes": ["8"]}
            ],
            "plans": [self.plan(started)],
            "indicators": [self.indicator(started)],
            "participants": self.participants(started),
            "evaluations": [self.evaluation(started, year) for year in (1, 2)],
            "extensions": self.extensions(started),
            "funding_lines": self.funding_lines(started),
        }
        if number == 1 and self.chance(0.3):
            found["sharings"] = [{"shared_on": started + timedelta(days=500), "summary": "Zo deden wij het."}]
        if self.number and number == 2:
            found["good_examples"] = [
                {"source": f"R{self.number - 1:04}-I1", "considered_on": proposed, "outcome": "used"}
            ]
        return found

    def plan(self, started: date) -> Tree:
        milestones = [
            {
                "code": f"m{step}",
                "title": f"Stap {step}",
                "due_on": started + timedelta(days=180 * step),
                **({"done_on": started + timedelta(days=190 * step)} if self.chance(0.7) else {}),
            }
            for step in (1, 2, 3)
        ]
        return {"version": 1, "adopted_on": started - timedelta(days=5), "milestones": milestones}

    def indicator(self, started: date) -> Tree:
        values = [
            {"measured_on": started + timedelta(days=180 * step), "value": self.draw.randint(20, 60)}
            for step in (1, 2, 3)
        ]
        return {
            "code": "p1",
            "name": "Deelnemende praktijken",
            "unit": "praktijken",
            "baseline": {"measured_on": started, "value": 0},
            "targets": [{"set_on": started, "due_on": started + timedelta(days=700), "value": 50}],
            "measurements": values,
        }

    def participants(self, started: date) -> list[Tree]:
        return [
            {
                "practice": f"{self.code}-{number:02}",
                "joined_on": started + timedelta(days=self.draw.randrange(200)),
                **({"no_double_funding_signed_on": started} if self.chance(0.8) else {}),
            }
            for number in self.draw.sample(range(1, PRACTICES + 1), 12)
        ]

    def evaluation(self, started: date, year: int) -> Tree:
        held = started + timedelta(days=365 * year)
        steering = {"decided_on": held, "text": "Planning aangepast aan de drukte."}
        return {
            "held_on": held,
            "reports_on_plan": True,
            "verdict": self.draw.choice(("positive", "mixed", "negative")),
            "shared_on": held + timedelta(days=14),
            "steering": [steering | {"done_on": held + timedelta(days=90)}],
            "evidence": self.evidence("Evaluatieverslag", held),
        }

    def extensions(self, started: date) -> list[Tree]:
        decided = started + timedelta(days=420)
        return [{"decided_on": decided, "decided_by": "menzis", "result": "extended", "until": "2026-12-31"}]

    def funding_lines(self, started: date) -> list[Tree]:
        shared = {"share_pct": 100, "from": started, "to": "2026-12-31"}
        return [
            {"code": "f1", "stream": "s3", "purpose": "initiative", "item": "licenties", "eur_per_year": 90_000.5}
            | shared,
            {"code": "f2", "stream": "oi", "purpose": "practice_support", "item": "hulp", "eur_per_year": 40_000}
            | shared,
        ]

    def round(self, number: int) -> Tree:
        held = self.day(date(2022 + number, 10, 1), 60)
        return {
            "number": number,
            "held_on": held,
            "locked_on": held + timedelta(days=7),
            "scores": [
                {
                    "topic": topic,
                    "self": self.draw.randint(1, 5),
                    "insurer": self.draw.randint(1, 5),
                    "agreed": self.draw.randint(1, 5),
                    "evidence": self.evidence(f"Meting {topic}", held - timedelta(days=30)),
                }
                for topic in _TOPICS
            ],
            "actions": [
                {"text": "Plan voor scholing maken", "owner": "Bestuur", "due_on": held + timedelta(days=100)},
                {"text": "Voorbeeld bekijken", "owner": "CMIO", "done_on": held + timedelta(days=60)},
            ],
        }

    def oi_claims(self) -> list[Tree]:
        return [
            {
                "code": "OI1",
                "tariff": self.draw.choice(("practice_management", "neighbourhood_management")),
                "insurer": "menzis",
                "unit": "Regio",
                "claimed_on": "2024-01-15",
                "from": "2024-01-01",
                "insured": self.draw.randint(8_000, 20_000),
            }
        ]

    def service_declaration(self, number: int) -> Tree:
        return {
            "code": f"SB{number}",
            "practice": f"{self.code}-{number:02}",
            "insurer": "menzis",
            "year": 2024,
            "declared_on": "2024-02-01",
            "insured": 2_500,
            "has": ["digital_appointments", "repeat_prescriptions"],
            "uses": ["repeat_prescriptions"],
        }


if __name__ == "__main__":
    for piece in dossier(SIZES[sys.argv[1]]):
        sys.stdout.buffer.write(piece)
