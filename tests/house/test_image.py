"""The image holds what the lock says, and what CI runs is what people run."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
KEPT = re.search(r"\^\(([a-z|-]+)\)==", DOCKERFILE)


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def test_what_builds_the_image_is_pinned_for_developers_too() -> None:
    assert KEPT
    assert set(KEPT[1].split("|")) <= set(pinned("requirements-dev.lock"))


def test_both_locks_pin_the_same_versions() -> None:
    developers = pinned("requirements-dev.lock")
    assert {name: developers[name] for name in pinned("requirements.lock")} == pinned("requirements.lock")


def test_every_locked_package_has_hashes_and_no_lock_names_an_index_or_torch() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert not re.search(r"^--|https?://", text, re.MULTILINE)
        assert all("--hash=sha256:" in block for block in re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:])
        assert not {"torch", "sentence-transformers"} & set(pinned(lock))


def test_the_image_runs_without_rights_and_says_whether_it_lives() -> None:
    last_stage = DOCKERFILE.split("\nFROM ")[-1]
    assert "\nUSER coach\n" in last_stage
    assert "/healthz" in last_stage
    assert 'ENTRYPOINT ["coach"]\nCMD ["run"]' in last_stage


def test_the_chroma_server_is_of_the_version_of_its_client() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert services["chroma"]["image"] == f"chromadb/chroma:{pinned('requirements.lock')['chromadb']}"


def test_ci_runs_what_people_run_and_lets_no_test_be_skipped() -> None:
    ci = ROOT / ".ci/run"
    text = ci.read_text(encoding="utf-8")
    assert "\nmake check\n" in text
    assert text.endswith("\nmake test\n")
    assert "COACH_REQUIRE_POSTGRES=1" in text
    assert "COACH_REQUIRE_BROWSER=1" in text
    assert "set -euo pipefail" in text
    assert ci.stat().st_mode & 0o111
