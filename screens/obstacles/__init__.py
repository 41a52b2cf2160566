"""What holds the services back."""
