"""How fast the devices of this machine are."""
