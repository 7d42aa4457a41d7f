"""The command line as a person runs it: a process of its own, over five cards, without a network."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.questions.model import Status
from knowledge.found import WEIGHTS
from tests.command_line import LIMIT_SECONDS, Coach, coach_in, surroundings
from tests.knowledge.small import add_card, card, write_base

ONLY_WITH_SYS = pytest.mark.skipif(not Path("/sys/kernel").exists(), reason="there is no /sys, where nobody may write")


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A folder with the cards and an index of them, built by the command itself."""
    folder = tmp_path_factory.mktemp("coach")
    write_base(folder / "base")
    built = subprocess.run([sys.executable, "-m", "bot", "knowledge", "index"], env=surroundings(folder), cwd=folder)
    assert built.returncode == 0
    return folder


@pytest.fixture
def coach(data) -> Coach:
    return coach_in(data)


def interruptible(*arguments: str, env: Mapping[str, str], cwd: Path) -> subprocess.Popen[bytes]:
    """A process that heeds Ctrl-C: what a shell starts in the background is deaf to it, and so are its children."""
    heeding = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=env,
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    finally:
        signal.signal(signal.SIGINT, heeding)


def interrupted(process: subprocess.Popen[bytes]) -> int:
    """The exit code after Ctrl-C. A signal between the prompt and the read behind it is only seen with the next one."""
    for _ in range(LIMIT_SECONDS // 3):
        process.send_signal(signal.SIGINT)
        try:
            return process.wait(3)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("it does not react to Ctrl-C")


def test_a_question_gets_its_answer_and_its_sources(coach: Coach) -> None:
    told = coach("ask", "what share of boards get reports?")
    assert told.returncode == 0
    assert "Of the directors asked in 2012, 8% get reports [1]. Among managers it is 24% [2]." in told.stdout
    assert "[2] Doe (2012). A survey." in told.stdout
    assert "Try within 7 days  Count one thing by hand this week." in told.stdout


def test_a_question_needs_no_quotes(coach: Coach) -> None:
    assert "8% get reports" in coach("ask", "what", "share", "of", "boards", "get", "reports").stdout


def test_a_script_gets_one_object_and_nothing_else_on_stdout(coach: Coach) -> None:
    told = json.loads(coach("ask", "--json", "what share of boards get reports?").stdout)
    assert (told["status"], told["cards"]) == ("answered", ["board-reports"])
    assert [source["evidence"] for source in told["citations"]] == ["boards", "managers"]


def test_lines_are_answered_in_order_a_thread_is_remembered_and_a_bad_line_stops_nothing(coach: Coach) -> None:
    asked = [
        '{"question": "what share of boards get reports?", "thread": "a"}',
        "this is no JSON",
        '{"question": "who says that?", "thread": "a"}',
        '{"question": "who says that?", "thread": "b"}',
        '{"question": "hello"}',
    ]
    told = coach("ask", "--jsonl", "-", given="\n".join(asked))
    first, bad, source, stranger, greeting = map(json.loads, told.stdout.splitlines())
    assert first["cards"] == ["board-reports"]
    assert bad["error"].startswith("Line 2 is not JSON.")
    assert source["text"].startswith("That comes from Doe, 2012: A survey")
    assert not stranger["text"].startswith("That comes from")
    assert (greeting["question"], greeting["status"]) == ("hello", "small_talk")
    assert told.returncode == 0


STRANGE = [
    "",
    " ",
    "🙂🙂",
    "'; DROP TABLE answers; --",
    'NEAR("x" AND',
    "[bold]x[/bold]",
    "\u202eevil\u200b",
    "-" * 400,
]


def test_no_question_is_too_strange_for_an_object(coach: Coach) -> None:
    asked = [*STRANGE, "why " * 10_000]
    told = coach("ask", "--jsonl", "-", given="\n".join(json.dumps({"question": question}) for question in asked))
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == asked
    assert {answer["status"] for answer in answers} <= set(Status)  # which one is for the evaluation to hold
    assert [answer["status"] for answer in answers[:3]] == ["small_talk"] * 3
    assert told.stderr == ""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ask", "--jsonl", "nowhere.jsonl"), "nowhere.jsonl: there is no such file or folder. Check the name."),
        (("ask", "--jsonl", "."), "a file stands where a folder is needed, or the other way round."),
        (("ask", "--jsonl", sys.executable), "is not a UTF-8 text file. Save it as UTF-8"),
        (("ask",), "Give a question in quotes, or --jsonl FILE, and not both."),
        (("ask", "--quietly", "who?"), "No such option: --quietly"),
        (("manifest",), "Give --socket, or --url https://your.address, and not both."),
        (("manifest", "--url", "http://coach.example.com"), "is not a public https address."),
        (("knowledge", "check", "--folder", "nowhere"), "dir 'nowhere' does not exist."),
        (("knowledge", "check", "--folder", "data"), "data holds no cards and no evidence."),
        (("knowledge", "index", "--from", "data"), "Give both --from FOLDER and --into DIR, or neither."),
        (("knowledge", "index", "--from", "empty", "--into", "x"), "empty holds no Markdown or text files."),
    ],
)
def test_what_a_person_gets_wrong_is_said_in_one_sentence_without_a_traceback(coach: Coach, data, words, says) -> None:
    (data / "empty").mkdir(exist_ok=True)
    told = coach(*words)
    assert says.lower() in " ".join(told.stderr.replace("│", " ").split()).lower()
    assert told.returncode in (1, 2)
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("COACH_PORT", "many", "COACH_PORT must be a valid integer"),
        ("COACH_KNOWLEDGE_DIR", "/nowhere", "COACH_KNOWLEDGE_DIR must be a folder that exists"),
        ("COACH_MODEL", "nobody:nothing", "The model of COACH_MODEL cannot be used"),
        ("COACH_MODEL", "openai:gpt-5-mini", "The model of COACH_MODEL cannot be used"),
        ("COACH_DATA_DIR", "/dev/null", "a file stands where a folder is needed"),
        pytest.param("COACH_DATA_DIR", "/sys/coach", "access is not allowed", marks=ONLY_WITH_SYS),
    ],
)
def test_a_wrong_setting_is_named(coach: Coach, variable: str, value: str, says: str) -> None:
    told = coach("ask", "what share of boards get reports?", **{variable: value, "OPENAI_API_KEY": ""})
    assert says in told.stderr
    assert told.returncode == 1
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("damage", ["vectors.npy", "chroma-*/chroma.sqlite3"])
def test_a_damaged_index_is_built_again_without_a_word(coach: Coach, data, tmp_path, damage: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data / "data", folder)
    [damaged] = (folder / "index").glob(f"*/{damage}")
    damaged.write_bytes(b"damaged")
    told = coach("ask", "--json", "what share of boards get reports?", COACH_DATA_DIR=str(folder))
    assert json.loads(told.stdout)["cards"] == ["board-reports"]
    assert told.stderr == ""


def test_the_first_question_says_that_the_index_is_being_built(coach: Coach, tmp_path) -> None:
    told = coach("ask", "what share of boards get reports?", COACH_DATA_DIR=str(tmp_path / "new"))
    assert told.stderr.startswith("Building the index of the knowledge base, once")
    assert "8% get reports" in told.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_that_does_not_fit_on_the_disk_says_so(data) -> None:
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run(
            [sys.executable, "-m", "bot", "manifest", "--socket"],
            env=surroundings(data),
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert told.returncode == 1
    assert told.stderr.startswith(b"coach: no space is left on the device.")
    assert told.stderr.count(b"\n") == 1


@pytest.mark.parametrize(("closed", "code"), [("ask hi >&-", 0), ("chat <&-", 0), ("ask --jsonl - <&-", 1)])
def test_a_stream_that_the_shell_closed_ends_in_no_traceback(data, closed: str, code: int) -> None:
    told = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m bot {closed}'], env=surroundings(data), cwd=data, capture_output=True
    )
    assert told.returncode == code
    assert b"nobody foresaw" not in told.stderr
    assert b"Traceback" not in told.stderr


def test_a_reader_that_leaves_early_is_no_trouble(data) -> None:
    command = f'"{sys.executable}" -m bot manifest --socket | head -1'
    told = subprocess.run(["bash", "-o", "pipefail", "-c", command], env=surroundings(data), capture_output=True)
    assert told.stdout == b"_metadata:\n"
    assert told.stderr == b""


def test_a_terminal_that_knows_only_ascii_still_gets_whole_json(coach: Coach) -> None:
    told = coach("ask", "--json", "naïve “question”?", PYTHONIOENCODING="ascii")
    assert json.loads(told.stdout)["question"] == "naïve “question”?"


def test_a_conversation_remembers_and_ends_politely_with_its_input(coach: Coach) -> None:
    told = coach("chat", given="what share of boards get reports?\nwho says that?\n")
    assert "8% get reports [1]" in told.stdout
    assert "That comes from Doe, 2012: A survey" in told.stdout
    assert told.returncode == 0
    assert told.stderr == ""


def test_in_a_conversation_an_empty_line_asks_the_example_once_and_bye_ends_it(coach: Coach) -> None:
    told = coach("chat", given="\n\nbye\nwhat share of boards get reports?\n")
    example = "How do other companies measure whether internal social tools pay off?"
    assert told.stdout.count(example) == 2  # offered, then asked
    assert "boards" not in told.stdout


def test_ctrl_c_leaves_a_conversation_without_a_trace(data) -> None:
    with interruptible("-u", "-m", "bot", "chat", env=surroundings(data), cwd=data) as talking:
        assert talking.stdout is not None
        assert talking.stderr is not None
        seen = b""
        while b"> " not in seen:
            seen += os.read(talking.stdout.fileno(), 4096)
        assert interrupted(talking) == 0
        assert talking.stderr.read() == b""


def test_ctrl_c_while_the_index_is_built_ends_at_once(data, tmp_path) -> None:
    new = surroundings(data) | {"COACH_DATA_DIR": str(tmp_path / "new")}
    with interruptible("-m", "bot", "ask", "who?", env=new, cwd=tmp_path) as asking:
        assert asking.stderr is not None
        assert asking.stderr.readline().startswith(b"Building the index")
        assert interrupted(asking) == 130
        assert asking.stderr.read() == b""


def test_check_names_file_line_and_remedy_and_fails(coach: Coach, tmp_path) -> None:
    home = write_base(tmp_path / "base")
    add_card(home, card("wrong", "A wrong card", "It is 15% [measure].", ["one more thing to ask"] * 4, "measure"))
    told = coach("knowledge", "check", "--folder", str(home))
    assert told.returncode == 1
    wrong = [line for line in told.stdout.splitlines() if "The figure 15" in line]
    assert wrong
    assert wrong[0].startswith("base/cards/survey/wrong.md:1: ")
    assert wrong[0].endswith("Correct the figure or cite the entry that states it.")


def test_a_curator_sees_the_candidates_with_their_signals(coach: Coach) -> None:
    told = coach("knowledge", "ask", "what share of boards get reports?")
    assert told.stdout.split("\n")[0].split() == ["card", "score", *WEIGHTS]
    assert told.stdout.split("\n")[1].split()[:2] == ["1", "board-reports"]
    assert "Confidence " in told.stdout


def test_any_folder_of_texts_can_be_indexed_and_searched(coach: Coach, tmp_path) -> None:
    from knowledge.library import Library

    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "bread.md").write_text("# Bread\n\nRye flour makes bread heavy. It keeps long.\n")
    (texts / "tea.txt").write_text("Green tea is brewed at 70 degrees.")
    told = coach("knowledge", "index", "--from", str(texts), "--into", str(tmp_path / "index"))
    assert told.stdout.startswith("2 documents are indexed:")
    assert Library.open(tmp_path / "index").find("how hot should tea water be?").candidates[0].id == "tea"


def test_gaps_before_the_first_question_say_so(coach: Coach) -> None:
    assert coach("knowledge", "gaps").stdout.startswith("No question has come in yet")


def test_the_version_is_the_package_s(coach: Coach) -> None:
    from importlib.metadata import version

    assert coach("--version").stdout.strip() == version("knowing-doing-coach")


def test_without_a_database_there_is_no_report_and_it_says_what_to_do(coach: Coach) -> None:
    told = coach("report", "--team", "Harbor", "--format", "csv")
    assert told.returncode != 0
    assert "There is no database yet." in told.stderr
