"""All services in a table."""
