from knowledge.card import sentences_of, steps_of


def test_citations_leave_the_text_and_stay_with_their_sentence():
    first, second = sentences_of("It is 14% [a-1]. So most did not [b][c].\n\n## What to do\n1. Count.")
    assert (first.text, first.cites) == ("It is 14%.", ("a-1",))
    assert (second.text, second.cites) == ("So most did not.", ("b", "c"))


def test_a_decimal_does_not_end_a_sentence():
    assert [s.text for s in sentences_of("The effect is .65 or 0.4 points [a]. Fine [b].")] == [
        "The effect is .65 or 0.4 points.",
        "Fine.",
    ]


def test_a_limit_may_say_something_without_a_citation():
    (only,) = sentences_of("I have nothing on prices.")
    assert only.cites == ()


def test_steps_are_read_as_single_lines():
    assert steps_of("Answer [a].\n\n## What to do\n1. Count\n   it.\n2. Look at it.") == ("Count it.", "Look at it.")
