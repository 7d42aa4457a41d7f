"""The Home tab: what is mine, what my teams measure, what comes next, and what I have set."""
