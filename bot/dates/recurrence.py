"""What comes again: "every Friday", "on the first Monday of each month". Written down as a rule of RFC 5545."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from bot.dates.periods import FRIDAY, stretch

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAST = -1
WORKDAYS = tuple(range(FRIDAY + 1))
_FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY"}
_UNITS: dict[str, Literal["day", "week", "month"]] = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month"}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Every so many days, weeks (on these weekdays) or months (on one day, or on the nth of a weekday)."""

    unit: Literal["day", "week", "month"]
    every: int = 1
    weekdays: tuple[int, ...] = ()
    """Monday is 0. In weeks at least one; in months at most one."""
    nth: int = LAST
    """In months: which day, or which of those weekdays; -1 is the last."""
    until: date | None = None

    @property
    def rule(self) -> str:
        """As RFC 5545 writes it, without the first day: FREQ=WEEKLY;BYDAY=FR."""
        parts = [f"FREQ={_FREQUENCIES[self.unit]}"]
        if self.every > 1:
            parts.append(f"INTERVAL={self.every}")
        if self.unit == "week":
            parts.append(f"BYDAY={','.join(CODES[weekday] for weekday in self.weekdays)}")
        elif self.unit == "month":
            parts.append(f"BYDAY={self.nth}{CODES[self.weekdays[0]]}" if self.weekdays else f"BYMONTHDAY={self.nth}")
        if self.until:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    @property
    def in_words(self) -> str:
        """As one would say it in English: "every second Friday", "every month on the 5th"."""
        every = {1: "every", 2: "every second"}.get(self.every, f"every {self.every}")
        many = f"{every} {self.unit}{'s' if self.every > 2 else ''}"
        named = " and ".join(WEEKDAYS[weekday] for weekday in self.weekdays)
        if self.unit == "week":
            said = "every workday" if self.weekdays == WORKDAYS else f"{every} {named}"
            said = f"{many} on {named}" if self.every > 2 else said
        elif self.unit == "month":
            which = "last" if self.nth == LAST else _ordinal(self.nth)
            said = f"{many} on the {which} {named or ('day' if self.nth == LAST else '')}".rstrip()
        else:
            said = many
        return f"{said} until {self.until.day} {self.until:%B %Y}" if self.until else said

    @classmethod
    def from_rule(cls, rule: str) -> "Recurrence":
        """The one that `rule` wrote down. Raises: ValueError for another rule."""
        try:
            parts = dict(part.split("=") for part in rule.split(";"))
            days = [part for part in parts.get("BYDAY", "").split(",") if part]
            until = parts.get("UNTIL")
            return cls(
                _UNITS[parts["FREQ"]],
                int(parts.get("INTERVAL", 1)),
                tuple(CODES.index(name[-2:]) for name in days),
                int(parts.get("BYMONTHDAY") or (days and days[0][:-2]) or LAST),
                date.fromisoformat(until) if until else None,
            )
        except (KeyError, ValueError) as wrong:
            raise ValueError(f"{rule!r} is no rule of ours") from wrong

    def first(self, today: date) -> date | None:
        """The first day that counts, today included; None when none is left before `until`."""
        return self._if_not_over(self._from(today))

    def after(self, day: date) -> date | None:
        """The day that follows one of its days; None when that was the last."""
        if self.unit == "day":
            return self._if_not_over(day + timedelta(days=self.every))
        if self.unit == "week":
            rest_of_week = [weekday for weekday in self.weekdays if weekday > day.weekday()]
            monday = day - timedelta(days=day.weekday())
            weeks = 0 if rest_of_week else self.every
            return self._if_not_over(monday + timedelta(weeks=weeks, days=(rest_of_week or self.weekdays)[0]))
        return self._if_not_over(self._in_month(stretch("month", day, self.every).first))

    def ending(self, until: date) -> "Recurrence":
        return replace(self, until=until)

    def _from(self, today: date) -> date:
        if self.unit == "day":
            return today
        if self.unit == "week":
            return min(today + timedelta(days=(weekday - today.weekday()) % 7) for weekday in self.weekdays)
        if self.every > 1 and not self.weekdays and self.nth == LAST:  # a quarter ends with its last month
            return stretch("quarter", today).last if self.every == 3 else stretch("month", today).last
        found = self._in_month(today.replace(day=1))
        return found if found >= today else self._in_month(stretch("month", today, 1).first)

    def _in_month(self, first: date) -> date:
        last = stretch("month", first).last
        if not self.weekdays:
            return last if self.nth == LAST else first.replace(day=min(self.nth, last.day))
        days = [first + timedelta(days=n) for n in range(last.day)]
        of_weekday = [day for day in days if day.weekday() == self.weekdays[0]]
        return of_weekday[self.nth if self.nth == LAST else min(self.nth, len(of_weekday)) - 1]

    def _if_not_over(self, day: date) -> date | None:
        return day if self.until is None or day <= self.until else None


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
