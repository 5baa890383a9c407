"""A workspace in one file: how it is packed, and how a file that may be anybody's is unpacked."""
