"""A stand-in for Slack: what the coach's tests talk to, and the core of the playground in the browser."""

from bot.playground.faults import Delayed, ErrorCode, RateLimited, ResetAfterAccepting, ServerError, Slow
from bot.playground.harbor import harbor, quay
from bot.playground.model import NotPossible, SlackApp
from bot.playground.pace import PerChannel
from bot.playground.seeing import words_of
from bot.playground.server import running, serving
from bot.playground.slack import Slack

__all__ = [
    "Delayed",
    "ErrorCode",
    "NotPossible",
    "PerChannel",
    "RateLimited",
    "ResetAfterAccepting",
    "ServerError",
    "Slack",
    "SlackApp",
    "Slow",
    "harbor",
    "quay",
    "running",
    "serving",
    "words_of",
]
