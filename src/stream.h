/* The descriptor under a stdio stream. */
#ifndef CLOEXEC_STREAM_H
#define CLOEXEC_STREAM_H

#include "descriptor.h"
#include "next.h"

#include <stdio.h>

/* Its number, or -1; errno stays as it is. */
static inline int stream_number(FILE *stream)
{
	int saved = errno;
	int number = NEXT(fileno)(stream);

	errno = saved;
	return number;
}

/* descriptor_settle() for a call that gives a stream, or NULL. */
static inline FILE *stream_settle(struct attempt attempt, FILE *stream)
{
	if (stream)
		descriptor_settle(attempt, stream_number(stream));
	return stream;
}

#endif
