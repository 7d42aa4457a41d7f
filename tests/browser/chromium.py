"""Where Chromium is, and how it is started."""

import shutil

REQUIRED = "COACH_REQUIRE_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)
