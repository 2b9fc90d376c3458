"""What insurers and the country ask, as files: read, checked and looked up."""

from tracker.programmes.catalogue import Catalogue, catalogue
from tracker.programmes.faults import Fault, ProgrammeRefused
from tracker.programmes.loader import BUILT_IN, check_programme, check_together, load_programme, load_programmes

__all__ = [
    "BUILT_IN",
    "Catalogue",
    "Fault",
    "ProgrammeRefused",
    "catalogue",
    "check_programme",
    "check_together",
    "load_programme",
    "load_programmes",
]
