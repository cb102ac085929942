"""Who writes the acts of a filing: one author for the demo, the benchmarks and every made-up life."""
