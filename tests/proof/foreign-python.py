"""Runs tests of CPython's own suite and writes a line for each: its name, and ok, skipped, FAIL or ERROR.

foreign-python.py OUTPUT CURRENT SECONDS NAME...   a module, a class or one test; where a name ends in *, all that begin so.

A test that OUTPUT tells of already is not run again.  CURRENT names the process group and the test that is being run, and is
empty after the last.  One that takes SECONDS ends the whole, after its stacks were told on stderr.
"""
import faulthandler
import os
import sys
import unittest

from test import support

# Those take minutes, or a network; sockets of a hypervisor wait for ever where there is none; a minute goes into asyncio's
# collection of garbage.
support.use_resources = []
OMITTED = ("VSOCK", "_del_collect")


def tell_current(file, name):
    file.seek(0)
    file.truncate()
    if name:
        print(os.getpgrp(), name, file=file, flush=True)


class Result(unittest.TestResult):
    def __init__(self, output, current, seconds):
        super().__init__()
        self.output = output
        self.current = current
        self.seconds = seconds

    def startTest(self, test):
        super().startTest(test)
        tell_current(self.current, test.id())
        faulthandler.dump_traceback_later(self.seconds, exit=True)

    def tell(self, test, verdict):
        # A subtest, or what a class or a module does before its tests, is told under the name that it has.
        print(test.id().split(" ")[0], verdict, file=self.output, flush=True)

    def addSuccess(self, test):
        self.tell(test, "ok")

    def addSkip(self, test, reason):
        self.tell(test, "skipped")

    def addExpectedFailure(self, test, err):
        self.tell(test, "ok")

    def addUnexpectedSuccess(self, test):
        self.tell(test, "FAIL")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        print(self.failures[-1][1], file=sys.stderr)
        self.tell(test, "FAIL")

    def addError(self, test, err):
        super().addError(test, err)
        print(self.errors[-1][1], file=sys.stderr)
        self.tell(test, "ERROR")

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.addFailure(test, err)


def tests_of(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from tests_of(test)
        else:
            yield test


def load(name):
    loader = unittest.TestLoader()
    if not name.endswith("*"):
        return loader.loadTestsFromName(name)
    module = ".".join(name.split(".")[:2])
    return unittest.TestSuite(
        test for test in tests_of(loader.loadTestsFromName(module)) if test.id().startswith(name[:-1])
    )


def main():
    output_path, current_path, seconds, names = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
    with open(output_path, "a+") as output, open(current_path, "w") as current:
        tell_current(current, "start")
        output.seek(0)
        omitted = {line.split(" ")[0] for line in output}
        for name in names:
            suite = load(name)
            wanted = [
                test for test in tests_of(suite) if test.id() not in omitted and not any(word in test.id() for word in OMITTED)
            ]
            # setUpModule, and threads that outlive their test, belong to the suite: it is kept whole.
            unittest.TestSuite(wanted).run(Result(output, current, seconds))
        tell_current(current, None)


if __name__ == "__main__":
    main()
