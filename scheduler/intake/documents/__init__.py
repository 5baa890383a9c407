"""Reports as files: text, Markdown, mail and Word, read into lines, paragraphs and tables."""
