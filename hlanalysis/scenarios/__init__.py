"""One model in textbook equations, running in many places."""
