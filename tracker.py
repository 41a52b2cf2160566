"""Start the program from a checkout: ``python tracker.py``."""

from tracker.cli import main

if __name__ == "__main__":
    main()
