"""`python -m storyboard …`: the same as `storyboard …`."""

from storyboard.cli.main import main

if __name__ == "__main__":
    main()
