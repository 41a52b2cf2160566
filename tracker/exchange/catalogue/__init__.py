"""Catalogues: the OPDs, services and applications of a city, without its history."""
