"""Files that must be refused, whichever door they come through: what is in them, and a word of the refusal."""

import io
import struct
import zipfile
import zlib

from tests.written import HEAD

JSON_HEAD = '{"format": "regiotracker/dossier@1", "fictional": true, '


def _zip():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("dossier.yaml", HEAD)
    return held.getvalue()


def _picture():
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def region(body, head=HEAD):
    """A file with one cooperation in YAML."""
    return f"{head}cooperations:\n  - code: WOL\n    name: RSV Wolderveen\n{body}".encode()


ANCHORS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

UNREADABLE = {
    "nothing at all": (b"", "leeg"),
    "only white space": (b" \n\t\n", "leeg"),
    "a zip": (_zip(), "geen tekstbestand"),
    "a picture": (_picture(), "geen tekstbestand"),
    "text in UTF-16": (HEAD.encode("utf-16"), "geen tekstbestand"),
    "a NUL in YAML": ((HEAD + "title: 'a\0b'").encode(), "geen tekstbestand"),
    "anchors that explode": ((HEAD + ANCHORS).encode(), "ankers"),
    "a merge key": ((HEAD + "title: {<<: {a: b}}").encode(), "samenvoegen"),
    "a tag": ((HEAD + "title: !!python/object/apply:os.system [ls]").encode(), "tags"),
    "two documents": ((HEAD + "---\n" + HEAD).encode(), "meer dan één document"),
    "a key twice": ((HEAD + "title: a\ntitle: b").encode(), "twee keer"),
    "a list at the top": (b"- a\n- b\n", "format"),
    "broken YAML": (b"format: [", "regel"),
    "a hundred levels": ((HEAD + "title: " + "[" * 100 + "]" * 100).encode(), "dieper dan twaalf"),
    "broken JSON": (b'{"format": ', "JSON"),
    "JSON with a key twice": ((JSON_HEAD + '"title": "a", "title": "b"}').encode(), "twee keer"),
    "JSON with NaN": ((JSON_HEAD + '"register": {"products": NaN}}').encode(), "JSON"),
    "a JSON list": (b"[]", "JSON"),
    "JSON that is deep": ((JSON_HEAD + '"title": ' + "[" * 5000 + "]" * 5000 + "}").encode(), "JSON"),
    "half a character in JSON": (
        (JSON_HEAD + '"cooperations": [{"code": "WOL", "name": "a\\ud800b"}]}').encode(),
        "JSON",
    ),
    "cooperations that are no list": ((HEAD + "cooperations: 3").encode(), "lijst"),
}
"""What can't be read at all."""

REFUSED = {
    "no format": (b"fictional: true\n", "$.format"),
    "another format": (b"format: regiotracker/dossier@2\nfictional: true\n", "$.format"),
    "an unknown key": (region("    vision: []\n"), "$.cooperations[0].vision"),
    "an impossible day": (region("    founded_on: 2022-02-30\n"), "$.cooperations[0].founded_on"),
    "a day long ago": (region("    founded_on: 1815-06-18\n"), "$.cooperations[0].founded_on"),
    "a number where a day belongs": (region("    founded_on: 20220701\n"), "$.cooperations[0].founded_on"),
    "a moment where a day belongs": (region("    founded_on: 2022-07-01T10:00:00\n"), "$.cooperations[0].founded_on"),
    "an end before its start": (
        region("    insurers: [{insurer: menzis, from: 2022-07-01, to: 2022-06-30}]\n"),
        "$.cooperations[0].insurers[0].to",
    ),
    "two records with one key": (region("    visions: [{version: 1}, {version: 1}]\n"), "$.cooperations[0].visions[1]"),
    "one code twice": (region("  - {code: WOL, name: Nog een}\n"), "$.cooperations[1]"),
    "an unknown insurer": (
        region("    insurers: [{insurer: nergens, from: 2022-07-01}]\n"),
        "$.cooperations[0].insurers[0].insurer",
    ),
    "an unknown direction": (
        region("    directions: [{code: T9.9, phases: [{reached_on: 2022-07-01, phase: pilot}]}]\n"),
        "$.cooperations[0].directions[0].code",
    ),
    "a reference to nothing": (
        region("    preferred_his: [{his: NIKS, from: 2022-07-01}]\n"),
        "$.cooperations[0].preferred_his[0].his",
    ),
    "an unknown choice": (
        region("    ict_leads: [{role: ceo, person: A, from: 2022-07-01}]\n"),
        "$.cooperations[0].ict_leads[0].role",
    ),
    "a name that is too long": (region("", HEAD).replace(b"RSV Wolderveen", b"x" * 301), "$.cooperations[0].name"),
    "a code with a space": (region("").replace(b"code: WOL", b"code: W OL"), "$.cooperations[0].code"),
    "a required field that is null": (region("").replace(b"RSV Wolderveen", b"null"), "$.cooperations[0].name"),
    "a cooperation that is a text": ((HEAD + "cooperations: [WOL]\n").encode(), "$.cooperations[0]"),
    "a NUL in JSON": (
        (JSON_HEAD + '"cooperations": [{"code": "WOL", "name": "a\\u0000b"}]}').encode(),
        "$.cooperations[0].name",
    ),
    "a binary float where a number belongs": (
        (
            JSON_HEAD + '"cooperations": [{"code": "WOL", "name": "a", "ict_leads": [{"role": "cio", "person": "a", '
            '"from": "2022-07-01", "fte": 1e400}]}]}'
        ).encode(),
        "$.cooperations[0].ict_leads[0].fte",
    ),
}
"""What can be read and is not right, with the path of the fault."""

ODD = {
    "two hundred characters": "n" * 200,
    "right to left": "مستشفى \u202eabc\u202c",
    "emoji": "Zorg 👩🏽‍⚕️🦷",
    "mark-up": "<script>alert(1)</script> {{ 7*7 }} {% raw %}",
    "a formula": "=cmd|' /C calc'!A0",
    "a placeholder": "{date} {0} %s",
    "combining": "Zo\u0308e\u0301 Z\u0335a\u0336l\u0337g\u0338o",
    "an escape": "rood \x1b[31m",
    "line breaks": "a\r\nb\u2028c",
}
"""Names that are odd and right: any text is data."""
