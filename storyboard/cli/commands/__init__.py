"""The commands, one file each, by name."""
