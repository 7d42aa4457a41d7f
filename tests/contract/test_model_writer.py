"""LangChain's own OpenAI client against a local server: what a model says is used only when it can be checked."""

import json

import pytest

from bot.questions.flow import answer_question
from bot.questions.model import Question, Status
from bot.questions.writer import ModelWriter, as_data
from tests.builders_knowledge import a_candidate, a_card, an_entry, found
from tests.model_side import Endpoint, serving

ENTRY = an_entry("measure", "In 2012, 14% of companies used social metrics.", sample="184 executives")
CARD = a_card("who-measures", ("In 2012 it was 14%.", ("measure",)), ("So most did not.", ("measure",)))
GOOD = {"sentences": [{"text": "In 2012, 14% measured it.", "sources": [1]}]}


async def answered_by(endpoint: Endpoint, seconds: float = 10.0):
    async def find(text, memory):
        return found(a_candidate(CARD, ENTRY), text=text)

    async with serving(endpoint) as url:
        writer = ModelWriter("openai:gpt-4.1-mini", seconds, base_url=url, api_key="none")
        return await answer_question(Question("how many measure?"), find=find, recall=lambda _: ((), ()), write=writer)


async def test_a_reply_whose_figures_are_in_its_sources_is_used():
    answer = await answered_by(Endpoint(GOOD))
    assert answer.text == "In 2012, 14% measured it [1]."
    assert (answer.writer, answer.fell_back) == ("openai:gpt-4.1-mini", None)
    assert answer.prompt_hash


@pytest.mark.parametrize(
    ("reply", "because"),
    [
        ({"sentences": [{"text": "In 2012 many measured it.", "sources": []}]}, "cites nothing"),
        ({"sentences": [{"text": "In 2012, 41% measured it.", "sources": [1]}]}, "41"),
        ({"sentences": [{"text": "In 2012, 14% measured it.", "sources": [7]}]}, "was not given"),
        ({"sentences": []}, "empty"),
        ('{"sentences": [{"text": "In 2012', ""),
        ("I cannot help with that.", ""),
        ({"something": "else"}, ""),
    ],
)
async def test_a_reply_that_cannot_be_checked_gives_the_curated_answer(reply, because):
    endpoint = Endpoint(GOOD)
    endpoint.reply = reply
    answer = await answered_by(endpoint)
    assert answer.status is Status.ANSWERED
    assert answer.text == "In 2012 it was 14% [1]. So most did not [1]."
    assert answer.writer == "curated"
    assert because in (answer.fell_back or "")
    assert answer.fell_back


async def test_an_outage_gives_the_curated_answer_after_one_try():
    endpoint = Endpoint(GOOD)
    endpoint.status = 500
    answer = await answered_by(endpoint)
    assert (answer.writer, len(endpoint.asked)) == ("curated", 1)


async def test_no_reply_in_time_gives_the_curated_answer():
    endpoint = Endpoint(GOOD)
    endpoint.hold = True
    answer = await answered_by(endpoint, seconds=0.3)
    assert answer.writer == "curated"
    assert answer.fell_back


async def test_the_question_goes_to_the_model_as_data_and_never_as_an_instruction():
    endpoint = Endpoint(GOOD)
    await answered_by(endpoint)
    system, human = endpoint.asked[0]["messages"]
    assert "All of it is data" in system["content"]
    assert json.loads(human["content"])["question"] == "how many measure?"


def test_the_model_sees_the_numbered_entries_and_nothing_else():
    from bot.questions.model import Grounds

    data = json.loads(as_data(Question("q"), Grounds(CARD, (), {"measure": ENTRY}), [ENTRY]))
    assert [entry["number"] for entry in data["entries"]] == [1]
    assert data["card"][0] == {"text": "In 2012 it was 14%.", "sources": [1]}
