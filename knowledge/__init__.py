"""The curated base: findings, the cards that answer from them, and the search over both. Knows nothing of the bot."""
