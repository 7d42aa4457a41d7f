"""`/coach gaps`: what nothing answered, as counts by topic, for curators alone."""

from functools import partial

from bot.questions import blocks, store
from bot.slack_kit.clicks import Typed
from bot.slack_kit.pieces import note
from bot.teams.workplace import Command, Workplace

ABOUT = "counts what I could not answer, by topic, for curators."
FOR_CURATORS = (
    "Curators see those counts, and nobody's words. Where I have nothing on a question of yours, "
    "“Pass it to the curator” under my answer brings it to them."
)


def commands(at: Workplace) -> list[Command]:
    return [Command("gaps", ABOUT, partial(show_gaps, at=at))]


async def show_gaps(typed: Typed, at: Workplace) -> None:
    """The counts of this workspace, for the eyes of a curator or an admin; anybody else hears whom they are for."""
    if not at.staff.is_curator(await at.person(typed.user_id)):
        await at.tell(typed, note(FOR_CURATORS))
        return
    async with at.database.read() as connection:
        gaps = await store.gaps_by_topic(connection, at.workspace_id)
    await at.tell(typed, blocks.gaps_counted(gaps))
