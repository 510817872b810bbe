/* A server and its client by libtirpc, linked with it or a plugin that is (-DPLUGIN): the server's one procedure executes
 * a command, and asking for procedure 0 ends it.
 *
 *   tirpc COMMAND     prints what the client got
 */
#include <arpa/inet.h>
#include <rpc/rpc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROGRAM = 0x20000000, VERSION = 1, PROCEDURE = 1 };

static const char *command;

static void serve(struct svc_req *request, SVCXPRT *transport)
{
	int status;

	if (request->rq_proc == NULLPROC) {
		svc_sendreply(transport, (xdrproc_t)xdr_void, NULL);
		svc_exit();
		return;
	}
	status = system(command);
	svc_sendreply(transport, (xdrproc_t)xdr_int, (char *)&status);
}

static int ask(int port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct timeval wait = {.tv_sec = 20};
	int fd = RPC_ANYSOCK, status = -1;
	CLIENT *client = clnttcp_create(&address, PROGRAM, VERSION, &fd, 0, 0);

	if (!client)
		return 2;
	if (clnt_call(client, PROCEDURE, (xdrproc_t)xdr_void, NULL, (xdrproc_t)xdr_int, (char *)&status, wait) != RPC_SUCCESS)
		return 3;
	clnt_call(client, NULLPROC, (xdrproc_t)xdr_void, NULL, (xdrproc_t)xdr_void, NULL, wait);
	clnt_destroy(client);
	return status != 0;
}

int run(const char *what);
int run(const char *what)
{
	SVCXPRT *transport = svctcp_create(RPC_ANYSOCK, 0, 0);
	int status = -1;

	command = what;
	if (!transport || !svc_register(transport, PROGRAM, VERSION, serve, 0))
		return 1;
	if (fork() == 0)
		_exit(ask(transport->xp_port));
	svc_run();
	wait(&status);
	printf("the client got %d\n", status);
	return 0;
}

#ifndef PLUGIN
int main(int argc, char **argv)
{
	return argc == 2 ? run(argv[1]) : 2;
}
#endif
