"""What a message means in its thread: a turn from the card just told, an item of its list, another subject."""

from dataclasses import replace

import pytest

from bot.questions.flow import answer_question
from bot.questions.model import Memory, Question
from bot.questions.thread import counted, without_change_of_subject
from bot.questions.turns import TURNS, subject_of
from tests.builders_knowledge import a_candidate, a_card, an_entry, found

ENTRY = an_entry("rivalry", "Rivalry does harm.")
SAID = (("Look at your rules: awards, for example.", ("rivalry",)), ("It was so in 2012.", ("rivalry",)))
SIGNS = a_card("signs", *SAID, title="How to recognise rivalry", related=("fix",))
FIX = a_card("fix", ("Fight outward.", ("rivalry",)), title="What to do about rivalry")
OTHER = a_card("other", ("Fear is worse.", ("rivalry",)), title="What to do about fear")
MEMORY = Memory("do our units fight?", ("signs",), ("rivalry",))


def search(aside=None, scores=((SIGNS, 0.8), (OTHER, 0.62), (FIX, 0.6)), sentence=""):
    """A search that finds the same cards for any text, and remembers the texts."""

    async def find(text, memory):
        find.texts.append(text)
        candidates = [a_candidate(card, ENTRY, score=score, sentence=sentence) for card, score in scores]
        return replace(found(*candidates, text=text), aside=aside if memory else None)

    find.texts = []
    return find


async def answered(text, find, memory=MEMORY):
    recall = lambda _: ((SIGNS,), (ENTRY,))  # noqa: E731
    return await answer_question(Question(text, memory), find=find, recall=recall)


async def test_a_turn_is_asked_in_full_of_the_subject_just_told_and_its_family_answers():
    find = search(aside="remedy")
    answer = await answered("and what now against it?", find)
    assert "What to do about rivalry" in find.texts
    assert answer.cards[0] == "fix"


async def test_a_follow_up_keeps_to_what_the_card_just_told_leads_on_to():
    find = search(scores=((OTHER, 0.61), (FIX, 0.6), (SIGNS, 0.6)))
    assert (await answered("and awards?", find)).cards[0] == "fix"


async def test_what_is_foreign_to_the_base_gets_nothing_in_a_thread_either():
    async def find(text, memory):
        return found(a_candidate(SIGNS, ENTRY), confidence=0.9 if memory or "fight" in text else 0.0)

    assert not (await answered("good recipe for lentil soup?", find)).cards
    assert (await answered("and for lentil soup?", find)).cards


async def test_you_means_the_coach_where_it_has_just_spoken_of_itself():
    about_us = replace(SIGNS, topic="coach", related=())
    ours, law = replace(FIX, topic="coach"), replace(OTHER, topic="governance")
    find = search(scores=((law, 0.7), (ours, 0.6)))
    recall = lambda _: ((about_us,), (ENTRY,))  # noqa: E731
    answer = await answer_question(Question("and how long do you keep it", MEMORY), find=find, recall=recall)
    assert answer.cards[0] == "fix"


async def test_what_is_found_alone_beyond_doubt_is_new_however_it_opens():
    async def find(text, memory):
        return found(a_candidate(OTHER if text == "and fear?" and not memory else SIGNS, ENTRY), confidence=0.96)

    assert (await answered("and fear?", find)).cards[0] == "other"


async def test_where_the_card_just_told_answers_again_only_what_is_asked_for_is_told():
    find = search(scores=((SIGNS, 0.9), (OTHER, 0.2)), sentence="It was so in 2012.")
    assert (await answered("and in those years?", find)).text == "It was so in 2012 [1]."


async def test_who_asks_for_the_turn_just_told_hears_it_again():
    answer = await answered("and how would I see it?", search(aside="signs"))
    assert answer.cards[0] == "signs"


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("How to recognise harmful rivalry", "harmful rivalry"),
        ("What fear looks like in social tools", "fear"),
        ("Guideline 5: take fear out of the system", "take fear out of the system"),
        ("Goodhart's law", "Goodhart's law"),
    ],
)
def test_the_subject_of_a_card_is_its_title_without_the_turn(title, subject):
    assert subject_of(a_card(title=title)) == subject


def test_a_turn_says_in_full_what_is_asked():
    assert TURNS["looks"].of(FIX) == "What rivalry looks like in social tools"


async def test_asked_for_advice_it_tells_the_finding_what_follows_from_it_and_the_step_to_try():
    answer = await answered("and what would you do then?", search(aside="advice"))
    assert answer.text == "Look at your rules: awards, for example [1]. It was so in 2012 [1]."
    assert answer.next_step == SIGNS.next_step


async def test_asked_for_the_steps_it_lists_them():
    assert (await answered("the steps only", search(aside="steps"))).text == "1. Count it."


async def test_asked_for_a_detail_it_begins_with_the_sentence_that_has_it():
    answer = await answered("when was that?", search(aside="detail", sentence="It was so in 2012."))
    assert answer.text == "It was so in 2012 [1]."


async def test_asked_for_an_example_it_tells_the_sentence_that_gives_one():
    assert (await answered("for instance?", search(aside="example"))).text == SAID[0][0].replace(".", " [1].")


@pytest.mark.parametrize(
    ("text", "question", "title", "item"),
    [
        ("number 5?", "what are the eight guidelines", "The eight guidelines", "Guideline 5"),
        ("and the second one", "list the 8 guidelines", "The eight guidelines", "Guideline 2"),
        (
            "the next one please",
            "is there a rule on haste",
            "Guideline 3: act before the plan is perfect",
            "Guideline 4",
        ),
        ("and the next one?", "what is guideline 3 in the book", "The eight guidelines", "Guideline 4"),
        ("the previous one", "?", "Guideline 3: act before the plan is perfect", "Guideline 2"),
        ("and 7", "do nudges work", "What nudges do", None),
        ("and 7 days?", "what are the eight guidelines", "The eight guidelines", None),
    ],
)
def test_a_number_alone_is_an_item_of_the_list_just_told(text, question, title, item):
    assert counted(text, question, title) == item


async def test_the_item_of_a_list_is_told_wherever_the_search_has_it():
    fifth = a_card("fifth", ("Drive out fear.", ("rivalry",)), title="Guideline 5: no fear")
    find = search(scores=((SIGNS, 0.9), (fifth, 0.3)))
    answer = await answered("number 5?", find, Memory("the eight guidelines", ("signs",), ("rivalry",)))
    assert answer.cards[0] == "fifth"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("something else: how many digests do I get", "how many digests do I get"),
        ("ok different topic, who wrote the book", "who wrote the book"),
        ("never mind. what is a counter metric", "what is a counter metric"),
        ("i meant goal question metric", "goal question metric"),
        ("anything else?", None),
        ("what about other topics than these", None),
    ],
)
def test_who_changes_the_subject_asks_a_new_question(text, rest):
    assert without_change_of_subject(text) == rest


async def test_a_new_question_is_searched_for_without_the_words_that_announce_it():
    find = search()
    await answered("something else: how many digests do I get", find)
    assert find.texts == ["how many digests do I get"]


async def test_a_message_that_goes_on_from_nothing_is_new_though_it_is_a_little_less_sure_alone():
    async def find(text, memory):
        return found(a_candidate(SIGNS if memory else OTHER, ENTRY), confidence=0.9 if memory else 0.8)

    assert (await answered("one metric for fear please", find)).cards[0] == "other"
