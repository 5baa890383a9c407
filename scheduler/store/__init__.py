"""Memory: what the product remembers between two runs, behind one Protocol."""
