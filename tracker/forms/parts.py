"""What stands on a form, from top to bottom."""

from __future__ import annotations

from tracker.domain.records.base import fields_of
from tracker.forms import hints
from tracker.forms.blocks import Block, Part


def parts_of(block: Block, facts: dict[str, Part], *, is_row: bool) -> list[Part]:
    """The parts of a block in the order of its declaration, but for what its shape puts first or folds away."""
    shape = block.shape
    inside = {name for answers in shape.reveals.values() for names in answers.values() for name in names}
    names = [item.name for item in fields_of(block.kind)]
    names = [*(name for name in shape.first if name in names), *(name for name in names if name not in shape.first)]
    parts: list[Part] = []
    folded: list[Part] = []
    for name in names:
        if name in facts:
            parts.append(facts[name])
        if name in inside or (part := _part(block, name)) is None:
            continue
        if heading := shape.headings.get(name):
            parts.append(Part("heading", heading))
        is_aside = name in shape.folded or (is_row and _is_more(part))
        (folded if is_aside else parts).append(part)
    if folded:
        parts.append(Part("fold", hints.fold_word(folded), parts=folded))
    return parts


def _part(block: Block, name: str) -> Part | None:
    if name in block.lists:
        return Part("rows", rows=block.lists[name])
    if name not in block.form:
        return None
    if name in block.hidden:
        return Part("hidden", question=block.form[name])
    if gate := block.gates.get(name):
        return Part(
            "question", question=block.form[gate], reveals={"yes": [Part("question", question=block.form[name])]}
        )
    reveals = {
        answer: [part for inner in inners if (part := _part(block, inner)) is not None]
        for answer, inners in block.shape.reveals.get(name, {}).items()
    }
    return Part("question", question=block.form[name], reveals=reveals)


def _is_more(part: Part) -> bool:
    """In a row, what hangs below it and what explains it stand in a part to open."""
    if part.rows is not None:
        return not part.rows.item.required
    return bool(part.question.short_name == "note")
