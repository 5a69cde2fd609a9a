"""Name the codes of rules that findings of other rooms can only repeat.

They are here, and not beside their rules, because those rooms must not load all rules for them.
"""

from storyboard.diagnostics import Code

SILENT = Code("SB493")
TITLES_TOGETHER = Code("SB517")
