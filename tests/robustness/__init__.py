"""Bad inputs, mutation, full disks, growth and benchmarks."""
