"""What people do in the page, by name: each is the verb of `Slack` that a test would use."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.playground.model import Json, NotFilledIn, NotPossible, View
from bot.playground.page.screen import message_at
from bot.playground.play import Play
from bot.playground.refusals import Refused
from bot.playground.telling import Done

ASKED_TO_FILL_IN = "Please fill this in."


@dataclass(frozen=True)
class Deed:
    """Who does it, and to what. Only what a verb needs is given; `typed` goes by block_id/action_id."""

    who: str
    place: str = ""
    text: str = ""
    thread: str = ""
    ts: str = ""
    view: str = ""
    block: str = ""
    action: str = ""
    value: object = None
    typed: dict[str, object] = field(default_factory=dict)
    callback: str = ""
    file: str = ""
    stop: str = ""
    everything: bool = False


async def do(play: Play, verb: str, deed: Deed) -> Json:
    """Do it, and say what kept it from working: `problem` in a sentence, `fields` for a form that is not complete."""
    try:
        done = await DEEDS[verb](play, deed)
    except NotFilledIn as form:
        return {"ok": False, "fields": dict.fromkeys(form.blocks, ASKED_TO_FILL_IN)}
    except NotPossible as refusal:
        return {"ok": False, "problem": str(refusal)}
    except Refused as refusal:
        return {"ok": False, "problem": f"Slack refuses what the coach answered: {refusal.error}."}
    return _told(done) if isinstance(done, Done) else done or {"ok": True}


async def _say(play: Play, deed: Deed) -> Done:
    thread = message_at(play, deed.place, deed.thread) if deed.thread else None
    return await play.slack.say(deed.who, deed.place, deed.text, thread=thread, file=deed.file)


async def _command(play: Play, deed: Deed) -> Done:
    place = play.workspace.channel(deed.place)
    where = deed.who if place and place.kind == "im" else deed.place
    return await play.slack.command(deed.who, deed.text, where)


async def _press(play: Play, deed: Deed) -> Done:
    where = _view(play, deed) if deed.view else message_at(play, deed.place, deed.ts)
    return await play.slack.press(deed.who, where, deed.action, value=deed.value, typed=deed.typed, block=deed.block)


async def _suggest(play: Play, deed: Deed) -> Json:
    where = _view(play, deed) if deed.view else message_at(play, deed.place, deed.ts)
    options = await play.slack.suggest(deed.who, where, deed.action, deed.text, block=deed.block)
    return {"ok": True, "options": options}


async def _submit(play: Play, deed: Deed) -> Done:
    return await play.slack.submit(deed.view, deed.typed)


async def _close(play: Play, deed: Deed) -> Done:
    return await play.slack.close(deed.view, all_of_them=deed.everything)


async def _shortcut(play: Play, deed: Deed) -> Done:
    message = message_at(play, deed.place, deed.ts) if deed.ts else None
    return await play.slack.shortcut(deed.who, deed.callback, message)


async def _open_home(play: Play, deed: Deed) -> Done:
    return await play.slack.open_home(deed.who)


async def _open_messages(play: Play, deed: Deed) -> Done:
    return await play.slack.open_messages_tab(deed.who)


async def _edit(play: Play, deed: Deed) -> Done:
    return await play.slack.edit(message_at(play, deed.place, deed.ts), deed.text)


async def _remove(play: Play, deed: Deed) -> Done:
    return await play.slack.remove(message_at(play, deed.place, deed.ts))


async def _join(play: Play, deed: Deed) -> Done:
    return await play.slack.join(deed.who, deed.place)


async def _invite_coach(play: Play, deed: Deed) -> None:
    play.slack.state.channel(play.workspace, deed.place).members.add(play.workspace.installation.bot_user_id)
    play.slack.state.touch()


async def _dismiss(play: Play, deed: Deed) -> None:
    """Take away a message only oneself sees; Slack tells nobody."""
    place = play.slack.state.channel(play.workspace, deed.place)
    place.ephemerals = [one for one in place.ephemerals if one.ts != deed.ts]
    play.slack.state.touch()


async def _move_clock(play: Play, deed: Deed) -> None:
    await play.move(deed.stop, deed.who)


async def _save(play: Play, _deed: Deed) -> None:
    await play.save()


async def _reset(play: Play, _deed: Deed) -> None:
    await play.reset()


async def _restart(play: Play, _deed: Deed) -> None:
    await play.restart()


async def _stop(play: Play, _deed: Deed) -> None:
    await play.stop()


def _view(play: Play, deed: Deed) -> View:
    found = play.slack.state.find_view(deed.view)
    if found is None:
        raise NotPossible("This view is not open any more.")
    return found[1]


def _told(done: Done) -> Json:
    """Whether the app heard of it, in the words of the person who waits."""
    said = {"ts": done.message.ts} if done.message else {}
    if failures := {one.failure for one in done.deliveries if one.failure}:
        return {"ok": False, "problem": _FAILURES.get(failures.pop(), "The coach could not take this."), **said}
    return {"ok": True, **said}


_FAILURES = {
    "http_timeout": "The coach did not answer within three seconds.",
    "connection_failed": "The coach cannot be reached. Start it again in the side panel.",
}

DEEDS: Mapping[str, Callable[[Play, Deed], Awaitable[Done | Json | None]]] = {
    "say": _say,
    "command": _command,
    "press": _press,
    "suggest": _suggest,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "open_home": _open_home,
    "open_messages": _open_messages,
    "edit": _edit,
    "remove": _remove,
    "join": _join,
    "invite_coach": _invite_coach,
    "dismiss": _dismiss,
    "move_clock": _move_clock,
    "save": _save,
    "reset": _reset,
    "restart": _restart,
    "stop": _stop,
}
