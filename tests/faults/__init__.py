"""What the coach says of its own accord is never lost and never doubled, whatever happens to it: real processes die."""
