"""The site of all published weeks: an index, a page a week, a page an OPD; relative links only."""
