"""SMTP: the server a URL names, and the conversation with it."""
