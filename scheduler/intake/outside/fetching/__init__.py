"""Bytes from hosts that may mean harm: https alone, public addresses alone, within limits."""
