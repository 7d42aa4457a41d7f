"""The `coach` command line. A command imports what it needs when it is called, so that `coach --help` is quick."""

import asyncio
import gc
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    name="coach",
    help="Knowing-Doing Coach: sourced answers on why social tools are known and not used, in Slack and here.",
    no_args_is_help=True,
    add_completion=False,
)
knowledge = typer.Typer(help="For curators: write, check, search and compare the cards.", no_args_is_help=True)
app.add_typer(knowledge, name="knowledge")
trying = typer.Typer(help="See what the coach reads from a sentence; no database.", no_args_is_help=True)
app.add_typer(trying, name="try")
letters = typer.Typer(help="What the coach sends of its own accord, and what became of it.", no_args_is_help=True)
app.add_typer(letters, name="outbox")

FOLDER = partial(typer.Option, metavar="FOLDER", exists=True, file_okay=False)
Keys = Annotated[list[str], typer.Argument(metavar="KEY", help="As coach outbox list shows it.")]
Words = Annotated[list[str] | None, typer.Argument(metavar="QUESTION", help="What you want to know.")]


@app.callback(invoke_without_command=True)
def coach(show_version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if show_version:
        typer.echo(version("knowing-doing-coach"))
        raise typer.Exit


@app.command()
def ask(
    question: Words = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a panel.")] = False,
    jsonl: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            allow_dash=True,
            help="Answer one JSON object a line; - is standard input.",
        ),
    ] = None,
) -> None:
    """Ask one question, or many from a file."""
    from bot.cli import asking

    if bool(question) == bool(jsonl):
        raise typer.BadParameter("Give a question in quotes, or --jsonl FILE, and not both.")
    if jsonl:
        asyncio.run(asking.answer_lines(jsonl))
    else:
        asyncio.run(asking.answer_once(" ".join(question or ()), for_scripts=as_json))


@app.command()
def chat() -> None:
    """Talk with the coach; it remembers what the conversation is about."""
    from bot.cli import chatting

    chatting.converse()


@app.command()
def demo(
    seed: Annotated[str, typer.Option(metavar="NAME", help="Where it begins: harbor, large or empty.")] = "harbor",
    port: Annotated[int | None, typer.Option(metavar="PORT", help="Of the page; 8765 where that is free.")] = None,
    snapshot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", dir_okay=False, help="Begin from this snapshot if it is there, and save to it."),
    ] = None,
) -> None:
    """Open a small Slack in the browser, with the real coach in it and a clock that can be moved."""
    from bot.playground.demo import demonstrate

    demonstrate(seed, port, snapshot)


@app.command("run")
def serve(
    clock_offset: Annotated[
        str | None, typer.Option(metavar="3d", help="For demonstrations: move the coach's clock by 90m, 2h, 3d or 1w.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Move the clock for the real Slack too.")] = False,
) -> None:
    """Answer in Slack until stopped: Socket Mode with an app token, HTTP with a signing secret."""
    from bot.cli import running

    running.serve(clock_offset, force=force)


@app.command()
def manifest(
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode: one machine, no public address.")] = False,
    url: Annotated[str | None, typer.Option(metavar="https://…", help="For HTTP: the coach's public address.")] = None,
    follow_threads: Annotated[
        bool, typer.Option(help="Also ask for the scopes that let the coach hear replies without a mention.")
    ] = False,
) -> None:
    """Print the manifest to create the Slack app from."""
    from bot.slack_kit.manifest import manifest_yaml

    if socket == bool(url):
        raise typer.BadParameter("Give --socket, or --url https://your.address, and not both.")
    typer.echo(manifest_yaml(url or "socket", follow_threads=follow_threads), nl=False)


@app.command()
def report(
    team: Annotated[str | None, typer.Option(metavar="NAME", help="A team; without one, the organisation.")] = None,
    period: Annotated[str | None, typer.Option(metavar="WORDS", help='Such as "last week", 2026-W47 or q3.')] = None,
    form: Annotated[Literal["text", "json", "csv"], typer.Option("--format", help="How it is printed.")] = "text",
) -> None:
    """Print the numbers of a team's report, or of the organisation's page."""
    from bot.cli import reporting

    asyncio.run(reporting.report(team, period, form))


@app.command()
def doctor() -> None:
    """Check settings, tokens, scopes, database, index, model and clock, and say what to do."""
    from bot.cli import running

    raise typer.Exit(asyncio.run(running.examine()))


@knowledge.command("check")
def check_cards(
    card: Annotated[str | None, typer.Argument(help="Only this one; without it the whole base.")] = None,
    folder: Annotated[Path | None, FOLDER(help="Another folder of cards and evidence.")] = None,
) -> None:
    """List what must be mended in the cards and the evidence, by file and line."""
    from bot.cli import curating

    raise typer.Exit(curating.check(folder, card))


@knowledge.command("new")
def new_card(
    card: Annotated[str, typer.Argument(help="Its name, such as first-30-days.")],
    topic: Annotated[str, typer.Option(help="The folder of cards/ it goes into.")],
    limit: Annotated[bool, typer.Option("--limit", help="It says what is not known or not ours to say.")] = False,
) -> None:
    """Write a card to fill in; nobody is answered from it until it is."""
    from bot.cli import curating

    curating.start(card, topic, is_limit=limit)


@knowledge.command("stale")
def cards_to_review(
    within: Annotated[int, typer.Option(metavar="DAYS", min=0, help="Also those due within so many days.")] = 30,
) -> None:
    """List the cards whose review is due, the oldest first."""
    from bot.cli import curating

    curating.stale(within)


@knowledge.command("ask")
def search_cards(question: Annotated[list[str], typer.Argument(metavar="QUESTION")]) -> None:
    """Show which cards may answer a question, and what speaks for each."""
    from bot.cli import curating_index

    curating_index.search(" ".join(question))


@knowledge.command("gaps")
def unanswered() -> None:
    """Count what nothing answered, by topic; the words only where the asker agreed."""
    from bot.cli import curating_answers

    asyncio.run(curating_answers.gaps())


@knowledge.command("coverage")
def not_reached() -> None:
    """List findings without a card, cards in no answer so far, and topics with many open questions."""
    from bot.cli import curating_answers

    asyncio.run(curating_answers.coverage())


@knowledge.command("diff")
def compare_versions(
    before: Annotated[str, typer.Argument(help="A folder, or a git revision.")] = "HEAD",
    after: Annotated[str | None, typer.Argument(help="The same; without it the base in use.")] = None,
    questions: Annotated[Path, FOLDER("--questions", help="Where golden_*.jsonl lie.")] = Path("tests/knowledge"),
) -> None:
    """Show which golden questions two versions of the base answer differently."""
    from bot.cli import curating_diff

    curating_diff.diff(before, after, questions)


@knowledge.command("index")
def index_cards(
    folder: Annotated[Path | None, FOLDER("--from", help="Index these texts instead.")] = None,
    into: Annotated[Path | None, typer.Option(metavar="DIR", help="Where that index goes.")] = None,
) -> None:
    """Build the index of the cards, or of any folder of Markdown and text files."""
    from bot.cli import curating_index

    if bool(folder) != bool(into):
        raise typer.BadParameter("Give both --from FOLDER and --into DIR, or neither.")
    if folder and into:
        curating_index.index_folder(folder, into)
    else:
        curating_index.index_base()


@letters.command("list")
def list_letters(
    state: Annotated[list[str] | None, typer.Option(metavar="STATE", help="Only these; may be given again.")] = None,
    most: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="The latest so many.")] = 50,
) -> None:
    """Show letters with their state, the latest due first, and how many there are of each state."""
    from bot.cli import outbox

    asyncio.run(outbox.show(state or (), most))


@letters.command("retry")
def retry_letters(keys: Keys) -> None:
    """Send what failed, expired, was cancelled or is unknown: look in Slack first, it is not looked for again."""
    from bot.cli import outbox

    asyncio.run(outbox.change(keys, "retry"))


@letters.command("cancel")
def cancel_letters(keys: Keys) -> None:
    """Do not send what waits."""
    from bot.cli import outbox

    asyncio.run(outbox.change(keys, "cancel"))


@letters.command("restored")
def restored() -> None:
    """After a backup was put back, before the next coach run: what was due is looked for before it is sent."""
    from bot.cli import outbox

    asyncio.run(outbox.restored())


@trying.command("commitment")
def try_commitment(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="What somebody writes.")],
    now: Annotated[str | None, typer.Option(metavar="2026-11-23T09:00", help="When they write it; now.")] = None,
    zone: Annotated[str, typer.Option(metavar="Europe/Paris", help="Where they live.")] = "UTC",
    language: Annotated[str | None, typer.Option(metavar="fr", help="The language they chose for dates.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show whether a sentence is a promise, what is promised, by when, and a clearer one where it is vague."""
    from bot.cli import trying

    trying.commitment(" ".join(text), now=now, zone=zone, language=language, for_scripts=as_json)


@trying.command("reason")
def try_reason(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="Why something was not done.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show which barrier a reason speaks of, or that it lies outside one's control, and how sure that is."""
    from bot.cli import trying

    asyncio.run(trying.reason(" ".join(text), for_scripts=as_json))


def run() -> None:
    """The console script `coach`. Whatever goes wrong ends in one plain sentence (bot/cli/last_word.py)."""
    from bot.cli import last_word

    last_word.prepare()
    gc.disable()  # until the base is open (bot/answering.py): a tenth of every start went into sweeping what stays
    try:
        typer.main.get_command(app)(prog_name="coach")
    except SystemExit as leaving:
        last_word.leave(leaving)


if __name__ == "__main__":
    run()
