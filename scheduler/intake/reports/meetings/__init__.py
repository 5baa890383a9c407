"""The meetings of a report, from lists, tables, sentences and labelled lines."""
