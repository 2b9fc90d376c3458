"""The description of the API can be read by everybody, without a fault on the page."""


def test_the_page_about_the_api_is_without_fault_and_fits_a_phone(visit, page):
    opened = visit("/api/v1/")
    assert opened.locator("h1").inner_text() == "API van Regiotracker"
    assert opened.get_by_role("link", name="OpenAPI 3.1").is_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
