"""A folder of published files: how they are told apart, and take their places whole."""
