"""Letters: what they say to one reader, and the message that carries it."""
