"""Running text: its sections, the figures that its sentences state, and what they are said of."""
