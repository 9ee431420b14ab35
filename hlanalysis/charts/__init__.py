"""A theme and one function per chart; computes no metric."""
