"""Runs the tests, all or those whose names contain one of the arguments, and counts them. See Scripts/browser-test."""

import os
import sys
import time
import unittest


def main(names):
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{name}*" for name in names] or None
    suite = loader.discover(os.path.dirname(__file__), pattern="*_test.py")
    started = time.monotonic()
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    failed = len({str(test).split(" [")[0] for test, _ in result.failures + result.errors})
    passed = result.testsRun - failed
    print(f"Browser tests: {passed} passed, {failed} failed in {time.monotonic() - started:.0f} s")
    return 0 if result.wasSuccessful() and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
