"""What of a site has to be made again, and what is kept of the rest."""
