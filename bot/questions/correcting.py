"""How a wrong figure in a question is put right: in the first sentence, with the source of the right one."""

import re

from bot.questions.model import Said
from knowledge.evidence import Evidence, Figure
from knowledge.found import Premise


def correction(premise: Premise) -> Said:
    """ "Close: 24% is senior managers; directors: 8%", with both sources."""
    if premise.right.unit == "year":
        return Said(f"Not quite: my source is from {premise.right.value} ({premise.right.of}).", (premise.source.id,))
    right = _figure(premise.right)
    if premise.confused_with:
        figure, entry = premise.confused_with
        if not (_speaks(figure) and _speaks(premise.right)):
            return Said(f"Close: {_told_whole(premise, right)}{_mark(premise.source)}", (premise.source.id,))
        text = f"Close: {_figure(figure)} is {_plain(figure.of)}; {_plain(premise.right.of)}: {right}."
        return Said(text, tuple(dict.fromkeys((entry.id, premise.source.id))))
    return Said(f"Not quite: {_told_whole(premise, right)}{_mark(premise.source)}", (premise.source.id,))


def _told_whole(premise: Premise, right: str) -> str:
    """The sentence of the entry, with its year, where the figure needs it: a share, an effect, one among others."""
    unit = premise.right.unit
    alike = [each for each in premise.source.figures if each.unit.split()[:1] == unit.split()[:1]]
    if len(alike) > 1 or re.match(r"%|percentage points|[drg]$", unit):
        return premise.source.statement
    return f"the figure I have is {right} ({premise.right.of})."


def _speaks(figure: Figure) -> bool:
    """Whether it says of what it is without its sentence: "senior managers", and not "2012" or "same, 2015"."""
    return bool(re.match(r"(?!same\b)[^\W\d]{3}", figure.of))


def _plain(of: str) -> str:
    return re.sub(r"\s*\([^)]*\)|[,;] (?:rounded|approximate)$", "", of)


def _mark(source: Evidence) -> str:
    return "" if source.is_confirmed else " This is not confirmed at the source."


def _figure(figure: Figure) -> str:
    exact = f"{figure.value:,}" if isinstance(figure.value, int) else str(figure.value)
    value = re.sub(r"(?<=\d)[-–](?=\d)", " to ", exact)
    if re.fullmatch(r"[drg]", figure.unit):
        return f"{figure.unit} = {value}"
    return f"{value}%" if figure.unit.startswith("%") else f"{value} {figure.unit}"
