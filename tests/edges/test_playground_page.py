"""The page's server: only this machine may talk to it, and what cannot be done is said in a sentence."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.playground.host import Host
from bot.playground.page.routes import page_routes
from bot.playground.play import Play
from bot.playground.seeds import SEEDS
from bot.playground.server import running
from bot.settings import Settings
from tests.fakes.scripted_answers import ScriptedAnswers


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[Play]:
    """A playground whose coach was not started."""
    play = Play(
        SEEDS["empty"],
        Settings(_env_file=None, data_dir=tmp_path),
        ScriptedAnswers({}).load,
        folder=tmp_path,
        snapshot=tmp_path / "taken.snapshot",
    )
    async with running(play.slack, beside=page_routes(play)):
        yield play


@pytest.fixture
async def web(play: Play) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=play.slack.state.base_url) as client:
        yield client


async def test_the_page_and_all_its_modules_are_served(web: httpx.AsyncClient) -> None:
    page = await web.get("/")
    assert "text/html" in page.headers["content-type"]
    for name in ("js/main.js", "css/tokens.css", "coach.svg"):
        assert (await web.get(f"/static/{name}")).status_code == 200


async def test_no_script_from_elsewhere_may_run_in_the_page(web: httpx.AsyncClient) -> None:
    for address in ("/", "/static/js/main.js"):
        assert "default-src 'self'" in (await web.get(address)).headers["content-security-policy"]


async def test_a_name_that_is_not_of_this_machine_is_refused(web: httpx.AsyncClient) -> None:
    assert (await web.get("/", headers={"Host": "evil.example.com"})).status_code == 400


async def test_a_form_of_another_page_does_nothing(web: httpx.AsyncClient, play: Play) -> None:
    sent = await web.post("/page/do/say", content='{"who": "mara", "place": "C0HARBOR", "text": "hi"}')
    assert sent.status_code == 400
    assert play.slack.messages("harbor") == []


@pytest.mark.parametrize("address", ["/static/../routes.py", "/static/%2e%2e/routes.py", "/static/..%2froutes.py"])
async def test_only_the_files_of_the_page_are_served(web: httpx.AsyncClient, address: str) -> None:
    assert (await web.get(address)).status_code == 404


@pytest.mark.parametrize(
    ("verb", "deed", "problem"),
    [
        ("say", {"place": "C0LEADS", "text": "hi"}, "Mara is not in leads and cannot write there."),
        ("press", {"place": "C0HARBOR", "ts": "1.2", "action": "x"}, "This message is not there any more."),
        ("submit", {"view": "V1"}, "No modal V1 is open."),
        ("press", {"view": "V1", "action": "x"}, "This view is not open any more."),
    ],
)
async def test_what_cannot_be_done_is_said(
    web: httpx.AsyncClient, verb: str, deed: dict[str, str], problem: str
) -> None:
    answer = await web.post(f"/page/do/{verb}", json={"who": "U0MARA"} | deed)
    assert answer.json() == {"ok": False, "problem": problem}


@pytest.mark.parametrize(("verb", "deed"), [("fly", {"who": "U0MARA"}), ("say", {}), ("say", {"who": 7})])
async def test_what_nobody_can_do_is_refused(web: httpx.AsyncClient, verb: str, deed: dict[str, object]) -> None:
    assert (await web.post(f"/page/do/{verb}", json=deed)).status_code == 400


async def test_a_coach_that_is_gone_is_told_to_whoever_waits_for_it(play: Play, web: httpx.AsyncClient) -> None:
    await play.restart()
    await play.stop()
    play.workspace.direct_channel("U0MARA")
    answer = (await web.post("/page/do/say", json={"who": "U0MARA", "place": "D0MARA", "text": "hello"})).json()
    assert answer["problem"] == "The coach cannot be reached. Start it again in the side panel."
    assert [one.text for one in play.slack.dm_of("Mara")] == ["hello"]


async def test_a_coach_that_breaks_at_its_start_says_why_on_the_page(play: Play, web: httpx.AsyncClient) -> None:
    play.workspace.installation.revoked = True
    await play.restart()
    async with web.stream("GET", "/page/screen") as screen:
        first = await anext(screen.aiter_lines())
    assert '"coach": "broken"' in first
    assert "Slack refused the token: account_inactive." in first


async def test_a_file_the_coach_shared_can_be_downloaded(play: Play, web: httpx.AsyncClient) -> None:
    play.slack.grant("files:write")
    token = {"Authorization": f"Bearer {play.slack.bot_token}"}
    asked = {"filename": "week 48.csv", "length": "7"}
    place = (await web.post("/api/files.getUploadURLExternal", data=asked, headers=token)).json()
    await web.post(place["upload_url"], content=b"a,b\n1,2")
    file = await web.get(f"/page/files/{place['file_id']}")
    assert file.content == b"a,b\n1,2"
    assert "week%2048.csv" in file.headers["content-disposition"]
    assert (await web.get("/page/files/F404")).status_code == 404


async def test_lines_of_the_side_panel_open_to_what_went_over_the_wire(play: Play, web: httpx.AsyncClient) -> None:
    await web.post("/api/auth.test", headers={"Authorization": f"Bearer {play.slack.bot_token}"})
    assert (await web.get("/page/payload/out-0")).json()["method"] == "auth.test"
    for gone in ("out-9", "in-0", "up-0", "out-x"):
        assert (await web.get(f"/page/payload/{gone}")).status_code == 404


async def test_a_host_starts_where_it_was_stopped(play: Play) -> None:
    assert isinstance(play.host, Host)
    await play.restart()
    assert play.host.condition == "at work"
    await play.stop()
    assert play.host.condition == "stopped"
    await play.restart()
    assert play.host.condition == "at work"
    await play.host.stop()
