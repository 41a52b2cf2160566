"""The only ways to change a register, each checked, logged and undoable.

The modules are imported one by one: a command needs one action, not all of them.
"""
