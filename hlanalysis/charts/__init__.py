"""A theme and one function per chart; computes no metric.

``forms`` describes charts, ``exhibit`` adds finding, source and text alternative, the modules
named after families draw them.
"""
