"""Whose letters are signed (DKIM, RFC 6376), and with which key."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A key: whose letters it signs, its selector in the DNS, and the path of the file it is in.

    `domain` is what stands behind the @ of a sender's address, to the letter.
    """

    domain: str
    selector: str
    file: str

    @property
    def setting(self) -> str:
        """Where it is set in the workspace's file."""
        return f"mail.dkim.'{self.domain}'"

    @property
    def record_name(self) -> str:
        """The name under which the DNS has its public half."""
        return f"{self.selector}._domainkey.{self.domain}"
