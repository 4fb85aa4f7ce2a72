"""The judge: compiled tables, events, state, and the pure functions settle, judge and fold."""
