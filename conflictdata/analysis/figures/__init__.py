"""Figures: count claims, ranges, totals and summaries over events."""
