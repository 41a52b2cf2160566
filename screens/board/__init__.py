"""The services by stage, as cards."""
