"""Reading why something was not done: by likeness to examples, in four languages."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from knowledge.barriers import REMEDIES
from knowledge.embedder import Embedder
from knowledge.glossary import in_english
from knowledge.loader import load
from knowledge.own_texts import OwnTexts
from knowledge.reasons import EXAMPLES, NONE, Example, Reasons, examples_in, vectors_of
from tests.bench.reasons import unseen


@pytest.fixture(scope="module")
def reasons(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Reasons:
    return Reasons.open(embedder, cache=tmp_path_factory.mktemp("reasons"))


@pytest.mark.parametrize(
    ("words", "barrier"),
    [
        ("people felt exposed asking in public", "fear"),
        ("we discussed it in three meetings and nobody began", "talk"),
        ("that is how we have always done it", "memory"),
        ("my bonus depends on other numbers", "measurement"),
        ("the other department is our rival and gave us nothing", "competition"),
        ("I was ill and the server was down", "outside-control"),
        ("j'avais peur de la réaction de mon chef", "fear"),
        ("das zählt nicht für unsere Kennzahlen", "measurement"),
        ("siempre lo hemos hecho así", "memory"),
        ("I forgot", None),
        ("no time", None),
        ("how do other companies measure this?", None),
        ("banana", None),
        ("", None),
        ("🙂", None),
    ],
)
def test_a_reason_is_read_as_its_barrier_and_what_is_none_as_none(reasons: Reasons, words: str, barrier: str) -> None:
    read = reasons.read(words)
    assert read.barrier == barrier
    assert 0 <= read.confidence <= 1


def test_of_reasons_it_has_never_seen_it_names_seven_in_ten_and_is_right_in_more_than_85_of_a_hundred(
    reasons: Reasons,
) -> None:
    judged = [(example, reasons.read(example.text).barrier) for example in unseen()]
    named = [(example, barrier) for example, barrier in judged if barrier]
    asked = [barrier for example, barrier in judged if example.barrier != NONE]
    assert sum(barrier == example.barrier for example, barrier in named) / len(named) >= 0.85
    assert sum(barrier is not None for barrier in asked) / len(asked) >= 0.7


def test_none_of_the_unseen_reasons_is_an_example() -> None:
    assert {example.text.lower() for example in unseen()} & {example.text.lower() for example in examples_in()} == set()


def test_every_barrier_has_examples_enough_in_each_language_and_none_twice() -> None:
    examples = examples_in()
    for barrier in (*REMEDIES, NONE):
        of_barrier = [example for example in examples if example.barrier == barrier]
        counts = {
            language: sum(one.language == language for one in of_barrier) for language in ("en", "fr", "de", "es")
        }
        assert min(counts.values()) >= 15, (barrier, counts)
    texts = [example.text.lower() for example in examples]
    assert len(set(texts)) == len(texts)


def test_each_barrier_has_a_card_that_helps_and_says_a_first_step() -> None:
    cards = load().cards
    assert [barrier for barrier, card in REMEDIES.items() if not cards[card].what_to_do] == []


def test_an_example_added_is_an_example_learned(embedder: Embedder, tmp_path: Path) -> None:
    stored = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    few = {barrier: {"en": by_language["en"][:12]} for barrier, by_language in stored.items()}
    words, file = "the blue quokka ate the memo", tmp_path / "reasons.yaml"
    file.write_text(yaml.safe_dump(few))
    assert Reasons.open(embedder, file).read(words).barrier != "competition"
    few["competition"]["en"] += [words, "a quokka has the memo"]
    file.write_text(yaml.safe_dump(few))
    assert Reasons.open(embedder, file).read("the quokka has eaten the memo").barrier == "competition"


def test_a_folder_that_cannot_be_written_is_no_trouble(embedder: Embedder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    examples = [Example("we only talked", "talk", "en"), Example("ok", NONE, "en")]
    file = tmp_path / "reasons.yaml"
    file.write_text(yaml.safe_dump({one.barrier: {"en": [one.text]} for one in examples}))
    Reasons.open(embedder, file, tmp_path / "file")


def test_what_it_learns_from_is_the_same_each_time(embedder: Embedder) -> None:
    examples = examples_in()[:40]
    own = OwnTexts(embedder)
    assert np.array_equal(vectors_of(examples, own), vectors_of(examples, own))


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("J'avais peur de mon chef", "afraid boss"),
        ("Ich hatte Angst vor dem Chef", "afraid boss"),
        ("Tenía miedo de mi jefe", "afraid boss"),
        ("I was afraid of my boss", "I was afraid of my boss"),
        ("xyzzy", "xyzzy"),
        ("", ""),
    ],
)
def test_the_words_of_other_languages_are_looked_up(text: str, english: str) -> None:
    assert in_english(text) == english
