"""Read files from every branch of a repository; nothing in it can run, ask, fetch or be changed."""

from storyboard.git.committed_files import Committed, CommittedFile, committed
from storyboard.git.refs import short_name

__all__ = ["Committed", "CommittedFile", "committed", "short_name"]
