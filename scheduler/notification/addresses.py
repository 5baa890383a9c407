"""Mail addresses, as the model has them."""

from scheduler.model.address import BadAddress, domain_of, parse_address

__all__ = ["BadAddress", "domain_of", "parse_address"]
