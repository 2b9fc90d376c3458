"""Journeys of a year (domain, section 5): people who look something up, in at most three clicks."""

import re

from playwright.sync_api import expect

LOOK_BACK = "peildatum=2022-07-01"


def test_the_regiomanager_prepares_a_visit(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Portefeuille Menzis")
    attention = page.locator("section", has=page.get_by_role("heading", name="Vraagt aandacht"))
    expect(attention.get_by_role("listitem").first).to_contain_text("ZorgplanSamen 1: KC-oordeel verlopen")

    page.get_by_role("rowheader", name="RSV Hollerdiep").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("RSV Hollerdiep")
    expect(page.locator("main")).to_contain_text("gingen 2 regels achteruit en 0 vooruit")
    steps = page.locator("section", has=page.get_by_role("heading", name="Volgende stappen"))
    expect(steps.get_by_role("listitem").first).to_contain_text("Nieuw contract met Menzis sluiten")
    rules = page.locator("section", has=page.get_by_role("heading", name="Roadmapregels"))
    late = rules.get_by_role("listitem").filter(has_text="Visie op tijd").first
    expect(late).to_contain_text("Te laat behaald (105 dagen)")
    late.locator("summary").click()
    expect(late).to_contain_text("14 oktober 2022")
    expect(late).to_contain_text("Bronpassage openen")

    initiatives = page.locator("section", has=page.get_by_role("heading", name="Initiatieven", exact=True))
    initiatives.get_by_role("link", name="Beeldspreekuur").click()
    expect(page.locator("main")).to_contain_text("5 van 9 behaald.")
    expect(page.locator("main")).to_contain_text("nooit aangemeld")


def test_a_cell_of_the_matrix_leads_to_its_reason(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/portefeuille")
    page.get_by_role("link", name=re.compile("^RSV Hollerdiep, CIO.CMIO nu: Niet behaald")).click()
    expect(page.locator("main")).to_contain_text("Vacant sinds 1 april 2026")
    page.get_by_role("link", name="Bronpassage openen").click()
    expect(page.locator("main")).to_contain_text("chief information officer (CIO) of chief medical information officer")


def test_the_board_prepares_its_meeting(come_in):
    page = come_in("board_member")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("RSV Hollerdiep")
    expect(page.get_by_role("navigation", name="Hoofdnavigatie")).to_contain_text("Mijn regio")

    page.get_by_role("link", name=re.compile("^Evaluaties")).nth(1).click()
    page.get_by_role("link", name=re.compile("Ronde 3|^3$")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ronde 3, RSV Hollerdiep")
    expect(page.locator("main")).to_contain_text("Ronde 3 is vergrendeld sinds 8 december 2025.")
    row = page.get_by_role("row").filter(has_text="Goede regionale ondersteuning").first
    expect(row.locator(".score, .agreed, td").nth(2)).to_contain_text("1")

    page.goto("/samenwerkingsverbanden/HOL/praktijken")
    expect(page.get_by_role("link", name="Huisartsenpraktijk De Sextant")).to_be_visible()
    assert page.goto("/samenwerkingsverbanden/WOL").status == 404
    assert page.goto("/portefeuille").status == 403
    page.get_by_role("link", name="Naar mijn regio").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("RSV Hollerdiep")


def test_a_look_back_at_the_first_of_july_2022(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/portefeuille")
    page.locator(".date-control summary").first.click()
    page.get_by_role("link", name="Visie en ICT 1 juli 2022").click()
    assert LOOK_BACK in page.url
    banner = page.get_by_text("U kijkt naar 1 juli 2022. Wijzigen kan alleen op de peildatum van vandaag.")
    expect(banner).to_be_visible()
    for name in ("RSV Zandermark, Visie op tijd: Behaald", "RSV Hollerdiep, Visie op tijd: Nog niet aan de orde"):
        expect(page.get_by_role("link", name=re.compile(f"^{re.escape(name)}"))).to_be_visible()

    page.get_by_role("rowheader", name="RSV Hollerdiep").get_by_role("link").click()
    expect(page.locator(".page-top")).to_contain_text("U kijkt naar 1 juli 2022.")
    expect(page.locator("main")).not_to_contain_text("105 dagen")
    assert only_looks(page)
    for tab in ("Initiatieven", "Financiering", "Praktijken", "Evaluaties", "Bewijs", "Geschiedenis"):
        page.locator(".tabs").get_by_role("link", name=re.compile(f"^{tab}")).click()
        assert LOOK_BACK in page.url
        expect(page.locator(".page-top")).to_contain_text("U kijkt naar 1 juli 2022.")
        assert only_looks(page)

    page.get_by_role("link", name="Terug naar vandaag").click()
    assert "peildatum" not in page.url
    expect(page.locator(".page-top")).not_to_contain_text("U kijkt naar")


def only_looks(page) -> bool:
    """Whether the page changes nothing: the one form that is sent is the one to sign out."""
    changing = page.locator("form[method=post]:not([action^='/afmelden'])").count()
    return changing == 0 and page.locator("a[href*='/vastleggen'], a[href*='/corrigeren']").count() == 0


def test_two_dates_are_compared_on_every_page(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/portefeuille")
    page.locator(".compare summary").click()
    page.locator(".compare").get_by_role("link", name="Streefdatum 31 december 2025").click()
    assert "vergelijk=2025-12-31" in page.url
    expect(page.locator("main")).to_contain_text("9 van 104 vakken gewijzigd")
    changed = page.get_by_role(
        "link", name=re.compile("^RSV Hollerdiep, Contract geldig: .*gewijzigd sinds 31 december")
    )
    expect(changed).to_be_visible()
    assert page.locator(".matrix .is-changed").count() == 9

    page.get_by_role("link", name="Alles bekijken").click()
    expect(page.locator("main")).to_contain_text("Contract geldig ging van Behaald naar Niet behaald")
    page.goto("/samenwerkingsverbanden/HOL?vergelijk=2025-12-31")
    links = page.locator("main a[href^='/']").evaluate_all("items => items.map(item => item.getAttribute('href'))")
    # A form, a record's own history and the papers of a meeting stand on days of their own.
    own_days = re.compile(r"/(vastleggen|corrigeren|verwijderen|inrichten|vergaderstuk|sluiten)(\?|$)|/geschiedenis/\d")
    links = [url for url in links if not own_days.search(url)]
    assert len(links) > 50
    kept = [url for url in links if "vergelijk=2025-12-31" in url]
    assert len(kept) == len(links), sorted(set(links) - set(kept))


def test_what_was_known_on_a_day_can_be_asked(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/portefeuille")
    page.locator(".date-control summary").first.click()
    page.get_by_label("Bekend op").fill("1-1-2026")
    page.get_by_label("Bekend op").press("Enter")
    assert "bekend_op=1-1-2026" in page.url
    expect(page.locator(".page-top")).to_contain_text("U ziet wat bekend was op 1 januari 2026.")


def test_a_wrong_day_is_said_beside_its_field(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/portefeuille")
    page.locator(".date-control summary").first.click()
    page.get_by_label("Peildatum", exact=True).fill("31-12-2030")
    page.get_by_label("Peildatum", exact=True).press("Enter")
    expect(page.locator("#peildatum-error")).to_contain_text("Kies een datum op of vóór vandaag.")
    expect(page.get_by_label("Peildatum", exact=True)).to_have_value("31-12-2030")
