"""Who works together: teams, their leads, and when they want to hear from the coach."""
