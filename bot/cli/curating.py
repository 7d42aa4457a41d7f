"""`coach knowledge check`, `new` and `stale`: what curators do with the files of the base."""

from datetime import date, timedelta
from pathlib import Path

from typer import echo

from bot.errors import CoachError
from bot.logs import set_up_logs
from bot.settings import Settings, settings_or_explain


class NothingThere(CoachError):
    """A folder holds nothing that could be checked, indexed or compared."""

    def __init__(self, folder: Path, wanted: str, remedy: str) -> None:
        super().__init__(f"{folder} holds no {wanted}.")
        self.remedy = remedy


class NoSuchCard(CoachError):
    """A curator names a card that has no file."""

    remedy = "Name a card as its file is named, without .md; coach knowledge new writes a new one."

    def __init__(self, id: str, home: Path) -> None:
        super().__init__(f"{home} holds no card {id}.")


def check(folder: Path | None, card: str | None = None) -> int:
    """Print each problem as file:line: what remedy, then a line of totals. Returns the exit code.

    Raises: NothingThere, where the folder holds neither cards nor evidence; NoSuchCard.
    """
    from knowledge.check import denied_hosts, problems_of
    from knowledge.loader import files_of, load

    home = folder or home_of(settings_or_explain())
    if not files_of(home):
        raise NothingThere(home, "cards and no evidence", "Name the folder that holds cards/ and evidence/.")
    if card and not any(home.glob(f"cards/**/{card}.md")):
        raise NoSuchCard(card, home)
    base = load(home)
    problems = problems_of(base, date.today(), denied_hosts(home))
    if card:
        problems = [problem for problem in problems if problem.file.endswith(f"/{card}.md")]
    for problem in problems:
        echo(problem)
    of = f"Card {card}" if card else f"{len(base.cards)} cards, {len(base.evidence)} entries of evidence"
    echo(f"{of}: {len(problems)} problems.")
    return 1 if problems else 0


def start(id: str, topic: str, *, is_limit: bool) -> None:
    """Write a card to fill in, and say how it goes on. Raises CannotStart; OSError."""
    from knowledge.drafts import start_card

    path = start_card(id, topic, home_of(settings_or_explain()), date.today(), is_limit=is_limit)
    echo(f"Written: {path}")
    echo("Fill in what stands in <angle brackets>; until all of it is, nobody is answered from this card.")
    echo(f"coach knowledge check {id} says what is still missing, coach knowledge ask whether it is found.")


def stale(within_days: int) -> None:
    """Print the cards whose review is due within so many days, the oldest first."""
    from knowledge.loader import load
    from knowledge.reviews import review_due, to_review

    base, today = load(home_of(settings_or_explain())), date.today()
    due = to_review(base, today + timedelta(days=within_days))
    for card in due:
        echo(f"{review_due(card)}  {card.id}  {base.places[card.id][0]}")
    late = sum(review_due(card) <= today for card in due)
    echo(f"{late} of {len(base.cards)} cards are due for review, {len(due) - late} more within {within_days} days.")


def home_of(settings: Settings) -> Path:
    """The folder of the base."""
    from knowledge.loader import HOME

    return settings.knowledge_dir or HOME


def index_of(settings: Settings) -> Path:
    """The folder its indexes lie in."""
    return settings.data_dir / "index"


def quiet_settings() -> Settings:
    """The settings, with a log that speaks of trouble only."""
    settings = settings_or_explain()
    set_up_logs(level="warning", form=settings.log_format)
    return settings
