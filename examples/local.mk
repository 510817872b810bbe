exampledir = $(docdir)/examples
dist_example_DATA = examples/systemd/libcloexec.conf
apiexampledir = $(exampledir)/api
dist_apiexample_DATA = examples/api/ask.py examples/api/linked.c examples/api/lookup.c examples/api/weak.c
