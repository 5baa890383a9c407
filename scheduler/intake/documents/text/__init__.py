"""Plain text and Markdown: from characters to headings, list items, paragraphs and tables."""
