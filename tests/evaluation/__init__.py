"""How well a doorway is read: our own decisions beside two baselines, on doors whose truth is known.

    python -m tests.evaluation --doors 8

prints the tables of docs/evaluation.md for the code as it is. The doors are new ones: their seeds begin where no
fitting ever looked.
"""
