exampledir = $(docdir)/examples
dist_example_DATA = examples/systemd/libcloexec.conf
