"""The screen of reminders."""
