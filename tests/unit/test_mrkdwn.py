"""Words of people go out safe and come in plain."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack_kit.mrkdwn import escape, link, plain, readable, shortened, unmarked, visible

HOSTILE = st.text(st.sampled_from("<>&|!@#*_~`abc /:;.\u200b\u202e\ud800\n"), max_size=60)


@pytest.mark.parametrize(
    "words", ["<!channel>", "<@U0MARA>", "<#C1|general>", "<https://example.com|here>", "<!here|x>"]
)
def test_no_markup_of_a_person_comes_out_alive(words: str) -> None:
    assert unmarked(escape(words)) == words.replace("<", "&lt;").replace(">", "&gt;")


def test_a_broadcast_hidden_behind_invisible_characters_stays_dead() -> None:
    assert unmarked(escape("<\u200b!\u2060channel\u202e>")) == "&lt;!channel&gt;"


def test_what_is_escaped_twice_is_seen_as_typed() -> None:
    assert unmarked(escape("&lt;!channel&gt;")) == "&amp;lt;!channel&amp;gt;"


@given(HOSTILE)
def test_escaped_text_holds_no_live_sign(words: str) -> None:
    safe = escape(words)
    assert not set("<>\u200b\u202e\ud800") & set(safe)
    assert re.findall(r"&(?!amp;|lt;|gt;)", safe) == []


@given(HOSTILE)
def test_escaping_loses_nothing_that_is_seen(words: str) -> None:
    back = unmarked(escape(words)).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert back == visible(words)


def test_invisible_and_direction_characters_fall_away() -> None:
    assert visible("me\u200basure\u202e \u2066this\u2069\ufeff\x00 no\u00adw\U000e0041") == "measure this now"


def test_a_joined_emoji_stays_joined() -> None:
    assert visible("👩\u200d💻 wo\u200drk") == "👩\u200d💻 work"


def test_line_ends_of_every_kind_become_newlines() -> None:
    assert visible("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd\te"


def test_half_a_surrogate_pair_falls_away_so_that_the_text_can_be_stored() -> None:
    assert visible("half \ud83d here").encode() == b"half  here"


def test_a_link_is_a_link() -> None:
    assert unmarked(link("https://example.com/a?b=1&c=2", "Kiron & others\n<2012>")) == (
        "<https://example.com/a?b=1&amp;c=2|Kiron &amp; others &lt;2012&gt;>"
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a b", "https://a|b", "https://a>b", "!channel", "", "@U1"]
)
def test_what_is_no_web_address_becomes_its_label(url: str) -> None:
    assert unmarked(link(url, "Source & more")) == "Source &amp; more"


@pytest.mark.parametrize(
    ("mrkdwn", "words"),
    [
        ("*14%* of _companies_ [1].", "14% of companies [1]."),
        ("See <https://example.com|the study>.", "See the study."),
        ("See <https://example.com/a_b_c>.", "See https://example.com/a_b_c."),
        ("*_both_* and `code` and ~gone~", "both and code and gone"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("fish &amp; chips &lt;!channel&gt;", "fish &amp; chips &lt;!channel&gt;"),
        ("first\n\n  second   line ", "first\nsecond line"),
        ("<!channel> and <@U1>", "!channel and @U1"),
    ],
)
def test_the_notification_has_the_words_without_the_markup(mrkdwn: str, words: str) -> None:
    assert plain(mrkdwn) == words


@given(HOSTILE)
def test_the_notification_never_calls_anybody(words: str) -> None:
    assert not set("<>") & set(plain(words))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("<@U0COACH> what do others measure?", "what do others measure?"),
        ("<@U0COACH>", ""),
        ("<@U0COACH|coach> hi", "hi"),
        ("did <@U0LEO> see it?", "did a colleague see it?"),
        ("did <@U0LEO|leo> see it?", "did leo see it?"),
        ("who posts in <#C1|general> or <#C2> or <#C3|>?", "who posts in general or a channel or a channel?"),
        ("<!here> <!channel> <!everyone|everyone> look", "everyone everyone everyone look"),
        ("ask <!subteam^S1|@leads> or <!subteam^S2>", "ask leads or a group"),
        ("due <!date^1392734382^{date}|18 Feb 2014>", "due 18 Feb 2014"),
        ("is <https://example.com/x?y=1|this study> right?", "is this study right?"),
        ("is <https://example.com/x?y=1> right?", "is example.com right?"),
        ("is <http://[broken> right?", "is right?"),
        ("R&amp;D &lt;b&gt; &amp;lt;", "R&D <b> &lt;"),
        ("*bold* _and_ `code` ```block```", "bold and code block"),
        ("&gt; quoted\nwhy?", "quoted\nwhy?"),
        (":wave: hello :+1: at 10:30:00 a:b:c", "hello at 10:30:00 a:b:c"),
        (":thumbsup::tada:", ""),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("  ", ""),
    ],
)
def test_what_slack_sends_becomes_plain_words(sent: str, words: str) -> None:
    assert readable(sent, bot_user_id="U0COACH") == words


def test_what_a_person_typed_literally_survives_the_round_trip() -> None:
    assert unmarked(escape(readable("&lt;!channel&gt; &amp;amp;"))) == "&lt;!channel&gt; &amp;amp;"


def test_a_long_text_ends_after_a_word() -> None:
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one two three", 8) == "one two…"
    assert shortened("one two three", 13) == "one two three"


def test_a_single_long_word_is_cut() -> None:
    assert shortened("x" * 20, 10) == "x" * 9 + "…"


def test_a_link_is_kept_whole_or_left_out() -> None:
    text = "See <https://example.com/a/long/way|the study> for more of it."
    assert shortened(text, 30) == "See…"
    assert shortened(text, 55) == "See <https://example.com/a/long/way|the study> for…"


def test_an_escaped_sign_is_kept_whole_or_left_out() -> None:
    assert shortened("R&amp;D&amp;R&amp;D", 10) == "R&amp;D…"


@given(st.text(st.sampled_from("ab &;<>|\n"), max_size=80), st.integers(1, 40))
def test_a_shortened_text_fits(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most
