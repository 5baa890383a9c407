"""Interim: from the sentence in a meeting report to every delegate's calendar and mailbox."""

__version__ = "0.1.0"
