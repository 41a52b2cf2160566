"""The weekly snapshots."""
