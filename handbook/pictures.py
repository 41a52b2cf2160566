"""The pictures of the screens in the documentation."""


def write_pictures() -> None:
    """Draw every screen anew."""
