"""JSON for programs under /api/v1: the same queries as the pages, writes through the same operations."""

from tracker.api import cooperations, description, dossiers, policies, products  # noqa: F401 -- their views register
from tracker.api.blueprint import blueprint

__all__ = ["blueprint"]
