"""A small base on disk: five cards and the findings they stand on, written anew for each test that changes them."""

from pathlib import Path
from textwrap import dedent

ENTRY = """
- id: {id}
  topic: survey
  statement: {statement}
  figures: {figures}
  source: {{authors: Doe, year: 2012, title: A survey, publisher: A press, link: null}}
  kind: {kind}
  sample: {sample}
  strength: fair
  seen: {seen}
  caveat: {caveat}
  questions: [{question}]
"""

CARD = """
---
id: {id}
title: {title}
topic: survey
kind: {kind}
questions:
{questions}
evidence: [{evidence}]
related: [{related}]
next_step: Count one thing by hand this week.
owner: curators
reviewed_on: {reviewed_on}
---
{body}

## What to do
1. Count it.
2. Look at it
   with the team.
"""


def entry(
    id: str, statement: str, figures: str = "[]", question: str = "what does it say, who says so", **more: str
) -> str:
    """One entry of the registry as YAML."""
    values = {"seen": "abstract", "caveat": "One survey.", "sample": "executives", "kind": "survey", **more}
    return ENTRY.format(id=id, statement=statement, figures=figures, question=question, **values)


def card(id: str, title: str, body: str, questions: list[str], evidence: str = "", **more: str) -> str:
    """One card as Markdown with front matter."""
    listed = "\n".join(f"- {question}" for question in questions)
    values = {"kind": "answer", "related": "", "reviewed_on": "2026-11-01", **more}
    return CARD.format(id=id, title=title, body=body, questions=listed, evidence=evidence, **values).lstrip()


def write_base(home: Path) -> Path:
    """Write five cards and three entries under a folder, and return it."""
    (home / "evidence").mkdir(parents=True)
    (home / "cards/survey").mkdir(parents=True)
    entries = [
        entry(
            "measure",
            "14% of companies use social metrics.",
            "[{value: 14, unit: '%', of: companies that measure}]",
            caveat="One survey of 184 executives.",
        ),
        entry("boards", "8% of directors get reports.", "[{value: 8, unit: '%', of: directors who get reports}]"),
        entry(
            "managers", "24% of managers get reports.", "[{value: 24, unit: '%', of: senior managers who get reports}]"
        ),
    ]
    (home / "evidence/survey.yaml").write_text("".join(entries))
    for text in CARDS:
        add_card(home, text)
    return home


def add_card(home: Path, text: str) -> Path:
    """Write a card where its id and topic say, and return the file."""
    id = dedent(text).split("id: ")[1].split("\n")[0]
    path = home / "cards/survey" / f"{id}.md"
    path.write_text(text)
    return path


CARDS = [
    card(
        "who-measures",
        "How many companies measure",
        "In 2012, 184 executives were asked: 14% of companies use social metrics [measure]. So most did not [measure].",
        [
            "how many firms measure social media",
            "share of companies with metrics",
            "do others count likes",
            "who tracks it",
        ],
        "measure",
        related="board-reports",
    ),
    card(
        "board-reports",
        "What share of boards get reports",
        "Of the directors asked in 2012, 8% get reports [boards]. Among managers it is 24% [managers].",
        [
            "what share of boards get reports",
            "do directors see figures",
            "board papers on social media",
            "reports to the top",
        ],
        "boards, managers",
        related="who-measures",
    ),
    card(
        "fear",
        "How fear stops people",
        "People keep silent when questions can hurt them [measure]. Leaders who admit mistakes help [measure].",
        [
            "why does nobody ask anything",
            "people are afraid to speak",
            "silence in the channel",
            "scared to look stupid",
        ],
        "measure",
        related="who-measures",
    ),
    card(
        "no-prices",
        "What tools cost",
        "I have nothing on prices. Ask your purchasing team.",
        ["what does slack cost", "price per seat", "which plan should we buy", "cheapest tool"],
        kind="limit",
    ),
    card(
        "if-then",
        "Plans that hold",
        "Say when and where you will act [managers]. A plan with a cue is kept more often [managers].",
        ["how do I keep a promise", "make a plan that works", "when then plans", "stop forgetting what I promised"],
        "managers",
    ),
]
