"""Documents of the trade: agendas, lists of documents, letters and reports, from templates."""
