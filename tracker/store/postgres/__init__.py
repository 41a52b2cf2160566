"""Registers in a PostgreSQL database, for a city that has outgrown a file.

Needs the extra ``server``. Nothing outside this folder imports psycopg, and nothing
imports this folder unless the register is on a server.
"""
