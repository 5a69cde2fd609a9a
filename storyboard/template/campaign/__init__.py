"""See a campaign as a whole: its table of checks, its costs by column, prices that disagree."""
