"""A commitment while it is being worded: carried by the window or the button, never by the database."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from bot.commitments.model import LONGEST_WHAT, Promise
from bot.errors import FormRefused, Wrong
from bot.kernel.ids import MetricId, TeamId
from bot.teams.model import Visibility

LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person has said so far. `asked` holds what they were asked back already, so that it is asked once."""

    what: str = ""
    due: str = ""
    """In their words, or as 2026-12-04 once the day is known."""
    why: str = ""
    if_then: str = ""
    visibility: str = ""
    team_id: str = ""
    metric_id: str = ""
    card_id: str = ""
    answer_id: str = ""
    link: str = ""
    recurring: str = ""
    made_from: str = ""
    asked: tuple[str, ...] = ()

    @property
    def as_text(self) -> str:
        """For private_metadata or the value of a button: what is not empty, as JSON."""
        told = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    def having_asked(self, what: str) -> "Draft":
        return replace(self, asked=(*self.asked, what))


def draft_in(text: str) -> Draft:
    """The draft a window or button carries; an empty one where that cannot be read."""
    try:
        told: Any = json.loads(text)
        known = {name: told[name] for name in Draft.__dataclass_fields__ if name in told}
    except (ValueError, TypeError):
        return Draft()
    return Draft(**(known | {"asked": tuple(known.get("asked", ()))}))


def refuse_wrong(draft: Draft) -> None:
    """Raises FormRefused for what cannot be a commitment, beside the field concerned."""
    wrong = []
    if not draft.what:
        wrong.append(Wrong("what", "Say in a few words what you will do."))
    elif len(draft.what) > LONGEST_WHAT:
        wrong.append(Wrong("what", f"Say it in at most {LONGEST_WHAT} characters; one act is enough."))
    elif not any(sign.isalpha() for sign in draft.what):
        wrong.append(Wrong("what", "Say it in words, so that you know later what you meant."))
    for field, words in (("why", draft.why), ("if_then", draft.if_then)):
        if len(words) > LONGEST_LINE:
            wrong.append(Wrong(field, f"At most {LONGEST_LINE} characters, please."))
    if not draft.due:
        wrong.append(Wrong("due", "Say by when, for example “by Friday”."))
    if wrong:
        raise FormRefused(*wrong)


def promise_of(draft: Draft, due: date) -> Promise:
    """What is committed to, once the day is known. Without a team only its owner can see it."""
    visibility = Visibility(draft.visibility or Visibility.TEAM)
    return Promise(
        what=draft.what,
        due=due,
        visibility=visibility if draft.team_id else Visibility.ME,
        why=draft.why or None,
        if_then=draft.if_then or None,
        metric_id=MetricId(draft.metric_id) if draft.metric_id else None,
        team_id=TeamId(draft.team_id) if draft.team_id else None,
        card_id=draft.card_id or None,
        answer_id=draft.answer_id or None,
        link=draft.link or None,
        recurring=draft.recurring or None,
    )
