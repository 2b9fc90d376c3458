"""What the API is: as OpenAPI 3.1, made from the answers and the addresses themselves, and as a page to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec
from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from tracker import labels
from tracker.api.blueprint import Described, Parameter, answered, blueprint
from tracker.domain.finding import Status
from tracker.exchange.answers import Answer, InBothLanguages
from tracker.exchange.reference import format_schema
from tracker.operations.reports import Report

REF = "#/components/schemas/{name}"
_PLACE = re.compile(r"<(\w+)>")
_REFUSALS = {
    400: "What was asked can't be used: the detail says why.",
    401: "No token, or one that is unknown or revoked.",
    403: "You may see this, but not do it.",
    404: "There is no such cooperation, or it is not for you.",
    413: "The file is larger, or holds more records, than this door takes.",
    422: "The file was refused: `report` names every fault.",
}


class Problem(Answer, frozen=True, kw_only=True):
    """Why a call was not answered (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    reason: InBothLanguages | msgspec.UnsetType = msgspec.UNSET
    request_id: str | msgspec.UnsetType = msgspec.UNSET
    report: Report | msgspec.UnsetType = msgspec.UNSET


class Call(msgspec.Struct, frozen=True):
    """One call: method, address with its places in braces, what it does, and what its view says of it."""

    method: str
    path: str
    view: Callable[..., Any]
    described: Described

    @property
    def summary(self) -> str:
        """The first sentence."""
        return self.words.partition("\n")[0].partition(": ")[0].rstrip(".")

    @property
    def words(self) -> str:
        """All that is said of the call, without line breaks inside a paragraph."""
        paragraphs = (self.view.__doc__ or "").strip().split("\n\n")
        return "\n\n".join(" ".join(line.strip() for line in text.splitlines()) for text in paragraphs)

    @property
    def places(self) -> list[str]:
        """The names in the address."""
        return re.findall(r"\{(\w+)\}", self.path)


def calls() -> list[Call]:
    """Every described call of the URL map, by address."""
    found = []
    for rule in current_app.url_map.iter_rules():
        view = current_app.view_functions[rule.endpoint]
        described = getattr(view, "described", None)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if described is not None:
                found.append(Call(method, _PLACE.sub(r"{\1}", rule.rule), view, described))
    return sorted(found, key=lambda call: (call.path, call.method))


@blueprint.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """The description for programs."""
    return answered(document(calls()))


@blueprint.get("/")
def readable() -> ResponseReturnValue:
    """The description for people."""
    statuses = [(status.value, labels.word(status)) for status in Status]
    return render_template("api/index.html", calls=calls(), statuses=statuses, refusals=_REFUSALS)


def document(found: list[Call]) -> dict[str, Any]:
    """The OpenAPI document of some calls."""
    structs = [call.described.answer for call in found if not isinstance(call.described.answer, str)]
    pointers, schemas = msgspec.json.schema_components([Problem, *structs], ref_template=REF)
    named = {id(struct): pointer for struct, pointer in zip([Problem, *structs], pointers, strict=True)}
    paths: dict[str, dict[str, Any]] = {}
    for call in found:
        answer = call.described.answer
        pointer = {"$ref": REF.format(name=answer)} if isinstance(answer, str) else named[id(answer)]
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call, pointer)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Regiotracker", "version": version("regiotracker"), "license": {"name": "EUPL-1.2"}},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": {**schemas, **_dossier_schemas()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(call: Call, pointer: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "operationId": call.view.__name__,
        "summary": call.summary,
        "description": call.words,
        "parameters": [*map(_place, call.places), *map(_parameter, call.described.parameters)],
        "responses": {"200": _response("What was asked.", "application/json", pointer), **dict(_refusals(call))},
    }
    if call.described.body:
        said["requestBody"] = _body()
    return said


def _place(name: str) -> dict[str, Any]:
    schema = {"type": "string", "examples": ["WOL"]}
    return {"name": name, "in": "path", "required": True, "schema": schema, "description": "Code of the cooperation."}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {"name": parameter.name, "in": "query", "description": parameter.meaning, "schema": parameter.schema}


def _refusals(call: Call) -> Iterator[tuple[str, dict[str, Any]]]:
    pointer = {"$ref": REF.format(name="Problem")}
    for status in sorted({400, 401, 403, *call.described.refusals}):
        yield str(status), _response(_REFUSALS[status], "application/problem+json", pointer)


def _response(words: str, kind: str, pointer: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {kind: {"schema": pointer}}}


def _body() -> dict[str, Any]:
    file = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
    return {
        "required": True,
        "description": "At most 20 MB and 100,000 records, unless this installation says else.",
        "content": {
            "application/json": {"schema": {"$ref": REF.format(name="dossier")}},
            "application/yaml": {"schema": {"type": "string"}},
            "multipart/form-data": {"schema": file},
        },
    }


@cache
def _dossier_schemas() -> dict[str, Any]:
    """The schemas of the dossier file, at home in this document."""
    text = msgspec.json.encode(format_schema()["$defs"]).decode()
    moved: dict[str, Any] = msgspec.json.decode(text.replace("#/$defs/", REF.format(name="")))
    return moved
