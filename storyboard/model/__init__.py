"""The storyboard as values: scenes, shots, elements, voices, outputs, exact time and money."""
