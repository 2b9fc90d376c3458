"""What everything is called: enumeration members, statuses, numbers and reasons, in Dutch and English."""

from tracker.labels.facts import cell_fact, short_fact
from tracker.labels.members import WORDS, choices, pair_of, word
from tracker.labels.numbers import day_short, day_words, days, euro, listed, moment_text, number, percentage
from tracker.labels.statuses import STATUSES, StatusLabel, Tone, status_label, status_words, tone_of
from tracker.labels.texts import both, capital, text, value_text, words

__all__ = [
    "STATUSES",
    "WORDS",
    "StatusLabel",
    "Tone",
    "both",
    "capital",
    "cell_fact",
    "choices",
    "day_short",
    "day_words",
    "days",
    "euro",
    "listed",
    "moment_text",
    "number",
    "pair_of",
    "percentage",
    "short_fact",
    "status_label",
    "status_words",
    "text",
    "tone_of",
    "value_text",
    "word",
    "words",
]
