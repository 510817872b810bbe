/* What every wrapper is made of. */
#ifndef CLOEXEC_WRAP_H
#define CLOEXEC_WRAP_H

#include "descriptor.h"
#include "libc.h"
#include "next.h"

/* Marks the definition of an interposed call; everything else is hidden. */
#define EXPORT __attribute__((visibility("default")))

#endif
