exampledir = $(docdir)/examples
dist_example_DATA = examples/systemd/every-service.conf examples/systemd/libcloexec.conf \
	examples/systemd/policy.conf examples/systemd/sandboxed.conf
apiexampledir = $(exampledir)/api
dist_apiexample_DATA = examples/api/ask.py examples/api/linked.c examples/api/lookup.c examples/api/weak.c
containerexampledir = $(exampledir)/container
dist_containerexample_DATA = examples/container/Containerfile examples/container/README.md \
	examples/container/covered.Containerfile examples/container/kubernetes.yaml
