"""All OPDs side by side."""
