"""HTML to PDF: A4, tagged, and cut off from the world. WeasyPrint draws with Pango, which the system has to have."""

from __future__ import annotations

import logging

LACKING = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
"""The Debian packages that WeasyPrint needs."""


class NoPdf(Exception):
    """This machine can't draw a PDF: the packages that it lacks."""


def to_pdf(html: str, css: str) -> bytes:
    """A PDF/UA of a whole page. Nothing is fetched: a picture or sheet that the page names is left out.

    Raises NoPdf where Pango is missing.
    """
    try:
        # Loaded here: drawing libraries are sought on import, and everything but PDF works without them.
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise NoPdf(LACKING) from error

    class Nothing(URLFetcher):  # type: ignore[misc]
        """Refuses every address, also that of a file."""

        def fetch(self, url: str, headers: object = None) -> object:
            raise ValueError(f"not fetched: {url[:80]}")

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    fetcher = Nothing()
    sheet = CSS(string=css, url_fetcher=fetcher)
    made = HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")
    return bytes(made)
