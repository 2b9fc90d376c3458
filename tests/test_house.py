"""The rules of the house, kept by reading its code."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from tracker.access import PUBLIC, declared_action

ROOT = Path(__file__).resolve().parent.parent
TRACKER = ROOT / "tracker"
SESSION_WRITES = {"add", "add_all", "delete", "merge", "flush", "commit", "bulk_save_objects", "bulk_insert_mappings"}
LIBRARY_COMMITS = {"web/sign_in_parts.py"}
"""Where the sign-in library's own change (a password hashed anew) is stored."""
REFUSED = {"security.two_factor_rescue"}
"""Endpoints of the sign-in library that are not in use: the door refuses them to everybody."""
CONTRACTS = {
    "Forms, charts and files know no database": ("forms", "charts", "exchange"),
    "Doors never speak SQL": ("web", "api", "cli"),
}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the house: its tree by its path below tracker/."""
    files = sorted(TRACKER.rglob("*.py"))
    return {path.relative_to(TRACKER).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def calls(tree: ast.Module, names: Set[str]) -> Iterator[tuple[str, str]]:
    """Every call `a.b.name(…)` with one of the names, as (`a.b`, `name`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield ast.unparse(node.func.value), node.func.attr


def tracked_files() -> list[Path]:
    """What the repository holds, read as text where it is text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_imports_obey_the_contracts():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_floor_that_exists_stands_in_its_contract(name):
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    named = next(contract["source_modules"] for contract in linter["contracts"] if contract["name"] == name)
    exist = {f"tracker.{path.stem}" for path in TRACKER.iterdir() if path.stem in CONTRACTS[name]}
    assert exist - set(named) == set()


def test_every_endpoint_declares_an_action_or_is_public(app: Flask):
    silent = {name for name in app.view_functions if name not in PUBLIC and declared_action(app, name) is None}
    assert silent == REFUSED


def test_no_public_endpoint_also_declares_an_action(app: Flask):
    assert {name for name in PUBLIC & set(app.view_functions) if declared_action(app, name)} == set()


def test_the_wall_clock_is_read_in_one_module():
    readers = {
        f"{path}: {of}.{name}()"
        for path, tree in modules().items()
        for of, name in calls(tree, {"today", "utcnow", "now"})
        if of.split(".")[-1] in ("date", "datetime")
        if path != "clock.py"
    }
    assert readers == set()


def test_the_session_is_written_in_operations_alone():
    writers = {
        f"{path}: {of}.{name}()"
        for path, tree in modules().items()
        for of, name in calls(tree, SESSION_WRITES)
        if of.split(".")[-1] in ("session", "session()")
        if not path.startswith("operations/") and path not in LIBRARY_COMMITS
    }
    assert writers == set()


def test_every_module_says_what_it_is_for():
    assert [path for path, tree in modules().items() if tree.body and not ast.get_docstring(tree)] == []


def test_no_registry_address_and_no_machine_path_is_committed():
    registries = "pypi" + r"\.org|pythonhosted" + r"\.org|registry\.npm" + r"js|deb\.debian" + r"\.org"
    paths = "/ro" + "ot/|/ho" + "me/[a-z]|/wo" + r"rk/|\.\./sha" + "red"
    forbidden = re.compile(f"{registries}|{paths}")
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in forbidden.finditer(text)]
    assert found == []


def test_the_locks_hold_hashes_and_no_addresses():
    packages = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in packages
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        pinned = [number for number, line in enumerate(lines) if "==" in line]
        assert pinned
        assert all("--hash=sha256:" in lines[number + 1] for number in pinned)
        assert not any("://" in line for line in lines)


def test_no_template_holds_inline_style_or_script():
    # The one style element that charts need is empty and carries a nonce.
    inline = re.compile(r"\sstyle=|<script>|\son[a-z]+=\"|<style(?![^>]*nonce)|<style[^>]*>[^<]")
    files = (ROOT / "templates").rglob("*.html")
    assert [path.name for path in files if inline.search(path.read_text(encoding="utf-8"))] == []
