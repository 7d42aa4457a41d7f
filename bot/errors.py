"""What can be wrong that somebody can put right: one class for each remedy.

`str(error)` says which thing is in what state, with ids and never with words a person wrote; `remedy` says what to do.
Features raise their own errors beside these; the knowledge base has its own.
"""

from dataclasses import dataclass


class CoachError(Exception):
    """A state the coach cannot go on in, and what puts it right."""

    remedy = "Look the reference number up in the log."


class SettingsMissing(CoachError):
    """Settings are absent or wrong; nothing runs until they are right."""

    remedy = "Set the variable in the environment or in the file .env, then start again."

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class TokenRefused(CoachError):
    """Slack does not take the token: wrong, revoked, or of an app that was removed."""

    remedy = "Install the app again and put the new token in COACH_SLACK_BOT_TOKEN."

    def __init__(self, code: str) -> None:
        super().__init__(f"Slack refused the token: {code}.")
        self.code = code


class ScopeMissing(CoachError):
    """The app was installed without this scope."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"The scope {scope} was not granted.")
        self.scope = scope
        self.remedy = f"Add {scope} to the app (coach manifest prints it) and install it again."


class ChannelGone(CoachError):
    """The channel is deleted, archived, or the coach may not write in it."""

    remedy = "Invite the coach to the channel, or ask it in a direct message."


class MessageGone(CoachError):
    """The message or its thread was deleted, so nothing can be added to it."""

    remedy = "Ask again in a new message."


class TriggerExpired(CoachError):
    """A window can be opened only within three seconds of a click, and once."""

    remedy = "Press the button again."


class ViewOutdated(CoachError):
    """The window or Home tab was closed or drawn anew in the meantime."""

    remedy = "Open it again."


class SlackRefused(CoachError):
    """Slack did not take what was sent; the form of a message is wrong, which only a developer can mend."""

    remedy = "Report the reference number; the log names the place in the message."


class SlackAway(CoachError):
    """Slack does not answer, or answers that it cannot."""

    remedy = "Wait a minute and try again; status.slack.com says more."


class TooMany(CoachError):
    """Slack wants fewer calls for a while."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(f"Slack takes no further call of this kind for {retry_after_seconds} seconds.")
        self.retry_after_seconds = retry_after_seconds
        self.remedy = f"Wait {retry_after_seconds} seconds."


class TookTooLong(CoachError):
    """Something did not answer within the time it was given."""

    remedy = "Ask again; if it stays slow, coach doctor says what is."


class DatabaseAway(CoachError):
    """The database cannot be reached or was lost on the way; it may come back by itself."""

    remedy = "Check that the database of COACH_DATABASE_URL runs and can be reached; coach doctor tries it."


class DatabaseLocked(CoachError):
    """Another process holds the database and did not let go in time."""

    remedy = "Stop the other process that uses this database file, or use PostgreSQL for several."


class DatabaseBroken(CoachError):
    """The database can be reached and is not what it should be: damaged, read-only, or of another version."""

    remedy = "Restore the last backup, or install the version of the coach that wrote it."


class DiskFull(CoachError):
    """No space is left on the device."""

    remedy = "Free space where COACH_DATA_DIR lies, then start again."


class IndexBroken(CoachError):
    """The index of the knowledge base cannot be read."""

    remedy = "Build it again: coach knowledge index."


class WeightsWrong(CoachError):
    """The weights of the embedding model are missing or not the pinned ones."""

    remedy = "Install the packages of requirements.lock again."


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field of a form, in a plain sentence to stand beside it."""

    field: str
    sentence: str


class Mendable(CoachError):
    """Something the person who asked can put right at once: message and remedy are shown to them as they are."""


class FormRefused(Mendable):
    """A form cannot be taken as it is; nothing was stored."""

    remedy = "Correct it and send it again."

    def __init__(self, *wrong: Wrong) -> None:
        super().__init__(" ".join(one.sentence for one in wrong))
        self.wrong = wrong
