"""From an extract of the Mental Health Services Data Set to a safe quarterly return, beside the records."""
