"""Compile a storyboard, get its clips and cut its films, for any caller: a listener hears how."""
