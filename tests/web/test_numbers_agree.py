"""Every status and number that a page shows is the one the API answers, on any day and for whoever reads.

The pages are walked by their own links, so that every link is proved as well: it answers, and it keeps the days.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tracker import labels
from tracker.domain.finding import Status, worst
from tracker.programmes import load_programmes

DAYS = {
    "today": {},
    "2022-07-01": {"peildatum": "2022-07-01"},
    "2025-12-31": {"peildatum": "2025-12-31", "vergelijk": "2024-12-31"},
}
OTHER_DAY = re.compile(r"/voortoets$")
"""Pages about another day than the peildatum: the pre-check judges a planned start."""
MANY = re.compile(r"/[A-Z]+-(?!0[1-3])\d+$")
"""Practices but the first three of each region: there are hundreds, all alike."""
MENZIS = "menzis-2022"
WALKS = (
    ("insurer_region_manager", "today"),
    ("insurer_region_manager", "2022-07-01"),
    ("board_member", "today"),
    ("board_member", "2022-07-01"),
    ("administrator", "2025-12-31"),
)
"""Who walks on which day: every day is walked by somebody who sees all regions, one's own region where it differs."""

TILE = re.compile(r'<span class="tile [^"]*" data-finding="([^"]+)" data-status="([A-Z_]+)" aria-hidden="true">')
CHIP = re.compile(
    r'<span class="chip [^"]*"><span class="tile [^"]*" data-finding="([^"]+)" data-status="[A-Z_]+"[^>]*>.*?</span>'
    r'<span class="chip-text"><span class="chip-word">([^<]*)</span>(?:\s*<span class="chip-fact">\(([^)]*)\)</span>)?',
    re.S,
)
CELL = re.compile(r'<td class="cell [^>]*><a href="/waarom/(R\d+)/([A-Z]+)[^"]*" .*?is-([a-z_]+)[ "]', re.S)
MAIN = re.compile(r"<main.*?</main>", re.S)
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
CLEARS = re.compile(r'<a class="control filter-on" href="([^"]*)"')


class House:
    """What one person sees on some days: the pages, and what the API says."""

    def __init__(self, client: FlaskClient, days: dict[str, str]) -> None:
        self.client, self.days = client, days
        self.query = "&".join(f"{name}={day}" for name, day in days.items())
        self.status = {name: day for name, day in days.items() if name == "peildatum"}

    def asks(self, path: str) -> dict:
        """An answer of the API."""
        answer = self.client.get(f"/api/v1/{path}", query_string=self.status if path != "cooperations" else {})
        assert answer.status_code == 200, path
        return answer.json

    def page(self, path: str) -> str:
        """A page on these days."""
        answer = self.client.get(path if "?" in path or not self.query else f"{path}?{self.query}")
        assert answer.status_code == 200, path
        return answer.get_data(as_text=True)

    @cached_property
    def codes(self) -> list[str]:
        return [item["code"] for item in self.asks("cooperations")["cooperations"]]

    @cached_property
    def results(self) -> dict[str, dict]:
        """Every result by rule, subject and programme, as `data-finding` names them."""
        return {
            f"{item['rule']} {item['subject']} {item['programme']}": item
            for code in self.codes
            for item in self.asks(f"cooperations/{code}/status")["results"]
        }

    def rows(self) -> list[dict]:
        """The rows of the portfolio."""
        return self.asks("portfolio")["cooperations"]

    @cached_property
    def pages(self) -> dict[str, str]:
        """Every page that links lead to without a filter, by address."""
        found: dict[str, str] = {}
        ahead = ["/samenwerkingsverbanden", "/initiatieven", "/evaluaties", "/praktijken"]
        ahead += ["/portefeuille"] if "/portefeuille" in self.page("/initiatieven") else []
        while ahead:
            path = ahead.pop()
            if path in found:
                continue
            found[path] = self.page(path)
            ahead += [link.path for link in links(found[path]) if self.is_plain(link) and link.path not in found]
        return found

    def is_plain(self, link) -> bool:
        """Whether a link leads to a page of its own on these days: no filter, no file, no other day."""
        return (
            not (link.netloc or link.scheme)
            and is_page(link.path)
            and {name: values[0] for name, values in parse_qs(link.query).items()} == self.days
        )


WORK = re.compile(
    r"/(vastleggen|corrigeren|verwijderen|gegevens|gebruik|importeren|inrichten|scores|gesprek|sluiten|mensen"
    r"|vergaderstuk|verslag)(/|$)|/(geschiedenis|bewijs)/\w+"
)
"""Forms, meetings, papers and single records: they stand on a day of their own and have tests of their own."""


def is_page(path: str) -> bool:
    elsewhere = ("/static/", "/taal/", "/api/", "/afmelden", "/mijn-account", "/acties", "/beheer")
    if path in ("", "/", "/mijn-regio") or path.startswith(elsewhere):
        return False
    return not MANY.search(path) and not WORK.search(path)


def links(text: str) -> list:
    """Every address in the links of a page."""
    return [urlsplit(unescape(url)) for url in LINK.findall(text)]


@pytest.fixture(scope="module")
def house(people) -> Callable[[str, str], House]:
    held: dict[tuple[str, str], House] = {}

    def of(role: str, day: str) -> House:
        if (role, day) not in held:
            held[role, day] = House(people(role), DAYS[day])
        return held[role, day]

    return of


@pytest.fixture(params=WALKS, ids=" ".join)
def seen(request, house) -> House:
    """The house as one person sees it on one day."""
    return house(*request.param)


@pytest.fixture(params=[walk for walk in WALKS if walk[0] != "board_member"], ids=" ".join)
def whole(request, house) -> House:
    """The same, of those who see the portfolio."""
    return house(*request.param)


def shown(pages: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Every status on the pages: where, the finding it names, and the status."""
    for path, text in pages.items():
        if not OTHER_DAY.search(path):
            for finding, status in TILE.findall(text):
                yield path, unescape(finding), status


def test_every_status_is_that_of_the_api(seen):
    wrong = [
        f"{path}: {finding} is {status}"
        for path, finding, status in shown(seen.pages)
        if seen.results[finding]["status"] != status
    ]
    assert wrong == []
    counted = Counter(finding.split()[0] for _path, finding, _status in shown(seen.pages))
    assert len(counted) > 20, counted


def test_every_word_says_its_status_and_every_late_day_is_counted_alike(seen):
    wrong = []
    for path, text in seen.pages.items():
        for finding, word, fact in CHIP.findall(text):
            result = seen.results[unescape(finding)]
            said = labels.words(labels.status_label(Status(result["status"])).word)
            if word not in (said, "Sluit niet aan op de visie", "Aansluiting nog te bevestigen"):
                wrong.append(f"{path}: {finding} says {word}, not {said}")
            if result["status"] == "LATE" and fact and fact != labels.days(result["days_late"]):
                wrong.append(f"{path}: {finding} says {fact}, not {result['days_late']} days")
    assert wrong == []


def test_every_cell_and_sum_of_the_matrix_is_that_of_the_api(whole):
    text = whole.pages["/portefeuille"]
    cells = {(rule, code): status.upper() for rule, code, status in CELL.findall(text)}
    assert cells == {
        (item["rule"], row["cooperation"]): item["status"] for row in whole.rows() for item in row["results"]
    }
    sums = re.findall(
        r'scope="row"[^>]*><a href="/samenwerkingsverbanden/([A-Z]+)[^"]*">.*?'
        r'matrix-sum" role="cell"><strong>(\d+)</strong><span class="cell-sub">van (\d+)',
        text,
        re.S,
    )
    assert {code: (int(met), int(of)) for code, met, of in sums} == {
        row["cooperation"]: met_of(row["results"]) for row in whole.rows()
    }


def met_of(results: list[dict]) -> tuple[int, int]:
    """How many are met, of those that apply."""
    counted = Counter(item["status"] for item in results)
    return counted["MET"], sum(counted.values()) - counted["NA"]


def test_every_key_figure_is_that_of_the_api(whole):
    tiles = re.findall(
        r'kpi-label">([^<]*)</span>\s*<span class="kpi-value"><span class="kpi-number">(\d+)</span> '
        r'<span class="kpi-of">(?:van )?(\w+)',
        whole.pages["/portefeuille"],
    )
    found = {unescape(label): (int(number), of) for label, number, of in tiles}
    rows = [item for row in whole.rows() for item in row["results"]]
    for rule, label in (("R04", "CIO of CMIO in functie"), ("R10", "Volledig contract"), ("R07", "Drie richtingen")):
        told = next(value for name, value in found.items() if name.startswith(label))
        met, of = met_of([item for item in rows if item["rule"] == rule])
        assert told == (met, str(of)), label
    met, of = met_of(rows)
    assert found["Roadmapregels behaald, alle regio’s samen"] == (met, str(of))
    assert found["In gebruik zonder KC-oordeel"][0] == len(without_verdict(whole))


JUDGED = ("application", "platform", "algorithm")
"""The kinds of products that need a verdict."""


def without_verdict(seen: House) -> set[tuple[str, str]]:
    """Products in use without the verdict they need, as the findings of R15 about initiatives say it."""
    counted = {
        (product["code"], version["version"])
        for product in seen.asks("products")["products"]
        for version in product["versions"]
        if product["kind"] in JUDGED and version["regions"] and version["state"] != "positive"
    }
    broken = any(item["rule"] == "R15" and item["status"] == "NOT_MET" for item in seen.results.values())
    return counted if broken else set()


def test_the_rules_met_are_counted_alike_on_every_page(seen):
    expected = {
        code: met_of([item for item in seen.results.values() if item["subject"] == code and in_matrix(item)])
        for code in seen.codes
    }
    listed = re.findall(
        r'href="/samenwerkingsverbanden/([A-Z]+)[^"]*">(?:(?!</tr>).)*?<strong>(\d+) van (\d+)</strong>',
        seen.pages["/samenwerkingsverbanden"],
        re.S,
    )
    told = {code: (int(met), int(of)) for code, met, of in listed}
    assert told == {code: value for code, value in expected.items() if value[1]}
    for code, value in expected.items():
        text = seen.pages[f"/samenwerkingsverbanden/{code}"]
        card = text[text.index("Roadmapregels</h2>") :][:400]
        if value[1]:
            assert f"<strong>{value[0]} van {value[1]}</strong> behaald" in card, code


def in_matrix(result: dict) -> bool:
    return result["programme"] == MENZIS and result["rule"] in COLUMNS


COLUMNS = {
    item.rule
    for programme in load_programmes()
    if programme.key == MENZIS
    for item in programme.requirements
    if item.column is not None
}


def test_the_conditions_met_are_counted_alike_on_every_page(seen):
    programme = next(item for item in load_programmes() if item.key == MENZIS)
    national = {item.key for item in load_programmes() if item.national}
    held: dict[str, dict[str, list[Status]]] = defaultdict(lambda: defaultdict(list))
    for item in seen.results.values():
        if item["programme"] == MENZIS or item["programme"] in national:
            held[item["subject"]][item["rule"]].append(Status(item["status"]))
    checked = 0
    for path, text in seen.pages.items():
        found = re.fullmatch(r"/initiatieven/(I\d+)", path)
        told = re.search(r"(\d+) van (\d+) behaald\.", text) if found else None
        if not found or not told:
            continue
        owner = re.search(r'href="/samenwerkingsverbanden/([A-Z]+)', MAIN.search(text)[0])[1]
        statuses = [
            worst([*(status for rule in condition.rules for status in held[found[1]][rule] + held[owner][rule])])
            for condition in programme.conditions
        ]
        met, total = statuses.count(Status.MET), len(statuses) - statuses.count(Status.NA)
        assert (int(told[1]), int(told[2])) == (met, total), path
        in_list = re.search(rf'href="{path}[^"]*">(?:(?!</tr>).)*?(\d+) van (\d+)', seen.pages["/initiatieven"], re.S)
        assert (int(in_list[1]), int(in_list[2])) == (met, total), f"{path} in the list"
        of_region = seen.pages[f"/samenwerkingsverbanden/{owner}"]
        in_region = re.search(rf'href="{path}(?:\?[^"]*)?">(?:(?!</tr>).)*?(\d+) van (\d+)', of_region, re.S)
        assert (int(in_region[1]), int(in_region[2])) == (met, total), f"{path} in its region"
        checked += 1
    assert checked or "2022-07-01" in seen.query


def test_rounds_are_counted_alike(seen):
    rounds = {item["subject"] for item in seen.results.values() if "#" in item["subject"]}
    told = re.search(r"(\d+)</strong>\s*rond|(\d+) rondes? gehouden|[Nn]og geen", plain(seen.pages["/evaluaties"]))
    number = int(next((part for part in told.groups() if part), 0)) if told else 0
    assert number == len(rounds)


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", MAIN.search(text)[0]).split())


def test_every_link_answers_and_keeps_the_days(seen):
    asked: set[str] = set()
    wrong = []
    for path, text in seen.pages.items():
        cleared = {unescape(url) for url in CLEARS.findall(text)}
        for link in links(MAIN.search(text)[0]):
            if link.netloc or link.scheme or not is_page(link.path):
                continue
            url = f"{link.path}?{link.query}" if link.query else link.path
            given = parse_qs(link.query)
            for name, day in seen.days.items():
                if name not in given and url not in cleared and "bekend_op" not in given:
                    wrong.append(f"{path}: {url} loses {name} {day}")
            if "formaat=xlsx" not in url:  # the same table as its csv
                asked.add(url)
    ahead = [url for url in sorted(asked) if url.split("?")[0] not in seen.pages or not is_known(url, seen)]
    for url in ahead:
        status = seen.client.get(url).status_code
        if status != 200:
            wrong.append(f"{url} answers {status}")
    assert wrong == []


def is_known(url: str, seen: House) -> bool:
    """Whether the walk opened this address already."""
    return seen.is_plain(urlsplit(url))
