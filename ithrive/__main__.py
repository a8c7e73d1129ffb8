"""`python -m ithrive`, for machines where the command is not on the path."""

from ithrive.cli import main

if __name__ == "__main__":
    main()
