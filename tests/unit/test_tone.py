"""The no-fear check: it stops the coach's own words, and leaves alone what people typed and cards say."""

import ast
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.commitments import because_blocks, windows
from bot.commitments import blocks as commitments
from bot.commitments import model as commitment_model
from bot.commitments.draft import Draft
from bot.commitments.model import Because, Commitment, Promise, Status
from bot.commitments.reading import Remedy
from bot.home import blocks as home
from bot.home.model import Mine
from bot.kernel.ids import CommitmentId, TeamId
from bot.metrics import blocks as metrics
from bot.metrics.model import Logged
from bot.metrics.standing import Standing
from bot.nudges import blocks as nudges
from bot.nudges.model import Act, Nudge, Offer
from bot.questions.blocks import content, with_controls
from bot.questions.buttons import Asking
from bot.questions.model import Answer
from bot.reports import blocks as reports
from bot.reports.asking import NotUnderstood
from bot.reports.flow import team_report
from bot.reports.model import Own, Step
from bot.slack_kit import pieces
from bot.slack_kit.bounded import Piece, marked, said_before
from bot.slack_kit.charts import chart
from bot.slack_kit.mrkdwn import escape, of_others, own_words, unmarked
from bot.slack_kit.tone import INSTEAD, NEUTRAL, broken, gentle
from bot.teams.blocks import in_words, team_saved, team_told, team_window
from bot.teams.model import Away, Person, Visibility
from knowledge.loader import load
from tests.builders import an_answer, nothing, small_talk
from tests.builders_metrics import HARBOR, LEO, MARA, MONDAY, NOW, PARIS, a_metric, a_reading, a_team
from tests.builders_reports import shown_in_the_readme

BOT = Path(bot.__file__).parent
NOT_TO_PEOPLE = ("playground", "cli", "doctor", "storage", "logs.py", "settings.py", "__main__.py", "tone.py")
"""Where strings are for developers, for whoever runs the coach, or lists of what is not said."""

POISON = "overdue! failed! rank the worst team, a streak of 7 weeks in a row 🔴 URGENT <@U0MARA> missed it"
THREATS = {
    "fear": [
        "This is overdue.",
        "You failed to answer.",
        "Last warning before I stop.",
        "You should have told us.",
        "Ceci est en retard.",
        "Das ist überfällig.",
        "Letzte Mahnung.",
        "Está atrasado, último aviso.",
    ],
    "streak": [
        "A streak of five!",
        "Four weeks in a row.",
        "Trois semaines d'affilée.",
        "Fünf Wochen in Folge.",
        "¡Qué racha!",
    ],
    "ranking": [
        "Your team is ranked second.",
        "You are in the top 3.",
        "Harbor is the best team.",
        "More than most teams.",
        "Voici le classement.",
        "Die Rangliste der Woche.",
        "La clasificación es esta.",
    ],
    "red": ["🔴 Due today.", ":rotating_light: Due today."],
    "pressure": ["Answer now!!", "This is urgent.", "Bitte sofort antworten.", "You must reply today."],
    "exclamation": ["Do it! Today!"],
    "names_beside_misses": ["<@U0MARA> missed two of three.", "Silent: <@U0MARA>."],
}
KIND = [
    "Thank you for saying so. What got in the way?",
    "9 due: 8 accounted for (5 kept, 2 moved in time, 1 dropped), 1-2 unanswered.",
    "Commitments stay with the person who makes them; nobody is ranked.",
    "I do not rank or single out people or teams: it teaches them to hide what goes wrong.",
    "None of this is a failure. It stays open.",
    "Due today: ask in the open channel. Kept, or not yet?",
    "Well done, and thank you!",
    "Led by <@U0LEO>. 6 people.",
    "It was missed, because of something outside your control.",
]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in THREATS.items() for text in texts])
def test_the_coach_does_not_say(rule: str, text: str) -> None:
    assert rule in broken(text)


@pytest.mark.parametrize("text", KIND)
def test_the_coach_may_say(text: str) -> None:
    assert broken(text) == []


@pytest.mark.parametrize("written", [escape(POISON), of_others(POISON), f"“{POISON}”"])
def test_what_a_person_typed_is_theirs(written: str) -> None:
    assert broken(f"Due tomorrow: *{written}*. How did it go?") == []
    assert broken(f"Due tomorrow: *{written}*. It is overdue.") == ["fear"]


@given(st.text(max_size=80))
def test_nobody_can_type_themselves_into_the_coach_s_own_words(words: str) -> None:
    assert own_words(f"Before {escape(words)} after").split() == ["Before", "after"]
    assert own_words(f"Before {of_others(words)} after").split() == ["Before", "after"]


@given(st.text("ab <&\u2063\u2064“”", max_size=40), st.integers(1, 30))
def test_a_text_that_was_cut_keeps_what_is_whose(words: str, most: int) -> None:
    assert "b" not in own_words(escape(words)[:most])


def test_no_sign_of_ours_gets_out() -> None:
    drawn = pieces.message(of_others("a < b"), [pieces.section(escape("a < b")), pieces.header(of_others("a < b"))])
    assert "\u2063" not in repr(drawn)
    assert drawn["text"] == "a < b"
    assert drawn["blocks"][0]["text"]["text"] == "a &lt; b"  # type: ignore[index]


# What happens to a text that is stopped


def test_a_text_that_is_stopped_makes_room_for_the_one_its_builder_gave() -> None:
    said = pieces.message(
        "Overdue.", [pieces.section("Overdue."), pieces.section("Fine.")], instead="It is still open."
    )
    shown = gentle(said)
    assert shown["text"] == "It is still open."
    assert [one["text"]["text"] for one in shown["blocks"]] == ["It is still open.", "Fine."]  # type: ignore[union-attr]
    assert "instead" not in shown


def test_without_one_it_makes_room_for_a_neutral_sentence() -> None:
    view = pieces.modal("Last warning", [pieces.section("Overdue.")], callback_id="x")
    shown = gentle(view)
    assert shown["title"]["text"] == NEUTRAL  # type: ignore[index]
    assert shown["blocks"][0]["text"]["text"] == NEUTRAL  # type: ignore[index]


def test_what_is_built_of_texts_still_knows_whose_words_they_are() -> None:
    first = pieces.section(f"Still open: *{escape(POISON)}*")["text"]["text"]  # type: ignore[index]
    again = pieces.message(f"{marked(first)} How did it go?")
    assert gentle(again) == again


def test_the_buttons_of_a_message_that_is_stopped_still_work() -> None:
    said = pieces.message("Overdue.", [pieces.actions("a", pieces.button("Kept", "kept", "overdue"))])
    assert gentle(said)["blocks"] == said["blocks"]


def test_red_is_for_what_asks_once_more() -> None:
    plain = pieces.button("Drop", "drop", style="danger")
    asking = pieces.button("Delete", "delete", style="danger") | {"confirm": {"title": "Sure?"}}
    shown = gentle(pieces.message("x", [pieces.actions("a", plain, asking)]))
    assert [one.get("style") for one in shown["blocks"][0]["elements"]] == [None, "danger"]  # type: ignore[index]


def test_what_was_typed_before_and_what_can_be_chosen_is_left_alone() -> None:
    typed = pieces.plain_text_input("what", initial_value=POISON)
    chosen = pieces.static_select("metric", [pieces.option("Overdue invoices", "m1")])
    view = pieces.modal(
        "Yours",
        [pieces.input_block("What", typed, block_id="a"), pieces.input_block("Metric", chosen, block_id="b")],
        callback_id="x",
        submit="Save",
    )
    assert gentle(view) == view


def test_a_chart_is_checked_too() -> None:
    drawn = chart("Overdue commitments", ["W46", "W47"], {"failed": [1, 2], of_others("overdue bills"): [3, 4]})
    shown = gentle(pieces.message("x", [drawn]))["blocks"][0]  # type: ignore[index]
    names = [one["name"] for one in shown["chart"]["series"]]
    assert (shown["title"], *names) == (NEUTRAL, NEUTRAL, "overdue bills")


def test_what_stands_in_slack_already_is_not_judged_again() -> None:
    shown = {"text": "It failed.", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "It failed."}}]}
    assert gentle(said_before(shown)) == shown


def test_the_log_names_the_rule_and_no_word(capsys: pytest.CaptureFixture[str]) -> None:
    gentle(pieces.message("The zebra is overdue."), at="letter-1")
    told = capsys.readouterr().out
    assert "fear" in told
    assert "letter-1" in told
    assert "zebra" not in told


# All templates


def test_no_sentence_in_the_code_breaks_a_rule() -> None:
    found = [(where, text, rules) for where, text in sentences_in_the_code() if (rules := broken(text))]
    assert found == []


def test_the_sentences_in_the_code_are_found() -> None:
    assert len(list(sentences_in_the_code())) > 200


def test_no_reply_of_the_phrase_book_breaks_a_rule() -> None:
    listed = yaml.safe_load((BOT / "questions" / "phrases.yaml").read_text(encoding="utf-8"))
    replies = [one["reply"] for kind in ("small_talk", "declined") for one in listed[kind]]
    assert [(one, broken(one)) for one in replies if broken(one)] == []


def test_every_answer_from_a_reviewed_card_goes_out_as_it_is() -> None:
    """Cards speak of fear, failure and rankings: that is what they are about."""
    told = [sentence.text for card in load().cards.values() for sentence in card.sentences]
    frightening = [text for text in told if broken(text)]
    assert len(frightening) > 10
    for text in frightening:
        shown = with_controls(content(an_answer(text, next_step=text)), Asking("a1", POISON), ())
        assert gentle(shown) == shown


@pytest.mark.parametrize("answer", [an_answer(), nothing("topic"), small_talk()])
def test_an_answer_says_nothing_frightening_of_its_own(answer: Answer) -> None:
    shown = content(answer)
    assert gentle(shown) == shown


def test_a_team_may_be_called_anything() -> None:
    team, leo = replace(a_team(), name=POISON[:60]), Person(HARBOR, LEO, PARIS)
    for view in (team_window(team.channel_id, leo, team, "C 1"), team_told(team, True), team_saved(team)):
        assert gentle(view) == view
    assert broken(in_words(team)) == []


def everything_said_of_a_commitment() -> Iterator[Piece]:
    team = replace(a_team(), name=POISON)
    draft = Draft(what=POISON, due="03/04", why=POISON, if_then=POISON)
    promise = Promise(POISON, MONDAY, Visibility.TEAM, why=POISON, if_then=POISON)
    one = Commitment(CommitmentId("c1"), HARBOR, MARA, promise, PARIS, NOW)
    who_sees = commitments.seen_by(Visibility.LEAD, team)
    for status in commitment_model.Status:
        yield commitments.outcome_message(replace(one, status=status))
    yield commitments.listed([one, one])
    yield commitments.proposal(draft, [MONDAY, NOW.date()], who_sees, POISON)
    yield commitments.kept_for_you(one, who_sees)
    yield commitments.which_one([one], "Which one do you mean?")
    yield because_blocks.ask_why(one)
    for because in Because:
        yield because_blocks.read_back(one, because)
        yield because_blocks.after_because(replace(one, because=because), Remedy(POISON, POISON))
    yield windows.commit_window(draft, [team, replace(team, id=TeamId("t2"))], [("m1", POISON)])
    yield windows.rewrite_window(draft, POISON)
    yield windows.again_window(draft)
    yield windows.which_day_window(draft, [MONDAY, NOW.date()])
    yield windows.committed_window(one, team)
    yield windows.move_window(one)
    yield windows.drop_window(one)


def everything_said_of_a_metric() -> Iterator[Piece]:
    team = replace(a_team(), name=POISON[:60])
    metric = a_metric(POISON[:50], decision=POISON, target=80.0)
    readings = [a_reading(60, MONDAY - timedelta(days=7)), a_reading(70)]
    for last in (None, readings[1]):
        for days in (0, 20, 100):
            stands = Standing(metric, last, MONDAY + timedelta(days=days), MONDAY)
            yield metrics.measured([metrics.Measured(team, [stands], {metric.id: readings})], MARA)
    yield metrics.measured([metrics.Measured(team, [], {})], MARA)
    yield metrics.trend(metric, readings, MONDAY)
    yield metrics.trend(metric, [], MONDAY)
    yield metrics.noted(Logged(metric, MONDAY, 70, readings[0], readings, MONDAY))
    yield metrics.which([metric], "12", None)
    yield metrics.which_team([team])


def everything_said_of_a_team() -> Iterator[Piece]:
    team = replace(a_team(), name=POISON[:60])
    promise = Promise(POISON, MONDAY, Visibility.TEAM)
    one = Commitment(CommitmentId("c1"), HARBOR, MARA, promise, PARIS, NOW)
    stands = Standing(a_metric(POISON[:50], decision=POISON, trial_until=MONDAY), None, MONDAY, MONDAY)
    person = Person(HARBOR, LEO, PARIS)
    yield home.home_tab(Mine(person, NOW, (one,), (team,), ((stands,),), (NOW,), (Away(MONDAY, MONDAY),)))
    yield home.all_commitments([one])
    yield nudges.digest([one], [one], MONDAY)
    yield nudges.pulse(team, "2026-Q4")
    yield nudges.smallest_test(POISON, POISON, "card")
    for words in (of_others(POISON), "What is one small thing?"):
        yield nudges.team_nudge(Nudge("kind", words, "Nobody has read it.", (Offer(Act.DEFINE, "Define"),)), team)
    report = team_report(replace(shown_in_the_readme(), name=POISON[:60], own=(Own(POISON, MONDAY, Status.OPEN),)))
    yield reports.report_message(report)
    yield reports.report_message(report, answered=Step.DISCUSS)
    yield reports.offer(team, report, stop=True)
    yield reports.which_team([team], "")
    yield pieces.note(f"{NotUnderstood([team])} {NotUnderstood([team]).remedy}")


@pytest.mark.parametrize(
    "piece", [*everything_said_of_a_commitment(), *everything_said_of_a_metric(), *everything_said_of_a_team()]
)
def test_whatever_people_call_their_commitments_and_metrics_they_are_spoken_of_as_they_are(piece: Piece) -> None:
    assert gentle(piece) == {name: value for name, value in piece.items() if name != INSTEAD}


# Two hundred messages, by chance and by seed

OPENINGS = ["Due tomorrow:", "You said:", "Noted:", "Still open:", "Shall I keep that?", "What became of it?"]
ENDINGS = [
    "How did it go?",
    "Move it, or drop it; both are fine.",
    "Thank you for saying so.",
    "I ask once more, then not again.",
]
PEOPLE_WRITE = [
    "failed",
    "overdue",
    "streak",
    "top 3",
    "!!",
    "<@U1>",
    "missed",
    "en retard",
    "überfällig",
    "the",
    "deploys",
]


def two_hundred() -> Iterator[tuple[str, str]]:
    """A message nobody need fear, and the same with one threat of the coach's own in it."""
    chance = random.Random(20261123)
    threats = [text for texts in THREATS.values() for text in texts]
    for _ in range(200):
        typed = " ".join(chance.choices(PEOPLE_WRITE, k=chance.randint(1, 9)))
        parts = [chance.choice(OPENINGS), f"*{escape(typed)}*", chance.choice(ENDINGS)]
        threat = [*parts]
        threat.insert(chance.choice((0, 1, 2, 3)), chance.choice(threats))
        yield " ".join(parts), " ".join(threat)


def test_of_two_hundred_messages_none_is_stopped_and_every_threat_is() -> None:
    messages = list(two_hundred())
    assert [unmarked(kind) for kind, _ in messages if broken(kind)] == []
    assert [unmarked(threat) for _, threat in messages if not broken(threat)] == []
    for kind, threat in messages:
        assert gentle(pieces.message(kind, [pieces.section(kind)]))["text"] == unmarked(kind)
        assert gentle(pieces.message(threat, [pieces.section(threat)]))["text"] == NEUTRAL


def sentences_in_the_code() -> Iterator[tuple[str, str]]:
    """Strings of more than one word that are no docstrings, from the parts of the bot that speak to people."""
    for path in sorted(BOT.rglob("*.py")):
        place = path.relative_to(BOT).as_posix()
        if not place.startswith(NOT_TO_PEOPLE) and path.name not in NOT_TO_PEOPLE:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                text = _text_of(node)
                if id(node) not in told and " " in text.strip() and "(?" not in text:
                    yield f"{place}:{getattr(node, 'lineno', 0)}", text


def _text_of(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else " … " for part in node.values)
    return ""
