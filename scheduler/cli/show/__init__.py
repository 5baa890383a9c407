"""How results look in a terminal of 80 columns."""
