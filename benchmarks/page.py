"""The page of figures: every script writes its own section of benchmarks/README.md and leaves the others."""

from __future__ import annotations

from pathlib import Path

README = Path(__file__).with_name("README.md")


def put(title: str, text: str) -> None:
    """Write a section `## title`, in its place or as the last one."""
    page = README.read_text(encoding="utf-8") if README.exists() else "# What it costs\n"
    head = f"## {title}\n"
    before, found, rest = page.partition(head)
    after = rest.partition("\n## ")
    tail = f"\n## {after[2]}" if found and after[1] else ""
    README.write_text(f"{before.rstrip()}\n\n{head}\n{text.strip()}\n{tail}", encoding="utf-8")
