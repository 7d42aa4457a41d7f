"""`coach try …`: what the coach reads from a sentence, without a database. For curators and scripts."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich.console import Console
from typer import echo

from bot.cli import drawing
from bot.cli.lines import as_json, whole
from bot.commitments.reader import ReadCommitment, read_commitment
from bot.errors import CoachError
from bot.logs import set_up_logs
from bot.settings import settings_or_explain
from knowledge.barriers import REMEDIES

NO_ZONE = (ZoneInfoNotFoundError, ValueError, OSError)
"""What ZoneInfo raises for a name that it does not know, that is no name, that is a folder."""


class NotAMoment(CoachError):
    """--now holds something else than a day and an hour."""

    remedy = "Write it as in 2026-11-23T09:00."

    def __init__(self, told: str) -> None:
        super().__init__(f"--now {told} is no moment.")


class NotAZone(CoachError):
    """--zone names no time zone."""

    remedy = "Name one as in Europe/Paris or UTC."

    def __init__(self, told: str) -> None:
        super().__init__(f"--zone {told} is no time zone.")


def commitment(text: str, *, now: str | None, zone: str, language: str | None, for_scripts: bool) -> None:
    """Print what is read as a promise. Raises: NotAMoment, NotAZone."""
    place = zone_in(zone)
    moment = moment_in(now, place)
    read = read_commitment(whole(text), now=moment, zone=place, language=language)
    if for_scripts:
        echo(as_json(as_told(read)))
    else:
        _show(drawing.console(), read)


async def reason(text: str, *, for_scripts: bool) -> None:
    """Print which barrier is read from a reason. Raises: SettingsMissing, WeightsWrong, as for `coach ask`."""
    from bot.answering import reason_reader
    from knowledge.embedder import Embedder

    settings = settings_or_explain()
    set_up_logs(level="error", form=settings.log_format)
    read = await reason_reader(settings, Embedder)(whole(text))
    if for_scripts:
        echo(as_json({"barrier": read.barrier, "confidence": read.confidence}))
    elif read.barrier:
        echo(f"{read.barrier} ({read.confidence:.2f}). It is asked back before anything is noted.")
        echo(f"  The card that helps: {REMEDIES[read.barrier]}")
    else:
        echo(f"No barrier is clear from that ({read.confidence:.2f} for the likeliest).")


def moment_in(told: str | None, zone: ZoneInfo) -> datetime:
    """The moment told, in the zone where it names none; now where nothing is told. Raises: NotAMoment."""
    if told is None:
        return datetime.now(zone)
    try:
        moment = datetime.fromisoformat(told)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(zone)
    except (ValueError, OverflowError):
        raise NotAMoment(told) from None


def zone_in(name: str) -> ZoneInfo:
    """Raises: NotAZone."""
    try:
        return ZoneInfo(name)
    except NO_ZONE:
        raise NotAZone(name) from None


def as_told(read: ReadCommitment) -> dict[str, object]:
    """What scripts get. `problem` (past, too_far) is there only where the date has to be asked again."""
    told: dict[str, object] = {
        "is_commitment": read.is_commitment,
        "what": read.what,
        "due": read.due.isoformat() if read.due else None,
        "alternatives": [day.isoformat() for day in read.alternatives],
        "recurring": read.recurring.rule if read.recurring else None,
        "vague": read.vague,
        "rewrite": read.rewrite,
    }
    return told | ({"problem": read.problem} if read.problem else {})


def _show(console: Console, read: ReadCommitment) -> None:
    kind = "A promise" if read.is_commitment else "No promise"
    console.print(drawing.plain(f"{kind}: {read.what}", style="bold"))
    console.print(drawing.plain(f"  Due          {_due(read)}"), soft_wrap=True)
    if read.recurring:
        console.print(drawing.plain(f"  Comes again  {read.recurring.in_words}"))
    if read.rewrite:
        console.print(drawing.plain(f"  Clearer as   {read.rewrite}"), soft_wrap=True)


def _due(read: ReadCommitment) -> str:
    if read.alternatives:
        return " or ".join(_named(day) for day in read.alternatives) + "? Asked with two buttons."
    if read.problem:
        return "asked again: that day is over" if read.problem == "past" else "asked again: beyond a year"
    return _named(read.due) if read.due else "no date in it"


def _named(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
