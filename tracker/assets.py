"""Static files: built once at set-up, then served under names that hold their content's hash and never change.

`python -m tracker.assets build` copies the packages of package-lock.json into static/vendor/, draws one sprite of the
icons in use and a sheet with marks of the statuses, and writes hashed, compressed copies into static/built/, with the
sheets of every page as one. A file that changed after the build is served under its new hash, uncompressed, and a sheet
by itself, so an edit is never hidden by a stale copy.
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

ICONS: tuple[str, ...] = ()
"""Icons in use that no template or label names literally."""

NAMED = re.compile(r"""\bicon(?:\(|=)\s*["']([a-z0-9-]+)["']""")
COMPRESSIBLE = (".css", ".js", ".svg")
HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")


def build(packages: Path = HOUSE / "node_modules") -> list[Path]:
    """Build everything; answers the files made. Raises FileNotFoundError naming what a package lacks."""
    vendor = STATIC / "vendor"
    vendor.mkdir(parents=True, exist_ok=True)
    for source, target in VENDOR.items():
        text = (packages / source).read_text(encoding="utf-8")
        # The packages point at source maps that are not served; a browser would ask for them in vain.
        (vendor / target).write_text(re.sub(r"\s*(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$", "\n", text), "utf-8")
    (vendor / "icons.svg").write_text(_sprite(packages / "bootstrap-icons" / "icons"), "utf-8")
    (vendor / "marks.css").write_text(_marks(packages / "bootstrap-icons" / "icons"), "utf-8")
    shutil.rmtree(BUILT, ignore_errors=True)
    style = _style()
    return [
        *(made for path in _sources() for made in _compress(BUILT / _hashed_name(path), path.read_bytes())),
        *_compress(BUILT / _style_name(style), style),
    ]


def icons_in_use() -> list[str]:
    """The names in ICONS and those that templates and labels name with `icon("…")` or `icon="…"`."""
    files = [*(HOUSE / "templates").rglob("*.html"), *HERE.glob("labels*.py"), *HERE.glob("labels/*.py")]
    named = {name for file in files for name in NAMED.findall(file.read_text(encoding="utf-8"))}
    return sorted(named.union(ICONS))


def marks_in_use() -> list[str]:
    """The icons of the statuses. Thousands of cells draw them as marks, since <use> takes a browser twice the time."""
    return sorted(NAMED.findall((HERE / "labels" / "statuses.py").read_text(encoding="utf-8")))


def install(app: Flask) -> None:
    """Serve the static files before Flask sees the request, and give templates `asset()` and `page_sheets`."""
    names = {path.relative_to(STATIC).as_posix(): path for path in _sources()}
    hashed = {name: _hashed_name(path) for name, path in names.items()}
    server = WhiteNoise(
        app.wsgi_app, immutable_file_test=_is_immutable, add_headers_function=_headers, allow_all_origins=False
    )
    for name, path in names.items():
        built = BUILT / hashed[name]
        server.add_file_to_dictionary(f"/static/{hashed[name]}", str(built if built.exists() else path))
    style = BUILT / _style_name(_style())
    if style.exists():
        server.add_file_to_dictionary(f"/static/{style.name}", str(style))
    app.wsgi_app = server  # type: ignore[method-assign]

    def asset(name: str) -> str:
        """The address of a static file, valid for ever."""
        return f"/static/{hashed.get(name, name)}"

    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["page_sheets"] = [f"/static/{style.name}"] if style.exists() else [*map(asset, SHEETS)]


def _sources() -> list[Path]:
    return sorted(path for path in STATIC.rglob("*") if path.is_file() and BUILT not in path.parents)


def _hashed_name(path: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return path.relative_to(STATIC).with_suffix(f".{digest}{path.suffix}").as_posix()


def _style() -> bytes:
    return b"\n".join((STATIC / name).read_bytes() for name in SHEETS if (STATIC / name).exists())


def _style_name(style: bytes) -> str:
    return f"style.{hashlib.sha256(style).hexdigest()[:12]}.css"


def _is_immutable(_path: str, url: str) -> bool:
    return HASHED.search(url) is not None


def _headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


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
