"""The app as Bolt runs it, and the workspace it is installed in."""

from dataclasses import dataclass

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.sending import LOST
from bot.errors import SlackAway
from bot.logs import where
from bot.slack_kit.errors import known_error

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Me:
    """The coach in its workspace: its ids there, and the scopes it was granted."""

    workspace_id: str
    user_id: str
    bot_id: str
    scopes: frozenset[str] = frozenset()

    @property
    def follows_threads(self) -> bool:
        """Whether it hears replies in a channel that do not mention it."""
        return "channels:history" in self.scopes


async def who_am_i(client: AsyncWebClient) -> Me:
    """Ask Slack whose token this is. Raises: TokenRefused, SlackAway and their kin."""
    try:
        answer = await client.auth_test()
    except (SlackApiError, *LOST) as error:
        raise known_error(error) or SlackAway("Slack does not say who the token belongs to.") from error
    scopes = str(answer.headers.get("x-oauth-scopes") or "").split(",")
    return Me(answer["team_id"], answer["user_id"], answer.get("bot_id") or "", frozenset(map(str.strip, scopes)))


def bolt_app(client: AsyncWebClient, me: Me, *, signing_secret: str, token: str) -> AsyncApp:
    """An app without listeners. `client` has no token: Bolt takes it from the authorization."""

    async def authorize() -> AuthorizeResult:
        # Known since the start: Bolt would ask Slack again, and drop what arrives while Slack does not answer.
        return AuthorizeResult(
            enterprise_id=None, team_id=me.workspace_id, bot_user_id=me.user_id, bot_id=me.bot_id, bot_token=token
        )

    app = AsyncApp(
        name="coach",
        client=client,
        authorize=authorize,
        signing_secret=signing_secret,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(_log_error)
    return app


async def _log_error(error: Exception) -> None:
    log.error("listener.failed", kind=type(error).__name__, where=where(error))
