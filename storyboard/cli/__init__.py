"""The command line: what its commands share. The commands themselves are in `commands/`."""
