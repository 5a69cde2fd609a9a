"""Expand a storyboard with variables, tables, `when`, `each`, `use` and `extends`."""
