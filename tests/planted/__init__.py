"""Small sabotages and the tests that should catch each: `make planted` applies them one at a time to a copy.

A test suite is as good as what it notices. Each bug here is one that a hurried change could bring. A bug that no named
test catches is a gap: write the test. tests/test_planted.py keeps the list from rotting.
"""
