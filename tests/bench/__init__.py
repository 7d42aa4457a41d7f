"""What the coach is worth, in figures. Printed, never asserted: machines are noisy."""
