"""What is special to mandates: reading a page, its decisions, rules and the proof of provenance."""
