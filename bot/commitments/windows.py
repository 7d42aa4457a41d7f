"""The windows in which a commitment is worded: the form, what is asked back once, and what stands there at the end."""

from collections.abc import Sequence
from datetime import date

from bot.commitments.blocks import UNDO, day_in_words, seen_by, what_of
from bot.commitments.draft import LONGEST_LINE, Draft
from bot.commitments.model import LONGEST_WHAT, Commitment
from bot.slack_kit.mrkdwn import escape, shortened
from bot.slack_kit.pickers import datepicker
from bot.slack_kit.pieces import (
    Piece,
    actions,
    button,
    context,
    input_block,
    modal,
    option,
    plain_text_input,
    radio,
    section,
    static_select,
)
from bot.teams.model import Team, Visibility

COMMIT_WINDOW = "commit_window"
ASKED_WINDOW = "commit_asked"
MOVE_WINDOW = "commit_move"
DROP_WINDOW = "commit_drop"
USE, KEEP_MINE, EDIT = "commit_use", "commit_keep_mine", "commit_edit"
DAY, OTHER_DAY = "commit_day", "commit_other_day"
NO_TEAM = "none"
NO_METRIC = "none"
ONLY_YOURS = "Only you will see this commitment: you are in no team yet."
VISIBLE = {Visibility.TEAM: "My team", Visibility.LEAD: "My lead and me", Visibility.ME: "Only me"}


def commit_window(draft: Draft, teams: Sequence[Team], metrics: Sequence[tuple[str, str]] = ()) -> Piece:
    """The form, with what is known already. `metrics` are the ids and names of those their teams have."""
    fields = [
        _line("What will you do?", "what", draft.what, most=LONGEST_WHAT, example="Answer one question in #help"),
        _line("By when?", "due", draft.due, example="by Friday · in two weeks · every Monday", hint="In your words."),
        _line("Why? Which goal or value does it serve?", "why", draft.why, optional=True),
        _line("When …, then I …", "if_then", draft.if_then, optional=True, example="When I open Slack, then I …"),
        *_team_fields(draft, teams),
    ]
    if metrics:
        options = [option("None", NO_METRIC), *(option(shortened(name, 75), id) for id, name in metrics[:99])]
        chosen = next((one for one in options if one["value"] == draft.metric_id), options[0])
        select = static_select("metric", options, chosen=chosen)
        fields.append(input_block("Which metric should it move?", select, block_id="metric", optional=True))
    told = draft.as_text
    return modal("A commitment", fields, callback_id=COMMIT_WINDOW, submit="Commit", private_metadata=told)


def rewrite_window(draft: Draft, rewrite: str) -> Piece:
    """A vague promise gets one offer; theirs is taken as typed if they say so."""
    text = (
        f"You wrote: *{escape(draft.what)}*\nThat will be hard to see done. Perhaps:\n>{escape(rewrite)}\n"
        "Yours is fine too, just as you typed it."
    )
    buttons = [
        button("Use this", USE, rewrite, style="primary"),
        button("Keep mine", KEEP_MINE),
        button("Edit", EDIT),
    ]
    return _asked(draft, text, buttons)


def again_window(draft: Draft) -> Piece:
    """The third time in the same words."""
    text = (
        f"*{escape(draft.what)}*\nThis is the third time in these very words. Still right, or just what we always do?"
    )
    return _asked(draft, text, [button("Still right", KEEP_MINE, style="primary"), button("Change it", EDIT)])


def which_day_window(draft: Draft, days: Sequence[date]) -> Piece:
    """A date that can be read in two ways."""
    text = f"*{escape(draft.what)}*\n“{escape(draft.due)}” can be two days. Which one do you mean?"
    ids = zip(days, (DAY, OTHER_DAY), strict=False)
    return _asked(draft, text, [button(day_in_words(day), action_id, day.isoformat()) for day, action_id in ids])


def committed_window(commitment: Commitment, team: Team | None) -> Piece:
    """It stands: what, by when, and who sees it."""
    text = f"{what_of(commitment)}\n{seen_by(commitment.promise.visibility, team)} I ask you once how it went."
    undo = actions("undo", button("Undo", UNDO, commitment.id, accessibility_label="Undo this commitment"))
    return modal("It stands", [section(text), undo], callback_id="committed")


def told(title: str, text: str, undo: str = "") -> Piece:
    """A window that says what has become of a commitment, with a way back where it can be taken back."""
    drawn = [section(text)]
    if undo:
        drawn.append(actions("undo", button("Undo", UNDO, undo, accessibility_label="Take this step back")))
    return modal(title, drawn, callback_id="commitment_told")


def move_window(commitment: Commitment) -> Piece:
    """To which day? As often as needed; it is counted, not judged."""
    picker = datepicker("day", chosen=commitment.due)
    asked = input_block("Move it to", picker, block_id="day", hint="Moving in time is as good as keeping your word.")
    return modal(
        "Move it",
        [section(what_of(commitment)), asked],
        callback_id=MOVE_WINDOW,
        submit="Move",
        private_metadata=commitment.id,
    )


def drop_window(commitment: Commitment) -> Piece:
    """Dropping with a reason is a decision; the reason is the owner's and stays with the commitment."""
    asked = plain_text_input("reason", multiline=True, max_length=LONGEST_LINE, placeholder="It is no longer needed, …")
    return modal(
        "Drop it",
        [
            section(what_of(commitment)),
            input_block("What changed?", asked, block_id="reason", hint="Letting go on purpose is a decision, too."),
        ],
        callback_id=DROP_WINDOW,
        submit="Drop",
        private_metadata=commitment.id,
    )


def _asked(draft: Draft, text: str, buttons: Sequence[Piece]) -> Piece:
    drawn = [section(text), actions("asked", *buttons)]
    return modal("One thing", drawn, callback_id=ASKED_WINDOW, private_metadata=draft.as_text)


def _line(
    label: str,
    name: str,
    words: str,
    *,
    most: int = LONGEST_LINE,
    optional: bool = False,
    example: str = "",
    hint: str = "",
) -> Piece:
    begun = shortened(words, most) or None
    field = plain_text_input(name, initial_value=begun, max_length=most, placeholder=example or None)
    return input_block(label, field, block_id=name, optional=optional, hint=hint or None)


def _team_fields(draft: Draft, teams: Sequence[Team]) -> list[Piece]:
    if not teams:
        return [context(ONLY_YOURS)]
    visible = {value: option(label, value.value) for value, label in VISIBLE.items()}
    chosen = visible[Visibility(draft.visibility or Visibility.TEAM)]
    who = input_block("Who sees it?", radio("visibility", list(visible.values()), chosen=chosen), block_id="visibility")
    if len(teams) == 1:
        return [context(f"In your team {escape(teams[0].name)}."), who]
    options = [option(shortened(team.name, 75), team.id) for team in teams[:100]]
    preset = next((one for one in options if one["value"] == draft.team_id), options[0])
    return [input_block("In which team?", static_select("team", options, chosen=preset), block_id="team"), who]
