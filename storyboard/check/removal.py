"""Say how to remove a key that another file gave: `extends` lays one file over another."""

from storyboard.source import Entry, Node


def removal(entry: Entry, of: Node) -> str | None:
    """Return what to write to be without a key; None if it is in the same file as the rest.

    `of` is the mapping that has the key; its place is where the upper file writes it.
    """
    if entry.key.span.file == of.span.file:
        return None
    key, file = entry.key.text, entry.key.span.file
    return f"write `{key}: null` here to remove the `{key}` that comes from `{file}`"
