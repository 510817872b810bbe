/* libcloexec: the four functions of PEP 433, for programs that want to ask.
 *
 * A program links with the library (pkg-config libcloexec), and is then covered like one that it is preloaded into; or it
 * looks the functions up and finds them only where the library is: with dlsym(RTLD_DEFAULT, ...), or as weak symbols.
 *
 *     #define CLOEXEC_WEAK
 *     #include <cloexec.h>
 *     if (cloexec_setdefault) cloexec_setdefault(0);
 *
 * All four may be called by any thread at any time, in signal handlers and before main too.  errno is changed by
 * failures only.
 */
#ifndef CLOEXEC_H
#define CLOEXEC_H

#ifdef __cplusplus
extern "C" {
#endif

#ifdef CLOEXEC_WEAK
#define CLOEXEC_FUNCTION __attribute__((weak, visibility("default")))
#else
#define CLOEXEC_FUNCTION __attribute__((visibility("default")))
#endif

/* Is `fd` closed by exec?  Gives 1 or 0; or -1 with errno set to EBADF where it is not open.  POSIX fcntl(F_GETFD). */
CLOEXEC_FUNCTION int cloexec_get(int fd);

/* From now on `fd` is closed by exec (`on` is not 0) or passed on.  The program's own word: the library does not touch
 * the flag again.  Gives 0; or -1 with errno set to EBADF where it is not open.  One ioctl(FIOCLEX), or fcntl where the
 * kernel refuses that (O_PATH). */
CLOEXEC_FUNCTION int cloexec_set(int fd, int on);

/* Does this process make new descriptors close-on-exec?  Gives 1 or 0: what CLOEXEC_DEFAULT and CLOEXEC_KEEP_PROGRAMS
 * said, or the last cloexec_setdefault(). */
CLOEXEC_FUNCTION int cloexec_getdefault(void);

/* From now on new descriptors of this process are close-on-exec (`on` is not 0) or as the program makes them.  All
 * threads; a child made by fork takes it along, a program that is executed starts from its environment again.  In a child
 * made by vfork it changes the parent. */
CLOEXEC_FUNCTION void cloexec_setdefault(int on);

#ifdef __cplusplus
}
#endif

#endif
