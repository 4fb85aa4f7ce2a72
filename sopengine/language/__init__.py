"""The language: the schema that says what may be written, the frozen model of what was written, and conditions."""
