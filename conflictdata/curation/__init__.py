"""What a curator works with: formatted records and scaffolds of new ones."""
