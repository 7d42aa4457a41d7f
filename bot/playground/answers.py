"""What an acknowledgement with words in it does: a command's answer appears, a modal changes or closes."""

from typing import TYPE_CHECKING

from bot.playground.deliveries import Delivery
from bot.playground.methods.views import change_view, push_view
from bot.playground.model import Channel, Json, Person, View, Workspace
from bot.playground.refusals import Refused, check_message, check_view
from bot.playground.response_urls import add_answer

if TYPE_CHECKING:
    from bot.playground.slack import Slack


def show(slack: "Slack", workspace: Workspace, place: Channel, person: Person, delivery: Delivery) -> None:
    """The words in the acknowledgement of a command become a message, seen by the person alone by default."""
    answer = {"text": delivery.answer} if isinstance(delivery.answer, str) else delivery.answer
    if delivery.acknowledged and (answer.get("text") or answer.get("blocks")):
        check_message(answer)
        add_answer(slack.state, workspace, place, person.id, answer)
        slack.state.touch()


def after_submission(slack: "Slack", workspace: Workspace, view: View, delivery: Delivery) -> None:
    answer = delivery.answer if isinstance(delivery.answer, dict) else {}
    try:
        _respond(slack, workspace, view, answer)
    except Refused as refusal:
        delivery.failure = refusal.error
    slack.state.touch()


def _respond(slack: "Slack", workspace: Workspace, view: View, answer: Json) -> None:
    """response_action of docs.slack.dev/surfaces/modals: errors, update, push, clear; none closes the view."""
    match answer.get("response_action"):
        case "errors":
            view.errors = dict(answer["errors"])
        case "update":
            change_view(slack.state, view, check_view(answer.get("view"), "modal"))
        case "push":
            payload = check_view(answer.get("view"), "modal")
            push_view(slack.state, workspace.stack_of(view), view.user, payload)
        case "clear":
            take_off(workspace, view, everything=True)
        case _:
            take_off(workspace, view)


def take_off(workspace: Workspace, view: View, *, everything: bool = False) -> None:
    stack = workspace.stack_of(view)
    stack[:] = [] if everything else [one for one in stack if one is not view]
