"""The register's safety: its backups and what the doctor finds."""
