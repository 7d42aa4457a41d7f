"""What was promised, kept, moved and stuck, for those who can decide something about it."""
