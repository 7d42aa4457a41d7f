"""Ask: a question comes in, a sourced answer goes out, or an honest word that there is none."""
