"""SOPs as code."""
