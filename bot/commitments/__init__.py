"""What people promise and what came of it."""
