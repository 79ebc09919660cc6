"""What commands do: exit status, and the facts in their output."""
