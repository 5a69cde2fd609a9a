"""A stand-in for fal on this machine: its doors, scaled time, drawn clips, faults on order."""
