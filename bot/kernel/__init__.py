"""Ids and dates: what everything else counts with. Knows nothing but the standard library."""
