"""users.*, bots.info, team.info and dnd.info."""

from bot.playground import shapes
from bot.playground.model import Json
from bot.playground.refusals import Refused
from bot.playground.web_api import Asked


def one(asked: Asked) -> Json:
    person = asked.person(asked.required("user"))
    return {"ok": True, "user": shapes.person(person, asked.workspace, asked.state.app, asked.state.now())}


def everyone(asked: Asked) -> Json:
    start, size = asked.number("cursor", 0), asked.number("limit", 200)
    people, now = asked.workspace.people, asked.state.now()
    shown = [shapes.person(each, asked.workspace, asked.state.app, now) for each in people[start : start + size]]
    cursor = str(start + size) if start + size < len(people) else ""
    return {"ok": True, "members": shown, "cache_ts": int(now), "response_metadata": {"next_cursor": cursor}}


def bot(asked: Asked) -> Json:
    wanted = asked.text("bot") or asked.workspace.installation.bot_id
    person = next((each for each in asked.workspace.people if each.bot_id == wanted), None)
    if person is None:
        raise Refused("bot_not_found")
    profile = shapes.bot_profile(asked.workspace, asked.state.app, wanted)
    profile.pop("team_id")
    return {"ok": True, "bot": profile | {"user_id": person.id}}


def team(asked: Asked) -> Json:
    """team.info: name and domain of the workspace."""
    workspace = asked.workspace
    return {
        "ok": True,
        "team": {
            "id": workspace.id,
            "name": workspace.name,
            "domain": workspace.domain,
            "email_domain": "",
            "icon": {"image_default": True, "image_68": f"{shapes.ICON}_team_68.png"},
        },
    }


def do_not_disturb(asked: Asked) -> Json:
    """dnd.info: times in seconds since 1970, 1 where nothing is planned."""
    person = asked.person(asked.required("user"))
    start, end = person.do_not_disturb or (1, 1)
    return {
        "ok": True,
        "dnd_enabled": person.do_not_disturb is not None,
        "next_dnd_start_ts": start,
        "next_dnd_end_ts": end,
    }
