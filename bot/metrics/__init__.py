"""What a team measures, and for which decision."""
