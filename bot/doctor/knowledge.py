"""The cards, the weights of the embedding model, and the index."""

from bot.doctor.model import Finding, State
from bot.settings import Settings
from knowledge.documents import documents_of
from knowledge.loader import HOME, Base, load


def knowledge(settings: Settings) -> list[Finding]:
    """Reads the cards, verifies the weights and opens the index: a second or two."""
    home = settings.knowledge_dir or HOME
    base = load(home)
    return [_cards(base, str(home)), _weights(), _index(settings, base)]


def _cards(base: Base, home: str) -> Finding:
    if not base.cards:
        return Finding("cards", State.WRONG, f"{home} holds none. Set COACH_KNOWLEDGE_DIR to a folder that does.")
    if base.problems:
        says = f"{len(base.problems)} things in {home} cannot be read. coach knowledge check names each."
        return Finding("cards", State.ATTENTION, says)
    return Finding("cards", State.OK, f"{len(base.cards)} cards on {len(base.evidence)} entries of evidence")


def _weights() -> Finding:
    from knowledge.embedder import Embedder, WeightsWrong

    try:
        Embedder()
    except WeightsWrong as error:
        return Finding("weights", State.WRONG, str(error))
    return Finding("weights", State.OK, "the pinned ones")


def _index(settings: Settings, base: Base) -> Finding:
    from knowledge.collection import ChromaAway
    from knowledge.index import Index, IndexBroken, fingerprint_of

    folder = settings.data_dir / "index" / fingerprint_of(documents_of(base))
    where = f" at {settings.chroma_url}" if settings.chroma_url else ""
    if not folder.exists():
        says = "not built for these cards yet. The next question builds it, or coach knowledge index."
        return Finding("index", State.ATTENTION, says)
    try:
        Index(folder, settings.chroma_url)
    except ChromaAway as away:
        return Finding("index", State.WRONG, str(away))
    except IndexBroken:
        says = f"cannot be opened{where}. The next start builds it again, or coach knowledge index."
        return Finding("index", State.WRONG, says)
    return Finding("index", State.OK, f"opens{where}, and is of the present cards")
