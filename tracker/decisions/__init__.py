"""What is asked of the leadership: what became of it, and what could be asked next.

`status` reads decisions at a day, `proposals` finds what the register suggests to ask for,
`wording` puts a proposal into the words of a letter.
"""
