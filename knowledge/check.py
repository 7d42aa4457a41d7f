"""`coach knowledge check`: everything a curator must mend before an answer may stand on the base."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

from knowledge.card import Card
from knowledge.coverage import without_a_card
from knowledge.evidence import Evidence, Strength
from knowledge.figures import figures_in, untraceable
from knowledge.loader import HOME, Base, Problem, load
from knowledge.reviews import review_due
from knowledge.shorthand import LISTED, entries, spelled_out
from knowledge.wording import findings_told_in_full, law_with_its_date, plain_words

NEAR_DUPLICATE = 0.85
"""Share of words two questions may have in common (Jaccard, without stop words) before they are one question."""

_STOP = frozenset(
    "a an and are as at be by can could do does for from has have how i if in is it its me my of on or our should so "
    "that the their there they this to us was we what when where which who why will with would you your".split()
)


def problems_of(base: Base, today: date, denied_hosts: frozenset[str]) -> list[Problem]:
    """All problems of a base, by file and line; empty when it may be shipped."""
    found = list(base.problems)
    for card in base.cards.values():
        for rule in CARD_RULES:
            found += [_at(base, card.id, what, remedy) for what, remedy in rule(card, base)]
        found += [_at(base, card.id, what, remedy) for what, remedy in _review_date(card, today)]
    for entry in without_a_card(base):
        if entry.strength is Strength.STRONG:
            found.append(_at(base, entry.id, f"No card cites `{entry.id}`, which is strong.", "Write one that does."))
    for entry in base.evidence.values():
        found += [_at(base, entry.id, what, remedy) for what, remedy in _entry(entry, base, denied_hosts)]
    found += _repeated_questions(base)
    found += shorthand_problems()
    return sorted(set(found))


def shorthand_problems(path: Path = LISTED) -> Iterator[Problem]:
    """Lines of the list of shorthand that say nothing, say it twice, or need another line to be understood."""
    seen, listed = set[str](), {short: full for _, short, full in entries(path) if full}
    for line, short, full in entries(path):
        if not full:
            yield Problem(path.name, line, f"`{short}` stands for nothing.", "Write it as: short = full words.")
        elif spelled_out(full, listed) != full:
            yield Problem(path.name, line, f"“{full}” holds another shorthand.", "Write that in full as well.")
        if short in seen:
            yield Problem(
                path.name, line, f"`{short}` is listed twice.", "Keep the meaning that is nearly always meant."
            )
        seen.add(short)


def denied_hosts(home: Path = HOME) -> frozenset[str]:
    """Hosts that no source may link to: copies, notes and summaries of somebody else's work."""
    path = home / "denied_links.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


Complaint = tuple[str, str]


def _shape(card: Card, base: Base) -> Iterator[Complaint]:
    file = Path(base.places[card.id][0])
    if file.stem != card.id:
        yield f"The file is called {file.name}, the card `{card.id}`.", "Give both the same name."
    if file.parent.name not in (card.topic, "cards"):
        yield f"The card of topic `{card.topic}` lies in {file.parent.name}/.", f"Move it to cards/{card.topic}/."
    if not 4 <= len(card.questions) <= 8:
        yield f"It has {len(card.questions)} questions.", "Write four to eight, as managers ask them."
    if not 1 <= len(card.sentences) <= 5 or (len(card.sentences) < 2 and not card.is_limit):
        yield f"Its answer has {len(card.sentences)} sentences.", "Write two to five (a limit: one to five)."
    if not 1 <= len(card.what_to_do) <= 3:
        yield f"It has {len(card.what_to_do)} steps under “What to do”.", "Write one to three numbered steps."
    if card.is_limit:
        return
    if not card.next_step or len(card.next_step) > 140:
        yield "`next_step` is missing or over 140 characters.", "Name one thing to try within seven days."


def _citations(card: Card, base: Base) -> Iterator[Complaint]:
    cited = {id for sentence in card.sentences for id in sentence.cites}
    for id in sorted((cited | set(card.evidence)) - set(base.evidence)):
        yield f"Unknown evidence `{id}`.", "Cite an entry of knowledge/evidence/ or add it there."
    for id in sorted(cited ^ set(card.evidence)):
        where = "cited but not listed" if id in cited else "listed but not cited"
        yield f"`{id}` is {where}.", "Make `evidence` and the citations agree."
    for sentence in card.sentences:
        if not sentence.cites and not card.is_limit:
            yield f"No citation: “{_start(sentence.text)}”.", "End the sentence in its [evidence-id]."
        if re.search(r"[\[\]*_]|https?:", sentence.text):
            yield f"Markup left in the text: “{_start(sentence.text)}”.", "Keep to plain text and [evidence-id]."


def _figures(card: Card, base: Base) -> Iterator[Complaint]:
    for sentence in card.sentences:
        cited = base.of(sentence.cites)
        for figure in sorted(untraceable(sentence.text, cited)):
            yield (
                f"The figure {figure} is in no entry cited by “{_start(sentence.text)}”.",
                "Correct the figure or cite the entry that states it.",
            )
        doubtful = [entry.id for entry in cited if not entry.is_confirmed]
        if doubtful and figures_in(sentence.text) and "not confirmed" not in sentence.text.lower():
            confirmed = [entry for entry in cited if entry.is_confirmed]
            if untraceable(sentence.text, confirmed):
                yield f"A figure stands on unconfirmed `{doubtful[0]}`.", "Say “not confirmed” in that sentence."


def _relations(card: Card, base: Base) -> Iterator[Complaint]:
    for id in card.related:
        if id not in base.cards or id == card.id:
            yield f"`related` names `{id}`, which is no other card.", "Name an existing card or remove it."


CARD_RULES: tuple[Callable[[Card, Base], Iterator[Complaint]], ...] = (
    _shape,
    _citations,
    _figures,
    _relations,
    findings_told_in_full,
    law_with_its_date,
    plain_words,
)


def _review_date(card: Card, today: date) -> Iterator[Complaint]:
    if card.reviewed_on > today:
        yield f"`reviewed_on` {card.reviewed_on} lies in the future.", "Write the day of the last review."
    elif review_due(card) < today:
        yield f"Last reviewed on {card.reviewed_on}.", "Read it again, correct it, and set `reviewed_on`."


def _entry(entry: Evidence, base: Base, denied: frozenset[str]) -> Iterator[Complaint]:
    host = urlsplit(entry.source.link or "").hostname or ""
    if any(host == bad or host.endswith("." + bad) for bad in denied):
        yield f"The link of `{entry.id}` goes to {host}, which is on the deny list.", "Cite the work without a link."
    if entry.source.link and not entry.source.link.startswith(("http://", "https://")):
        yield f"The link of `{entry.id}` is no web address.", "Write the whole address or null."
    if not 2 <= len(entry.questions) <= 4:
        yield f"`{entry.id}` has {len(entry.questions)} questions.", "Write two to four questions it answers."
    if not entry.is_confirmed and "confirmed" not in (entry.caveat or "").lower():
        yield f"`{entry.id}` is unconfirmed and its caveat does not say so.", "Begin the caveat “Not confirmed …”."
    if entry.metric and (empty := [name for name, value in asdict(entry.metric).items() if not value]):
        yield f"`{entry.id}` has no {', '.join(empty)}.", "Fill in every field: the forms for metrics use them all."
    if entry.metric and entry.metric.counter_metric and entry.metric.counter_metric not in base.evidence:
        yield f"`{entry.id}` has an unknown counter-metric.", "Name an entry of the catalogue."


def _repeated_questions(base: Base) -> Iterator[Problem]:
    asked = [
        (words, card.id, text) for card in base.cards.values() for text in card.questions if (words := _words(text))
    ]
    by_word: dict[str, list[int]] = {}
    for number, (words, _, _) in enumerate(asked):
        for word in words:
            by_word.setdefault(word, []).append(number)
    pairs = {pair for numbers in by_word.values() for pair in combinations(numbers, 2)}
    for one, other in sorted(pairs):
        (a, card, text), (b, owner, _) = asked[other], asked[one]
        if len(a & b) / len(a | b) >= NEAR_DUPLICATE and (card != owner or a == b):
            what = f"The question “{text}” is (nearly) one of `{owner}`."
            yield _at(base, card, what, "Ask something else, or join the two cards.")


def _words(question: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in re.findall(r"[\w%-]+", question.lower()) if word not in _STOP)


def _start(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def _at(base: Base, id: str, what: str, remedy: str) -> Problem:
    file, line = base.places[id]
    return Problem(file, line, what, remedy)


if __name__ == "__main__":
    base = load()
    problems = problems_of(base, date.today(), denied_hosts())
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    sys.stdout.write(f"{len(base.cards)} cards, {len(base.evidence)} entries, {len(problems)} problems\n")
    sys.exit(bool(problems))
