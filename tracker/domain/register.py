"""What concerns everybody: products and their assessments, GP systems, and examples that were shared."""

from __future__ import annotations

from datetime import date

import msgspec

from tracker.domain.records.initiative import Initiative
from tracker.domain.records.product import HisProduct, Product
from tracker.domain.visibility import seen, seen_all


class Example(msgspec.Struct, frozen=True, gc=False):
    """An initiative of a cooperation that was shared, as others find it."""

    cooperation: str
    initiative: Initiative
    """With its directions and sharings only."""


class Register(msgspec.Struct, frozen=True):
    """What concerns everybody: products and their assessments, GP systems, examples that were shared."""

    products: tuple[Product, ...] = ()
    his_products: tuple[HisProduct, ...] = ()
    examples: tuple[Example, ...] = ()

    def product(self, code: str) -> Product | None:
        return next((product for product in self.products if product.code == code), None)

    def his_product(self, code: str) -> HisProduct | None:
        return next((product for product in self.his_products if product.code == code), None)


def register_seen(register: Register, as_of: date) -> Register:
    """The register as it was on a day."""
    examples = (
        Example(example.cooperation, initiative)
        for example in register.examples
        if (initiative := seen(example.initiative, as_of)) is not None and initiative.sharings
    )
    return Register(seen_all(register.products, as_of), seen_all(register.his_products, as_of), tuple(examples))
