"""Name the codes of rules that other findings can only repeat, of other rules and other rooms.

They are here, and not beside their rules, because those rooms must not load all rules for them.
"""

from storyboard.diagnostics import Code

SILENT = Code("SB493")
IMPOSSIBLE_SPEECH = Code("SB508")
FAST_SPEECH = Code("SB509")
TITLES_TOGETHER = Code("SB517")
