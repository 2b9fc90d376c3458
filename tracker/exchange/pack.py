"""The pack of a round as one ZIP: written part by part while it is sent, and checked without a database.

The last part, `manifest.json`, names every other part with its size and SHA-256, and the hash of the content, which is
that of `document.json` in canonical form.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

from tracker.domain.canonical import NotCanonical, content_hash, read_canonical
from tracker.domain.records.base import Pair

FORMAT = "regiotracker/pack@1"
DOCUMENT, MANIFEST = "document.json", "manifest.json"
MOST_BYTES, MOST_PARTS, AT_ONCE = 500_000_000, 5_000, 64 * 1024
Part = tuple[str, Callable[[], bytes | Iterable[bytes]]]
"""The name of a part, and what makes it when its turn comes."""


class _Tray(io.RawIOBase):
    """What the ZIP writes, until it is taken away; a stream that can't be gone back in."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        taken = bytes(data)  # type: ignore[call-overload]
        self._held.append(taken)
        return len(taken)

    def take(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


def packed_parts(parts: Iterable[Part], sha256: str, made_at: datetime) -> Iterator[bytes]:
    """The bytes of the ZIP, part after part; the manifest comes last."""
    tray, listed = _Tray(), []
    moment = made_at.timetuple()[:6]
    with zipfile.ZipFile(tray, "w", zipfile.ZIP_DEFLATED) as book:
        for name, make in parts:
            made, digest, size = make(), hashlib.sha256(), 0
            with book.open(_entry(name, moment), "w", force_zip64=False) as target:
                for chunk in [made] if isinstance(made, bytes) else made:
                    digest.update(chunk)
                    size += len(chunk)
                    target.write(chunk)
                    yield tray.take()
            listed.append({"name": name, "bytes": size, "sha256": digest.hexdigest()})
        manifest = {"format": FORMAT, "content": DOCUMENT, "content_sha256": sha256, "parts": listed}
        book.writestr(_entry(MANIFEST, moment), json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True))
        yield tray.take()
    yield tray.take()


def _entry(name: str, moment: tuple[int, ...]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, moment)  # type: ignore[arg-type]
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


# --- checking ---


class Check(NamedTuple):
    """One thing that was checked, in words."""

    fits: bool
    words: Pair


def verify(path: Path) -> list[Check]:
    """What fits and what does not: the parts and their hashes, the canonical form, and the hash of the content."""
    try:
        with zipfile.ZipFile(path) as book:
            return list(_checks(book))
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        return [_wrong(f"dit is geen leesbare ZIP: {error}", f"this is no readable ZIP: {error}")]


def _checks(book: zipfile.ZipFile) -> Iterator[Check]:
    names = [entry.filename for entry in book.infolist()]
    if len(names) > MOST_PARTS or sum(entry.file_size for entry in book.infolist()) > MOST_BYTES:
        yield _wrong("dit bestand is groter dan een vergaderstuk kan zijn", "this file is larger than a pack can be")
        return
    if twice := sorted({name for name in names if names.count(name) > 1}):
        yield _wrong(f"staat er twee keer in: {', '.join(twice)}", f"is in it twice: {', '.join(twice)}")
    manifest = _manifest(book) if MANIFEST in names else None
    if manifest is None:
        yield _wrong(
            "manifest.json ontbreekt of is geen lijst van delen", "manifest.json is missing or no list of parts"
        )
        return
    listed, content = manifest
    for name in sorted(set(names) - set(listed) - {MANIFEST}):
        yield _wrong(f"{name} staat niet in de lijst", f"{name} is not on the list")
    for name, sha256 in sorted(listed.items()):
        yield _part(book, name, sha256) if name in names else _wrong(f"{name} ontbreekt", f"{name} is missing")
    if DOCUMENT in names:
        yield from _content(book.read(DOCUMENT), content)
    else:
        yield _wrong(f"{DOCUMENT} ontbreekt", f"{DOCUMENT} is missing")


def _manifest(book: zipfile.ZipFile) -> tuple[dict[str, str], str] | None:
    try:
        found = json.loads(book.read(MANIFEST))
        listed = {str(item["name"]): str(item["sha256"]) for item in found["parts"]}
        return (listed, str(found["content_sha256"])) if found["format"] == FORMAT else None
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile, RecursionError):
        return None


def _part(book: zipfile.ZipFile, name: str, sha256: str) -> Check:
    try:
        with book.open(name) as part:
            fits = _hash_of(part) == sha256
    except zipfile.BadZipFile:
        fits = False
    if fits:
        return Check(True, Pair(f"{name} is ongewijzigd", f"{name} is unchanged"))
    return _wrong(f"{name} is gewijzigd sinds het is gemaakt", f"{name} was changed since it was made")


def _hash_of(part: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := part.read(AT_ONCE):
        digest.update(chunk)
    return digest.hexdigest()


def _content(data: bytes, sha256: str) -> Iterator[Check]:
    try:
        read_canonical(data)
    except NotCanonical as error:
        yield _wrong(f"{DOCUMENT} heeft niet de vaste vorm: {error}", f"{DOCUMENT} is not in canonical form: {error}")
        return
    yield Check(True, Pair(f"{DOCUMENT} heeft de vaste vorm", f"{DOCUMENT} is in canonical form"))
    own = content_hash(data.decode())
    if own == sha256:
        yield Check(True, Pair(f"het controlegetal van de inhoud klopt: {own}", f"the content hash fits: {own}"))
    else:
        yield _wrong(
            f"het controlegetal van de inhoud is {own}, maar de lijst zegt {sha256}",
            f"the content hash is {own}, but the list says {sha256}",
        )


def _wrong(nl: str, en: str) -> Check:
    return Check(False, Pair(nl, en))
