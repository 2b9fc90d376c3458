"""Records of the noun file."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from tracker.domain.records.base import Kind, Pair, Record, about
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.product import HisProduct, Product


class RegisterRecords(Record, frozen=True, kw_only=True):
    """Products and GP systems, shared by all cooperations."""

    declared = Kind("register", Pair("Register", "Register"))

    products: Annotated[
        tuple[Product, ...],
        about("Producten", "applications, platforms, algorithms, infrastructure"),
    ] = ()
    his_products: Annotated[
        tuple[HisProduct, ...],
        about("HIS-producten", "GP information systems and their quality mark", "GP systems"),
    ] = ()


class DossierFile(Record, frozen=True, kw_only=True):
    """The file."""

    declared = Kind("dossier", Pair("Dossierbestand", "Dossier file"))

    format: Annotated[str, about("Formaat", "always `regiotracker/dossier@1`", req=True)]
    fictional: Annotated[
        bool,
        about(
            "Fictief",
            "true = every name and fact in the file is invented; every page and export shows the badge *fictief*",
            req=True,
        ),
    ]
    title: Annotated[str | None, about("Titel", "what the file is")] = None
    reference_on: Annotated[
        date | None,
        about(
            "Peildatum",
            "the day the file describes; `make demo` makes this day 'today', so the demonstration is editable."
            " No rule reads it",
            "Reference date",
        ),
    ] = None
    register: Annotated[RegisterRecords | None, about("Register", "what concerns everybody")] = None
    cooperations: Annotated[tuple[Cooperation, ...], about("Samenwerkingsverbanden", "the dossiers")] = ()
