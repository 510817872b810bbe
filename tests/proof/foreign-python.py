"""Runs tests of CPython's own suite and writes a line for each: its name, and ok, skipped, FAIL or ERROR.

foreign-python.py OUTPUT SECONDS NAME...   a module, a class or one test; a name that ends in * means all that begin so.

After SECONDS it says on stderr what it is doing, and goes on.
"""
import faulthandler
import sys
import unittest

from test import support

# Those take minutes, or a network; sockets of a hypervisor wait for ever where there is none; a minute goes into asyncio's
# collection of garbage.
support.use_resources = []
OMITTED = ("VSOCK", "_del_collect")


class Result(unittest.TestResult):
    def __init__(self, output):
        super().__init__()
        self.output = output

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
    output, seconds, names = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    faulthandler.dump_traceback_later(seconds)
    with open(output, "w") as file:
        for name in names:
            suite = load(name)
            wanted = [test for test in tests_of(suite) if not any(word in test.id() for word in OMITTED)]
            # setUpModule, and threads that outlive their test, belong to the suite: it is kept whole.
            unittest.TestSuite(wanted).run(Result(file))


if __name__ == "__main__":
    main()
