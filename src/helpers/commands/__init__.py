"""What does each command for somebody's own review do?

tables   check, new, update
said     what a file brought, and which sentences no longer hold
coders   second-coder, compare
added    place
telling  the options that describe a table, and how its problems are told
"""

from . import added, coders, tables

ROOMS = (tables, coders, added)
COMMANDS = {name: run for room in ROOMS for name, run in room.COMMANDS.items()}
