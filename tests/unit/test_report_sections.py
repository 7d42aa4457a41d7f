"""What a report says, in which order, and what it never says."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.reports.sections
from bot.commitments.model import BARRIERS, Because, Status
from bot.measures.collective import Adoption
from bot.measures.days_moved import Moves
from bot.measures.know_to_do import Answers
from bot.measures.ladder import Rungs
from bot.measures.nudge_response import Nudges
from bot.measures.outcomes import Outcomes
from bot.metrics.standing import Standing
from bot.reports.flow import organisation_report, team_report
from bot.reports.model import (
    Decision,
    Done,
    Measured,
    Overview,
    Own,
    Reasons,
    Section,
    Shared,
    Step,
    TeamPeriod,
)
from bot.reports.sections import ALL_SECTIONS
from bot.reports.sections.only_you import REMOVES
from bot.slack_kit.mrkdwn import unmarked
from bot.slack_kit.tone import broken
from tests.builders_metrics import a_metric, a_reading
from tests.builders_reports import LEO, MARA, MONDAY, NINE_DUE, NOW, SUNDAY, a_period

POISON = "overdue! failed! rank the worst team, a streak, <@U0MARA> missed it"
BARRIER_COUNTS = {Because.FEAR: 3, Because.TALK: 1, Because.OUTSIDE: 1}


def full(**fields: object) -> TeamPeriod:
    """A period with something in every section."""
    metric = a_metric(target=80.0)
    last = a_reading(70, SUNDAY)
    stands = Standing(metric, last, NOW.date(), NOW.date() - timedelta(days=60))
    given: dict[str, object] = {
        "own": (Own("Answer in #help", SUNDAY, Status.KEPT),),
        "outcomes": NINE_DUE,
        "weeks": (("W45", NINE_DUE), ("W46", Outcomes(kept=2, people=2)), ("W47", NINE_DUE)),
        "moves": Moves(5, 35, 4),
        "still_open": (Shared("Write the plan", NOW.date() + timedelta(days=4), MARA),),
        "reasons": Reasons(BARRIER_COUNTS, 4),
        "measured": (Measured(stands, (a_reading(60, MONDAY), last)),),
        "adoption": Adoption(1, 1, 6, 5, 1, 1),
        "done": Done(Answers(12, 3, 4), Nudges(10, 6, 6)),
        "organisation": Rungs(14, 10, 8, 4, 6, 7),
        "decisions": (Decision(Step.DECIDED, NOW.date()),),
    }
    return a_period(**(given | fields))


def section(name: str, period: TeamPeriod) -> Section:
    found = ALL_SECTIONS[name].build(period)
    assert found
    return found


def told(one: Section) -> str:
    return unmarked("\n".join([one.title, *one.lines, *(f"{item.what}, {item.told}" for item in one.items)]))


def everything(period: TeamPeriod) -> str:
    return "\n".join(told(one) for one in team_report(period).sections)


# The list


def test_every_file_of_a_section_is_listed_in_the_order_of_the_report() -> None:
    files = {path.stem for path in Path(bot.reports.sections.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == set(ALL_SECTIONS)
    assert list(ALL_SECTIONS)[:8] == [
        "own",
        "only_you",
        "accounted_for",
        "outcomes",
        "still_open",
        "barriers",
        "metrics",
        "collective",
    ]


@pytest.mark.parametrize("name", ALL_SECTIONS)
def test_every_section_builds_from_an_empty_period(name: str) -> None:
    for period in (a_period(), a_period(members=2), a_period(own=(), for_lead=False)):
        found = ALL_SECTIONS[name].build(period)
        assert found is None or found.lines or found.items


@pytest.mark.parametrize("name", ALL_SECTIONS)
def test_every_section_has_something_to_say_of_a_full_period(name: str) -> None:
    assert section(name, full()).name == name


def test_the_lead_goes_first() -> None:
    assert [one.title for one in team_report(full()).sections][:2] == ["You first", "What only you can remove"]


def test_a_member_gets_their_own_week_and_the_totals_of_the_team() -> None:
    sections = [one.name for one in team_report(full(for_lead=False)).sections]
    assert sections == ["own", "accounted_for", "outcomes", "still_open", "metrics", "collective", "ladder"]


# Small numbers


def test_the_headline_of_scenario_seven() -> None:
    told = section("accounted_for", full()).lines[0]
    assert told == "9 due: 8 accounted for (5 kept, 2 moved in time, 1 dropped), 1-2 unanswered."


@pytest.mark.parametrize(
    "outcomes",
    [Outcomes(kept=4, people=4), Outcomes(kept=9, people=2), Outcomes(kept=4, silent=5, people=1)],
)
def test_no_totals_of_too_few_commitments_or_too_few_people(outcomes: Outcomes) -> None:
    period = full(outcomes=outcomes, weeks=())
    assert section("accounted_for", period).figures == ()
    assert "too few for totals" in told(section("accounted_for", period))
    assert "Kept" not in told(section("outcomes", period))


def test_a_team_below_the_floor_gets_no_total_at_all() -> None:
    period = full(members=4)
    report = team_report(period)
    names = [one.name for one in report.sections]
    assert {"outcomes", "barriers", "collective", "coach"} & set(names) == set()
    assert section("accounted_for", period).figures == ()
    assert "fewer than 5 people" in told(section("accounted_for", period))


def test_the_floor_is_a_setting() -> None:
    assert section("accounted_for", full(floor=7)).figures == ()
    assert section("accounted_for", full(members=7, floor=7)).figures != ()


@given(
    st.builds(Outcomes, *[st.integers(0, 6)] * 7, people=st.integers(0, 6), closers=st.integers(0, 6)),
    st.integers(2, 9),
    st.integers(3, 8),
)
def test_one_that_was_missed_or_unanswered_is_never_told_from_two(outcomes: Outcomes, members: int, floor: int) -> None:
    period = full(outcomes=outcomes, members=members, floor=floor, weeks=(("W47", outcomes),))
    for one in team_report(period).sections:
        for figure in one.figures:
            if figure.name in ("unanswered", "not_done", "silent", "not_answered_yet", "moved_after_the_day"):
                assert figure.shown not in ("1", "2")
    if not period.tells(outcomes):
        assert section("accounted_for", period).figures == ()


def test_reasons_are_shown_from_five_on_and_one_is_never_told_from_two() -> None:
    assert section("barriers", full()).lines == (
        "Fear of how it looks: 3",
        "Something outside their control: 1-2",
        "Talk that took the place of doing: 1-2",
    )
    few = full(reasons=Reasons({Because.FEAR: 4}, 4))
    assert section("barriers", few).lines == ("Fewer than 5 reasons were given, so none is shown.",)
    one_person = full(reasons=Reasons({Because.FEAR: 9}, 1))
    assert section("barriers", one_person).figures == ()


def test_all_but_one_who_took_part_is_not_told_from_all_but_two() -> None:
    assert "all but 1-2 of 6 people took part" in told(section("collective", full()))
    assert "1-2 of 6 people took part" in told(section("collective", full(adoption=Adoption(1, 0, 6, 1, 0, 0))))


# What only the lead can remove


def test_the_reason_named_most_is_the_one_to_remove() -> None:
    assert section("only_you", full()).lines == (REMOVES[Because.FEAR],)


def test_below_the_floor_no_reason_is_named_there_either() -> None:
    few = full(reasons=Reasons({Because.FEAR: 4}, 4))
    assert section("only_you", few).lines == ("Nothing waits for you alone.",)


def test_there_is_something_to_do_for_every_barrier() -> None:
    assert set(BARRIERS) <= set(REMOVES)


def test_a_metric_nobody_reads_or_decides_by_waits_for_the_lead() -> None:
    metric = a_metric(trial_until=MONDAY, review_on=MONDAY, decision=None)
    trial = Measured(Standing(metric, None, NOW.date(), MONDAY))
    stale = Measured(Standing(a_metric("Replies"), None, NOW.date(), NOW.date() - timedelta(days=60)))
    lines = section("only_you", a_period(measured=(trial, stale))).lines
    assert [unmarked(line).split(":")[0] for line in lines] == [
        "The trial of Questions answered within 24 h is over",
        "Replies has had no reading for a while",
    ]


# The trend, metrics, the ladder, the coach


def test_weeks_with_too_little_are_left_out_of_the_chart_and_said_so_in_words() -> None:
    found = section("outcomes", full())
    assert "W45 89% of 9, W46 too few to show, W47 89% of 9" in told(found)
    assert found.chart
    assert (found.chart.labels, found.chart.lines) == (("W45", "W47"), {"Accounted for": (88.9, 88.9)})


def test_one_week_makes_no_chart() -> None:
    assert section("outcomes", full(weeks=(("W47", NINE_DUE),))).chart is None


def test_a_metric_has_its_last_value_its_target_and_its_trend() -> None:
    found = section("metrics", full())
    assert "70 % on 22 Nov. The target is 80 %. Up from 60 % on 16 Nov to 70 % on 22 Nov" in told(found)
    assert found.chart


def test_the_ladder_stands_beside_the_survey_and_is_no_funnel() -> None:
    lines = told(section("ladder", full()))
    assert "Understand: survey 90% of respondents; here 80% of 10 teams" in lines
    assert "Report: survey 24% of senior managers, 8% of directors; here 50% of 14 teams" in lines
    assert "n = 184" in lines
    assert "no funnel" in lines


def test_fewer_than_five_teams_have_no_ladder_of_their_own() -> None:
    lines = told(section("ladder", full(organisation=Rungs(4, 4, 4, 4, 4, 4))))
    assert lines.count("too few teams to show") == 4


def test_the_coach_reports_on_itself() -> None:
    lines = section("coach", full()).lines
    assert lines == (
        "I answered 12 questions; 25% became a commitment within seven days.",
        "I wrote 10 times of my own accord; after 60% of them somebody did something within seven days.",
    )


def test_the_organisation_s_page_names_no_team() -> None:
    rungs, adoption = Rungs(14, 10, 8, 4, 6, 7), Adoption(14, 6, 90, 45, 10, 5)
    report = organisation_report(Overview(rungs, adoption, NOW.date()))
    assert report.sections[2].lines == (
        "Breadth: 43% of 14 teams have a living metric.",
        "Depth: 50% of 90 places in teams took part in the last four weeks.",
        "Persistence: 50% of 10 metrics of eight weeks or more are alive.",
    )


def test_the_organisation_s_page_begins_with_its_size_and_so_does_a_phone() -> None:
    report = organisation_report(Overview(Rungs(14), Adoption(14, members=90), NOW.date()))
    assert report.headline == "The organisation. 14 teams, with 90 places in them."
    assert [(one.name, one.shown) for one in report.sections[0].figures] == [("teams", "14"), ("places", "90")]


# No fear


def test_a_name_stands_beside_what_is_ahead_and_beside_nothing_else() -> None:
    report = team_report(full(still_open=(Shared("a", NOW.date(), MARA), Shared("b", MONDAY, LEO))))
    named = [(one.name, item.what) for one in report.sections for item in one.items if item.owner_id]
    assert named == [("still_open", "a")]


def test_no_report_has_a_word_to_be_afraid_of_whatever_people_call_things() -> None:
    period = full(
        name=POISON,
        own=(Own(POISON, MONDAY, Status.OPEN), Own(POISON, MONDAY, Status.MISSED)),
        still_open=(Shared(POISON, NOW.date(), MARA),),
        measured=(replace(full().measured[0], stands=Standing(a_metric(POISON), None, NOW.date(), MONDAY)),),
    )
    for one in (period, replace(period, for_lead=False), replace(period, members=3), a_period()):
        report = team_report(one)
        lines = [report.title, *(line for part in report.sections for line in (part.title, *part.lines))]
        lines += [item.told for part in report.sections for item in part.items]
        assert [(unmarked(line), broken(line)) for line in lines if broken(line)] == []


def test_own_commitments_stand_without_blame() -> None:
    own = (Own("a", MONDAY, Status.OPEN), Own("b", SUNDAY, Status.MISSED), Own("c", NOW.date(), Status.OPEN))
    assert [item.told for item in section("own", a_period(own=own)).items] == [
        "due Monday 16 November: waits for your word",
        "due Sunday 22 November: not done, and said so",
        "due Monday 23 November: open",
    ]
