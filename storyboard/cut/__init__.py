"""Storyboard and clips to a film: timeline, joining, titles, captions, sound, exports."""
