"""The curated base: findings, the cards that answer from them, and the search over both. Knows nothing of the bot."""

import os

# Before anything loads numpy. For matrices this small more threads win nothing, and each holds megabytes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
