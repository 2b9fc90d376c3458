"""The demonstration: eight invented regions, as a dossier file that travels with the product."""

from pathlib import Path

FILE = Path(__file__).parent / "demo.yaml"
