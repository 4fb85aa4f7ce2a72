"""Where streams of events are kept."""
