"""From a draft to a commitment: what is wrong stands beside its field, what is unclear is asked back once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.commitments import keeping, windows
from bot.commitments.draft import Draft, promise_of, refuse_wrong
from bot.commitments.errors import DateRefused
from bot.commitments.model import Commitment, refuse_date
from bot.commitments.reading import due_in, read
from bot.dates.due import Problem
from bot.errors import FormRefused, Wrong
from bot.kernel.ids import TeamId
from bot.kernel.weeks import day_of
from bot.slack_kit.clicks import Fields
from bot.slack_kit.pieces import Piece
from bot.teams import store as teams
from bot.teams.model import Person, Team, Visibility
from bot.teams.workplace import Workplace

REWRITE, AGAIN = "rewrite", "again"
"""What is asked back at most once."""
NOT_READ = "I cannot read a day in that. Try “by Friday”, “in two weeks” or 2026-12-04."
OVER = "That day is over already. Which one do you mean?"
TOO_FAR = "That is more than a year away. Choose a nearer day; it can be moved later."


async def teams_of(person: Person, at: Workplace) -> list[Team]:
    async with at.database.read() as connection:
        return await teams.teams_of(connection, at.workspace_id, person.id)


def filled(draft: Draft, fields: Fields, mine: Sequence[Team]) -> Draft:
    """The draft with what stands in the form; the team is theirs, whatever the form was made to say."""
    ids = [team.id for team in mine]
    chosen = TeamId(fields.text("team"))
    metric = fields.text("metric")
    return replace(
        draft,
        what=" ".join(fields.text("what").split()),
        due=" ".join(fields.text("due").split()),
        why=" ".join(fields.text("why").split()),
        if_then=" ".join(fields.text("if_then").split()),
        visibility=fields.text("visibility"),
        team_id=chosen if chosen in ids else next(iter(ids), ""),
        metric_id="" if metric == windows.NO_METRIC else metric,
    )


async def next_window(draft: Draft, owner: Person, at: Workplace) -> Piece:
    """What the person sees next: one thing asked back, or that it stands. Raises: FormRefused; as keeping does."""
    refuse_wrong(draft)
    due, recurring, choices = await _day(draft, owner, at)
    if due is None:
        return windows.which_day_window(draft, choices)
    draft = replace(draft, due=due.isoformat(), recurring=draft.recurring or recurring)
    if REWRITE not in draft.asked:
        found = await read(draft.what, owner, at.now())
        if found.vague and found.rewrite:
            return windows.rewrite_window(draft.having_asked(REWRITE), found.rewrite)
    if AGAIN not in draft.asked and not draft.recurring and await keeping.same_again(draft.what, owner, at):
        return windows.again_window(draft.having_asked(AGAIN))
    commitment = await stand(draft, due, owner, at)
    return windows.committed_window(commitment, await team_of(commitment, at))


async def stand(draft: Draft, due: date, owner: Person, at: Workplace) -> Commitment:
    """Store it. Raises: as keeping.commit."""
    return await keeping.commit(promise_of(draft, due), owner, at, made_from=draft.made_from or None)


async def team_of(commitment: Commitment, at: Workplace) -> Team | None:
    if commitment.promise.team_id is None:
        return None
    async with at.database.read() as connection:
        return await teams.team(connection, at.workspace_id, commitment.promise.team_id)


def with_habits(draft: Draft, person: Person, mine: Sequence[Team]) -> Draft:
    """A new draft in a team of theirs, the first where it names none, seen by whom they mostly choose."""
    ids = [team.id for team in mine]
    return replace(
        draft,
        team_id=draft.team_id if draft.team_id in ids else next(iter(ids), ""),
        visibility=draft.visibility or (person.visibility or Visibility.TEAM).value,
    )


async def _day(draft: Draft, owner: Person, at: Workplace) -> tuple[date | None, str, Sequence[date]]:
    """The due day and whether it recurs; no day but a choice where it can be read in two ways. Raises: FormRefused."""
    now = at.now()
    try:
        due = date.fromisoformat(draft.due)
    except ValueError:
        found = await due_in(draft.due, owner, now)
        if found.alternatives:
            return None, "", found.alternatives
        if found.problem:
            raise FormRefused(Wrong("due", OVER if found.problem is Problem.PAST else TOO_FAR)) from None
        if found.day is None:
            raise FormRefused(Wrong("due", NOT_READ)) from None
        return found.day, found.recurring.rule if found.recurring else "", ()
    try:
        refuse_date(due, day_of(now, owner.zone))
    except DateRefused as refused:
        raise FormRefused(Wrong("due", str(refused))) from None
    return due, "", ()
