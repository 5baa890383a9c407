"""Word documents (ECMA-376), read from their own parts within limits."""
