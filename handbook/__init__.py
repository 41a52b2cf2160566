"""What keeps the documentation true: its commands are run, its pictures drawn, its reference written."""
