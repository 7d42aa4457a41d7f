"""What is kept about somebody: shown, handed over, deleted; and what leaves by itself."""
