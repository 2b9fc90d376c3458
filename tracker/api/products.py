"""The register of products, with the number of regions that use each; never which."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from flask.typing import ResponseReturnValue
from msgspec import Meta

from tracker.access import requires
from tracker.api.blueprint import answered, blueprint, describes
from tracker.api.parameters import KNOWN_AT, PEILDATUM, moment
from tracker.domain.assessment import AssessmentState
from tracker.domain.policy import Action
from tracker.domain.products import VersionStanding
from tracker.domain.records.enums import ProductKind
from tracker.domain.rules import programmes_for
from tracker.exchange.answers import Answer
from tracker.queries.findings import programmes
from tracker.queries.products import product_register, terms_of


class VersionLine(Answer, frozen=True, kw_only=True):
    """A version of a product on the day."""

    version: str
    state: AssessmentState
    since: date | None
    valid_until: date | None
    regions: Annotated[int, Meta(description="number of cooperations that use it on the day")]


class ProductLine(Answer, frozen=True, kw_only=True):
    """A product of the register."""

    code: str
    name: str
    kind: ProductKind
    supplier: str | None
    versions: list[VersionLine]
    regions: Annotated[int, Meta(description="number of cooperations that use any version on the day")]


class ProductList(Answer, frozen=True, kw_only=True):
    """The register on a day."""

    peildatum: date
    known_at: str | None
    products: list[ProductLine]


@blueprint.get("/products")
@requires(Action.see_products)
@describes(ProductList, PEILDATUM, KNOWN_AT, refusals=(400,))
def products() -> ResponseReturnValue:
    """Every product and how its versions stand with the Kenniscentrum on a day, and how many regions use them."""
    asked = moment()
    asking = next((item for item in programmes_for(programmes(), asked.as_of) if terms_of(item)), None)
    found = () if asking is None else product_register(asking, asked.as_of, known_at=asked.known and asked.known.at)
    by_code: dict[str, list[VersionStanding]] = {}
    for item in found:
        by_code.setdefault(item.product.code, []).append(item)
    lines = [_line(by_code[code]) for code in sorted(by_code)]
    return answered(ProductList(peildatum=asked.as_of, known_at=asked.asked, products=lines))


def _line(versions: list[VersionStanding]) -> ProductLine:
    product = versions[0].product
    return ProductLine(
        code=product.code,
        name=product.name,
        kind=product.kind,
        supplier=product.supplier,
        versions=[
            VersionLine(
                version=item.version,
                state=item.standing.state,
                since=item.standing.since,
                valid_until=item.standing.valid_until,
                regions=len(_regions([item])),
            )
            for item in sorted(versions, key=lambda item: item.version)
        ],
        regions=len(_regions(versions)),
    )


def _regions(versions: list[VersionStanding]) -> set[str]:
    return {dependent.cooperation for item in versions for dependent in item.dependents if dependent.is_current}
