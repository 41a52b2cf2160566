"""The catalogue of Kota Bandung: its OPDs, services and applications, without a history."""
