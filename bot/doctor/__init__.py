"""`coach doctor`: what stands in the way of an answer, one line a thing, each with its remedy. It changes nothing."""
