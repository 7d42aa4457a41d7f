"""The terminal's side of the coach: asking, curating, drawing. Only `bot.__main__` imports it."""
