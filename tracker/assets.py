"""Static files: built once at set-up, then served under names that hold their content's hash and never change.

`python -m tracker.assets build` copies the packages of package-lock.json into static/vendor/, of Bootstrap the rules
that can match, draws one sprite of the icons in use and a sheet with marks of the statuses, and writes hashed,
compressed copies into static/built/, with the sheets of every page as one, and its scripts. A file that changed after
the build is served under its new hash, uncompressed and by itself, so an edit is never hidden by a stale copy.
"""

import gzip
import hashlib
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import quote
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

HERE = Path(__file__).resolve().parent
HOUSE = HERE if (HERE / "templates").is_dir() else HERE.parent
"""Where templates, static and migrations are: beside the package in a clone, inside it when installed."""

STATIC = HOUSE / "static"
BUILT = STATIC / "built"
VENDOR = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "plotly.js-basic-dist-min/plotly-basic.min.js": "plotly.min.js",
}
"""Which file of which package becomes what in static/vendor/."""

SHEETS = (
    "vendor/bootstrap.min.css",
    "css/tracker.css",
    "css/frame.css",
    "css/date_bar.css",
    "css/page_head.css",
    "css/components.css",
    "css/status.css",
    "css/lists.css",
    "css/filters.css",
    "css/explanation.css",
    "css/funding.css",
    "css/tables.css",
    "css/charts.css",
    "css/forms.css",
    "css/print.css",
    "vendor/marks.css",
)
"""The style of every page, in the order that counts. A browser waits for all of it, so it comes as one file."""

SCRIPTS = ("js/app.js", "js/figures.js", "js/shortcuts.js")
"""The modules of every page. They import nothing, so each is a block of one file and keeps its names to itself."""

ICONS: tuple[str, ...] = ()
"""Icons in use that no template or label names literally."""

NAMED = re.compile(r"""\bicon(?:\(|=)\s*["']([a-z0-9-]+)["']""")
OUTER_COMMA = r",(?![^()]*\))"
COMPRESSIBLE = (".css", ".js", ".svg")
HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")


def build(packages: Path = HOUSE / "node_modules") -> list[Path]:
    """Build everything; answers the files made. Raises FileNotFoundError naming what a package lacks."""
    vendor = STATIC / "vendor"
    vendor.mkdir(parents=True, exist_ok=True)
    for source, target in VENDOR.items():
        text = (packages / source).read_text(encoding="utf-8")
        # The packages point at source maps that are not served; a browser would ask for them in vain.
        text = re.sub(r"\s*(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$", "\n", text)
        (vendor / target).write_text(_in_use(text) if target.endswith(".css") else text, "utf-8")
    (vendor / "icons.svg").write_text(_sprite(packages / "bootstrap-icons" / "icons"), "utf-8")
    (vendor / "marks.css").write_text(_marks(packages / "bootstrap-icons" / "icons"), "utf-8")
    shutil.rmtree(BUILT, ignore_errors=True)
    bodies = {_hashed_name(path): path.read_bytes() for path in _sources()}
    bodies |= {_whole_name(*whole): whole[1] for whole in (_style(), _script())}
    return [made for name, body in bodies.items() for made in _compress(BUILT / name, body)]


def icons_in_use() -> list[str]:
    """The names in ICONS and those that templates and labels name with `icon("…")` or `icon="…"`."""
    files = [*(HOUSE / "templates").rglob("*.html"), *HERE.glob("labels*.py"), *HERE.glob("labels/*.py")]
    named = {name for file in files for name in NAMED.findall(file.read_text(encoding="utf-8"))}
    return sorted(named.union(ICONS))


def words_in_use() -> set[str]:
    """Every word in templates, scripts and code: what is no word of the house is no class on a page."""
    files = [*(HOUSE / "templates").rglob("*.html"), *(STATIC / "js").glob("*.js"), *HERE.rglob("*.py")]
    return {word for file in files for word in re.findall(r"[\w-]+", file.read_text(encoding="utf-8"))}


def marks_in_use() -> list[str]:
    """The icons of the statuses. Thousands of cells draw them as marks, since <use> takes a browser twice the time."""
    return sorted(NAMED.findall((HERE / "labels" / "statuses.py").read_text(encoding="utf-8")))


def install(app: Flask) -> None:
    """Serve the static files before Flask sees the request; give templates `asset`, `page_sheets`, `page_scripts`."""
    names = {path.relative_to(STATIC).as_posix(): path for path in _sources()}
    hashed = {name: _hashed_name(path) for name, path in names.items()}
    server = WhiteNoise(
        app.wsgi_app, immutable_file_test=_is_immutable, add_headers_function=_headers, allow_all_origins=False
    )
    for name, path in names.items():
        built = BUILT / hashed[name]
        server.add_file_to_dictionary(f"/static/{hashed[name]}", str(built if built.exists() else path))
    app.wsgi_app = server  # type: ignore[method-assign]

    def asset(name: str) -> str:
        """The address of a static file, valid for ever."""
        return f"/static/{hashed.get(name, name)}"

    def whole(kind: str, body: bytes, parts: tuple[str, ...]) -> list[str]:
        """One address where the build made one file of the parts as they are now, or else theirs."""
        built = BUILT / _whole_name(kind, body)
        if not built.exists():
            return [asset(part) for part in parts]
        server.add_file_to_dictionary(f"/static/{built.name}", str(built))
        return [f"/static/{built.name}"]

    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["page_sheets"] = whole(*_style(), SHEETS)
    app.jinja_env.globals["page_scripts"] = whole(*_script(), SCRIPTS)


def _sources() -> list[Path]:
    return sorted(path for path in STATIC.rglob("*") if path.is_file() and BUILT not in path.parents)


def _hashed_name(path: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return path.relative_to(STATIC).with_suffix(f".{digest}{path.suffix}").as_posix()


def _style() -> tuple[str, bytes]:
    return "style.css", b"\n".join((STATIC / name).read_bytes() for name in SHEETS if (STATIC / name).exists())


def _script() -> tuple[str, bytes]:
    return "page.js", b"".join(b"{\n%s}\n" % (STATIC / name).read_bytes() for name in SCRIPTS)


def _whole_name(kind: str, body: bytes) -> str:
    name = Path(kind)
    return f"{name.stem}.{hashlib.sha256(body).hexdigest()[:12]}{name.suffix}"


def _is_immutable(_path: str, url: str) -> bool:
    return HASHED.search(url) is not None


def _headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _in_use(sheet: str) -> str:
    """The licence and the rules of a package's sheet that can match: a browser reads all of it before it draws."""
    import tinycss2  # only at build time

    words = words_in_use()

    def can_match(selector: str) -> bool:
        """Whether all its classes are words of the house; those in `:not(…)` may be absent."""
        return all(name in words for name in re.findall(r"\.([\w-]+)", re.sub(r"\([^()]*\)", "", selector)))

    def kept(rules: str | list[tinycss2.ast.Node]) -> str:
        return "".join(map(one, tinycss2.parse_rule_list(rules, skip_comments=True, skip_whitespace=True)))

    def one(rule: tinycss2.ast.Node) -> str:
        if rule.type == "at-rule" and rule.lower_at_keyword == "media":
            inside = kept(rule.content)
            return f"@media{tinycss2.serialize(rule.prelude)}{{{inside}}}" if inside else ""
        if rule.type != "qualified-rule":
            return str(rule.serialize())
        selectors = [each for each in re.split(OUTER_COMMA, tinycss2.serialize(rule.prelude)) if can_match(each)]
        return f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}" if selectors else ""

    return sheet[sheet.index("/*") : sheet.index("*/") + 2] + "\n" + kept(sheet) + "\n"


def _sprite(folder: Path) -> str:
    """One SVG with a symbol for each icon, to be drawn with <use>."""
    symbols = []
    for name in icons_in_use():
        source = (folder / f"{name}.svg").read_text(encoding="utf-8")
        inner = source[source.index(">") + 1 : source.rindex("</svg>")].strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{inner}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _marks(folder: Path) -> str:
    """A sheet that gives each mark its icon as a mask, drawn in the colour of the text by `.mark`."""
    rules = []
    for name in marks_in_use():
        drawing = " ".join((folder / f"{name}.svg").read_text(encoding="utf-8").split())
        drawing = drawing.replace("<svg ", '<svg stroke="#000" stroke-width=".4" ')
        rules.append(f'.mark-{name}::before {{ mask-image: url("data:image/svg+xml,{quote(drawing)}"); }}')
    return "\n".join(rules) + "\n"


def _compress(target: Path, body: bytes) -> list[Path]:
    """A hashed copy, and its gzip and brotli forms where the kind of file gains by them."""
    import brotli  # only at build time: the server needs no compressor for what is compressed already

    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)
    if target.suffix not in COMPRESSIBLE:
        return [target]
    forms = {".gz": gzip.compress(body, compresslevel=9, mtime=0), ".br": brotli.compress(body)}
    for ending, compressed in forms.items():
        target.with_name(target.name + ending).write_bytes(compressed)
    return [target, *(target.with_name(target.name + ending) for ending in forms)]


if __name__ == "__main__":
    if sys.argv[1:] != ["build"]:
        raise SystemExit("usage: python -m tracker.assets build")
    made = build()
    print(f"static: {len(made)} files, {len(icons_in_use())} icons")
