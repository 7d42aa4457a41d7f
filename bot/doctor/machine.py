"""The data folder and the model, as far as this machine shows them."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from bot.doctor.model import Finding, State

ROOM_BYTES = 200_000_000
"""An index being built beside the old one, and a database that grows."""

PROVIDERS = {
    "openai": ("langchain_openai", "OPENAI_API_KEY"),
    "anthropic": ("langchain_anthropic", "ANTHROPIC_API_KEY"),
    "ollama": ("langchain_ollama", ""),
}
"""What each extra of the package installs, and the variable its key is read from."""


def data_folder(folder: Path) -> Finding:
    """Whether the folder, or the one it will be made in, can be written and has room."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        remedy = "Change its owner or rights, or set COACH_DATA_DIR to a folder you may write in."
        return Finding("data folder", State.WRONG, f"{there} cannot be written. {remedy}")
    if (free := shutil.disk_usage(there).free) < ROOM_BYTES:
        remedy = "Free some, or set COACH_DATA_DIR to another disk."
        return Finding("data folder", State.ATTENTION, f"{there} has {free // 1_000_000} MB left. {remedy}")
    return Finding("data folder", State.OK, str(folder))


def model(model: str) -> Finding:
    """Whether a model named as `provider:name` has its extra and its key; it is not called."""
    if not model:
        return Finding("model", State.OK, "none set: reviewed answers are given word for word")
    provider = model.partition(":")[0]
    package, key = PROVIDERS.get(provider, ("", ""))
    if package and not find_spec(package):
        return Finding(
            "model", State.WRONG, f"{model} needs the extra {provider}: pip install 'knowing-doing-coach[{provider}]'."
        )
    if key and not os.environ.get(key):
        return Finding("model", State.WRONG, f"{model} needs its key. Set {key} in the environment.")
    if not package:
        return Finding("model", State.ATTENTION, f"{provider} is none of {', '.join(PROVIDERS)}; it was never tested.")
    return Finding("model", State.OK, f"{model}; its extra is installed")
