/* config.h.  Generated from config.h.in by configure.  */
/* config.h.in.  Generated from configure.ac by autoheader.  */

/* 1 if new descriptors can get their flag by EFD_CLOEXEC, 0 if not. */
#define FACILITY_HAS_EFD_CLOEXEC 1

/* 1 if new descriptors can get their flag by FAN_CLOEXEC, 0 if not. */
#define FACILITY_HAS_FAN_CLOEXEC 1

/* 1 if new descriptors can get their flag by FSMOUNT_CLOEXEC, 0 if not. */
#define FACILITY_HAS_FSMOUNT_CLOEXEC 0

/* 1 if new descriptors can get their flag by FSOPEN_CLOEXEC, 0 if not. */
#define FACILITY_HAS_FSOPEN_CLOEXEC 0

/* 1 if new descriptors can get their flag by FSPICK_CLOEXEC, 0 if not. */
#define FACILITY_HAS_FSPICK_CLOEXEC 0

/* 1 if new descriptors can get their flag by F_DUPFD_CLOEXEC, 0 if not. */
#define FACILITY_HAS_F_DUPFD_CLOEXEC 1

/* 1 if new descriptors can get their flag by MFD_CLOEXEC, 0 if not. */
#define FACILITY_HAS_MFD_CLOEXEC 1

/* 1 if new descriptors can get their flag by MSG_CMSG_CLOEXEC, 0 if not. */
#define FACILITY_HAS_MSG_CMSG_CLOEXEC 1

/* 1 if new descriptors can get their flag by OPEN_TREE_CLOEXEC, 0 if not. */
#define FACILITY_HAS_OPEN_TREE_CLOEXEC 0

/* 1 if new descriptors can get their flag by O_CLOEXEC, 0 if not. */
#define FACILITY_HAS_O_CLOEXEC 1

/* 1 if new descriptors can get their flag by O_TMPFILE, 0 if not. */
#define FACILITY_HAS_O_TMPFILE 1

/* 1 if new descriptors can get their flag by SFD_CLOEXEC, 0 if not. */
#define FACILITY_HAS_SFD_CLOEXEC 1

/* 1 if new descriptors can get their flag by SOCK_CLOEXEC, 0 if not. */
#define FACILITY_HAS_SOCK_CLOEXEC 1

/* 1 if new descriptors can get their flag by TFD_CLOEXEC, 0 if not. */
#define FACILITY_HAS_TFD_CLOEXEC 1

/* 1 if new descriptors can get their flag by TIOCGPTPEER, 0 if not. */
#define FACILITY_HAS_TIOCGPTPEER 1

/* 1 if new descriptors can get their flag by accept4, 0 if not. */
#define FACILITY_HAS_accept4 1

/* 1 if new descriptors can get their flag by afterwards, 0 if not. */
#define FACILITY_HAS_afterwards 0

/* 1 if new descriptors can get their flag by dup3, 0 if not. */
#define FACILITY_HAS_dup3 1

/* 1 if new descriptors can get their flag by epoll_create1, 0 if not. */
#define FACILITY_HAS_epoll_create1 1

/* 1 if new descriptors can get their flag by inotify_init1, 0 if not. */
#define FACILITY_HAS_inotify_init1 1

/* 1 if new descriptors can get their flag by mkostemp, 0 if not. */
#define FACILITY_HAS_mkostemp 1

/* 1 if new descriptors can get their flag by mode_e, 0 if not. */
#define FACILITY_HAS_mode_e 1

/* 1 if new descriptors can get their flag by pipe2, 0 if not. */
#define FACILITY_HAS_pipe2 1

/* 1 if new descriptors can get their flag by posix_openpt, 0 if not. */
#define FACILITY_HAS_posix_openpt 1

/* 1 if new descriptors can get their flag by system_call, 0 if not. */
#define FACILITY_HAS_system_call 1

/* Define to 1 if you have the <dlfcn.h> header file. */
#define HAVE_DLFCN_H 1

/* Define to 1 if you have the <inttypes.h> header file. */
#define HAVE_INTTYPES_H 1

/* Define to 1 if you have the <minix/config.h> header file. */
/* #undef HAVE_MINIX_CONFIG_H */

/* Define to 1 if you have the <stdint.h> header file. */
#define HAVE_STDINT_H 1

/* Define to 1 if you have the <stdio.h> header file. */
#define HAVE_STDIO_H 1

/* Define to 1 if you have the <stdlib.h> header file. */
#define HAVE_STDLIB_H 1

/* Define to 1 if you have the <strings.h> header file. */
#define HAVE_STRINGS_H 1

/* Define to 1 if you have the <string.h> header file. */
#define HAVE_STRING_H 1

/* Define to 1 if you have the <sys/stat.h> header file. */
#define HAVE_SYS_STAT_H 1

/* Define to 1 if you have the <sys/types.h> header file. */
#define HAVE_SYS_TYPES_H 1

/* Define to 1 if you have the <sys/xattr.h> header file. */
#define HAVE_SYS_XATTR_H 1

/* Define to 1 if you have the <unistd.h> header file. */
#define HAVE_UNISTD_H 1

/* Define to 1 if you have the <wchar.h> header file. */
#define HAVE_WCHAR_H 1

/* 1 if libc has _IO_file_fopen, 0 if not. */
#define LIBC_HAS__IO_file_fopen 0

/* 1 if libc has _IO_file_open, 0 if not. */
#define LIBC_HAS__IO_file_open 0

/* 1 if libc has _IO_fopen, 0 if not. */
#define LIBC_HAS__IO_fopen 0

/* 1 if libc has _IO_popen, 0 if not. */
#define LIBC_HAS__IO_popen 0

/* 1 if libc has _IO_proc_open, 0 if not. */
#define LIBC_HAS__IO_proc_open 0

/* 1 if libc has __clone, 0 if not. */
#define LIBC_HAS___clone 0

/* 1 if libc has __close, 0 if not. */
#define LIBC_HAS___close 0

/* 1 if libc has __dup2, 0 if not. */
#define LIBC_HAS___dup2 0

/* 1 if libc has __fcntl, 0 if not. */
#define LIBC_HAS___fcntl 0

/* 1 if libc has __fcntl_time64, 0 if not. */
#define LIBC_HAS___fcntl_time64 0

/* 1 if libc has __fts64_open_time64, 0 if not. */
#define LIBC_HAS___fts64_open_time64 0

/* 1 if libc has __fts64_read_time64, 0 if not. */
#define LIBC_HAS___fts64_read_time64 0

/* 1 if libc has __ioctl_time64, 0 if not. */
#define LIBC_HAS___ioctl_time64 0

/* 1 if libc has __open, 0 if not. */
#define LIBC_HAS___open 0

/* 1 if libc has __open64, 0 if not. */
#define LIBC_HAS___open64 0

/* 1 if libc has __open64_2, 0 if not. */
#define LIBC_HAS___open64_2 0

/* 1 if libc has __open_2, 0 if not. */
#define LIBC_HAS___open_2 0

/* 1 if libc has __openat64_2, 0 if not. */
#define LIBC_HAS___openat64_2 0

/* 1 if libc has __openat_2, 0 if not. */
#define LIBC_HAS___openat_2 0

/* 1 if libc has __pipe, 0 if not. */
#define LIBC_HAS___pipe 0

/* 1 if libc has __recvmmsg64, 0 if not. */
#define LIBC_HAS___recvmmsg64 0

/* 1 if libc has __recvmsg64, 0 if not. */
#define LIBC_HAS___recvmsg64 0

/* 1 if libc has __setmntent, 0 if not. */
#define LIBC_HAS___setmntent 0

/* 1 if libc has __vfork, 0 if not. */
#define LIBC_HAS___vfork 0

/* 1 if libc has accept, 0 if not. */
#define LIBC_HAS_accept 1

/* 1 if libc has accept4, 0 if not. */
#define LIBC_HAS_accept4 1

/* 1 if libc has clnt_create, 0 if not. */
#define LIBC_HAS_clnt_create 0

/* 1 if libc has clnttcp_create, 0 if not. */
#define LIBC_HAS_clnttcp_create 0

/* 1 if libc has clntudp_bufcreate, 0 if not. */
#define LIBC_HAS_clntudp_bufcreate 0

/* 1 if libc has clntudp_create, 0 if not. */
#define LIBC_HAS_clntudp_create 0

/* 1 if libc has clntunix_create, 0 if not. */
#define LIBC_HAS_clntunix_create 0

/* 1 if libc has clone, 0 if not. */
#define LIBC_HAS_clone 1

/* 1 if libc has close, 0 if not. */
#define LIBC_HAS_close 1

/* 1 if libc has close_range, 0 if not. */
#define LIBC_HAS_close_range 0

/* 1 if libc has closefrom, 0 if not. */
#define LIBC_HAS_closefrom 0

/* 1 if libc has creat, 0 if not. */
#define LIBC_HAS_creat 1

/* 1 if libc has creat64, 0 if not. */
#define LIBC_HAS_creat64 1

/* 1 if libc has dup, 0 if not. */
#define LIBC_HAS_dup 1

/* 1 if libc has dup2, 0 if not. */
#define LIBC_HAS_dup2 1

/* 1 if libc has dup3, 0 if not. */
#define LIBC_HAS_dup3 1

/* 1 if libc has epoll_create, 0 if not. */
#define LIBC_HAS_epoll_create 1

/* 1 if libc has epoll_create1, 0 if not. */
#define LIBC_HAS_epoll_create1 1

/* 1 if libc has eventfd, 0 if not. */
#define LIBC_HAS_eventfd 1

/* 1 if libc has execl, 0 if not. */
#define LIBC_HAS_execl 1

/* 1 if libc has execle, 0 if not. */
#define LIBC_HAS_execle 1

/* 1 if libc has execlp, 0 if not. */
#define LIBC_HAS_execlp 1

/* 1 if libc has execv, 0 if not. */
#define LIBC_HAS_execv 1

/* 1 if libc has execve, 0 if not. */
#define LIBC_HAS_execve 1

/* 1 if libc has execveat, 0 if not. */
#define LIBC_HAS_execveat 0

/* 1 if libc has execvp, 0 if not. */
#define LIBC_HAS_execvp 1

/* 1 if libc has execvpe, 0 if not. */
#define LIBC_HAS_execvpe 1

/* 1 if libc has fanotify_init, 0 if not. */
#define LIBC_HAS_fanotify_init 1

/* 1 if libc has fcntl, 0 if not. */
#define LIBC_HAS_fcntl 1

/* 1 if libc has fcntl64, 0 if not. */
#define LIBC_HAS_fcntl64 0

/* 1 if libc has fdopendir, 0 if not. */
#define LIBC_HAS_fdopendir 1

/* 1 if libc has fexecve, 0 if not. */
#define LIBC_HAS_fexecve 1

/* 1 if libc has flock, 0 if not. */
#define LIBC_HAS_flock 1

/* 1 if libc has fopen, 0 if not. */
#define LIBC_HAS_fopen 1

/* 1 if libc has fopen64, 0 if not. */
#define LIBC_HAS_fopen64 1

/* 1 if libc has forkpty, 0 if not. */
#define LIBC_HAS_forkpty 1

/* 1 if libc has freopen, 0 if not. */
#define LIBC_HAS_freopen 1

/* 1 if libc has freopen64, 0 if not. */
#define LIBC_HAS_freopen64 1

/* 1 if libc has fsmount, 0 if not. */
#define LIBC_HAS_fsmount 0

/* 1 if libc has fsopen, 0 if not. */
#define LIBC_HAS_fsopen 0

/* 1 if libc has fspick, 0 if not. */
#define LIBC_HAS_fspick 0

/* 1 if libc has fts64_open, 0 if not. */
#define LIBC_HAS_fts64_open 0

/* 1 if libc has fts64_read, 0 if not. */
#define LIBC_HAS_fts64_read 0

/* 1 if libc has fts_open, 0 if not. */
#define LIBC_HAS_fts_open 1

/* 1 if libc has fts_read, 0 if not. */
#define LIBC_HAS_fts_read 1

/* 1 if libc has getpt, 0 if not. */
#define LIBC_HAS_getpt 0

/* 1 if libc has inotify_init, 0 if not. */
#define LIBC_HAS_inotify_init 1

/* 1 if libc has inotify_init1, 0 if not. */
#define LIBC_HAS_inotify_init1 1

/* 1 if libc has ioctl, 0 if not. */
#define LIBC_HAS_ioctl 1

/* 1 if libc has lockf, 0 if not. */
#define LIBC_HAS_lockf 1

/* 1 if libc has lockf64, 0 if not. */
#define LIBC_HAS_lockf64 1

/* 1 if libc has memfd_create, 0 if not. */
#define LIBC_HAS_memfd_create 1

/* 1 if libc has mkostemp, 0 if not. */
#define LIBC_HAS_mkostemp 1

/* 1 if libc has mkostemp64, 0 if not. */
#define LIBC_HAS_mkostemp64 1

/* 1 if libc has mkostemps, 0 if not. */
#define LIBC_HAS_mkostemps 1

/* 1 if libc has mkostemps64, 0 if not. */
#define LIBC_HAS_mkostemps64 1

/* 1 if libc has mkstemp, 0 if not. */
#define LIBC_HAS_mkstemp 1

/* 1 if libc has mkstemp64, 0 if not. */
#define LIBC_HAS_mkstemp64 1

/* 1 if libc has mkstemps, 0 if not. */
#define LIBC_HAS_mkstemps 1

/* 1 if libc has mkstemps64, 0 if not. */
#define LIBC_HAS_mkstemps64 1

/* 1 if libc has open, 0 if not. */
#define LIBC_HAS_open 1

/* 1 if libc has open64, 0 if not. */
#define LIBC_HAS_open64 1

/* 1 if libc has open_by_handle_at, 0 if not. */
#define LIBC_HAS_open_by_handle_at 1

/* 1 if libc has open_tree, 0 if not. */
#define LIBC_HAS_open_tree 0

/* 1 if libc has openat, 0 if not. */
#define LIBC_HAS_openat 1

/* 1 if libc has openat2, 0 if not. */
#define LIBC_HAS_openat2 0

/* 1 if libc has openat64, 0 if not. */
#define LIBC_HAS_openat64 1

/* 1 if libc has opendir, 0 if not. */
#define LIBC_HAS_opendir 1

/* 1 if libc has openpty, 0 if not. */
#define LIBC_HAS_openpty 1

/* 1 if libc has pidfd_getfd, 0 if not. */
#define LIBC_HAS_pidfd_getfd 0

/* 1 if libc has pidfd_open, 0 if not. */
#define LIBC_HAS_pidfd_open 0

/* 1 if libc has pipe, 0 if not. */
#define LIBC_HAS_pipe 1

/* 1 if libc has pipe2, 0 if not. */
#define LIBC_HAS_pipe2 1

/* 1 if libc has popen, 0 if not. */
#define LIBC_HAS_popen 1

/* 1 if libc has posix_openpt, 0 if not. */
#define LIBC_HAS_posix_openpt 1

/* 1 if libc has posix_spawn, 0 if not. */
#define LIBC_HAS_posix_spawn 1

/* 1 if libc has posix_spawnp, 0 if not. */
#define LIBC_HAS_posix_spawnp 1

/* 1 if libc has rcmd, 0 if not. */
#define LIBC_HAS_rcmd 0

/* 1 if libc has rcmd_af, 0 if not. */
#define LIBC_HAS_rcmd_af 0

/* 1 if libc has recvmmsg, 0 if not. */
#define LIBC_HAS_recvmmsg 1

/* 1 if libc has recvmsg, 0 if not. */
#define LIBC_HAS_recvmsg 1

/* 1 if libc has registerrpc, 0 if not. */
#define LIBC_HAS_registerrpc 0

/* 1 if libc has rexec, 0 if not. */
#define LIBC_HAS_rexec 0

/* 1 if libc has rexec_af, 0 if not. */
#define LIBC_HAS_rexec_af 0

/* 1 if libc has rresvport, 0 if not. */
#define LIBC_HAS_rresvport 0

/* 1 if libc has rresvport_af, 0 if not. */
#define LIBC_HAS_rresvport_af 0

/* 1 if libc has setmntent, 0 if not. */
#define LIBC_HAS_setmntent 1

/* 1 if libc has shm_open, 0 if not. */
#define LIBC_HAS_shm_open 1

/* 1 if libc has signalfd, 0 if not. */
#define LIBC_HAS_signalfd 1

/* 1 if libc has socket, 0 if not. */
#define LIBC_HAS_socket 1

/* 1 if libc has socketpair, 0 if not. */
#define LIBC_HAS_socketpair 1

/* 1 if libc has svc_getreq, 0 if not. */
#define LIBC_HAS_svc_getreq 0

/* 1 if libc has svc_getreq_common, 0 if not. */
#define LIBC_HAS_svc_getreq_common 0

/* 1 if libc has svc_getreq_poll, 0 if not. */
#define LIBC_HAS_svc_getreq_poll 0

/* 1 if libc has svc_getreqset, 0 if not. */
#define LIBC_HAS_svc_getreqset 0

/* 1 if libc has svc_run, 0 if not. */
#define LIBC_HAS_svc_run 0

/* 1 if libc has svctcp_create, 0 if not. */
#define LIBC_HAS_svctcp_create 0

/* 1 if libc has svcudp_bufcreate, 0 if not. */
#define LIBC_HAS_svcudp_bufcreate 0

/* 1 if libc has svcudp_create, 0 if not. */
#define LIBC_HAS_svcudp_create 0

/* 1 if libc has svcunix_create, 0 if not. */
#define LIBC_HAS_svcunix_create 0

/* 1 if libc has syscall, 0 if not. */
#define LIBC_HAS_syscall 1

/* 1 if libc has timerfd_create, 0 if not. */
#define LIBC_HAS_timerfd_create 1

/* 1 if libc has tmpfile, 0 if not. */
#define LIBC_HAS_tmpfile 1

/* 1 if libc has tmpfile64, 0 if not. */
#define LIBC_HAS_tmpfile64 1

/* 1 if libc has vfork, 0 if not. */
#define LIBC_HAS_vfork 1

/* Define to the sub-directory where libtool stores uninstalled libraries. */
#define LT_OBJDIR ".libs/"

/* Name of package */
#define PACKAGE "libcloexec"

/* Define to the address where bug reports for this package should be sent. */
#define PACKAGE_BUGREPORT ""

/* Define to the full name of this package. */
#define PACKAGE_NAME "libcloexec"

/* Define to the full name and version of this package. */
#define PACKAGE_STRING "libcloexec 0.1.0"

/* Define to the one symbol short name of this package. */
#define PACKAGE_TARNAME "libcloexec"

/* Define to the home page for this package. */
#define PACKAGE_URL ""

/* Define to the version of this package. */
#define PACKAGE_VERSION "0.1.0"

/* Define to 1 if all of the C90 standard headers exist (not just the ones
   required in a freestanding environment). This macro is provided for
   backward compatibility; new code need not use it. */
#define STDC_HEADERS 1

/* Enable extensions on AIX 3, Interix.  */
#ifndef _ALL_SOURCE
# define _ALL_SOURCE 1
#endif
/* Enable general extensions on macOS.  */
#ifndef _DARWIN_C_SOURCE
# define _DARWIN_C_SOURCE 1
#endif
/* Enable general extensions on Solaris.  */
#ifndef __EXTENSIONS__
# define __EXTENSIONS__ 1
#endif
/* Enable GNU extensions on systems that have them.  */
#ifndef _GNU_SOURCE
# define _GNU_SOURCE 1
#endif
/* Enable X/Open compliant socket functions that do not require linking
   with -lxnet on HP-UX 11.11.  */
#ifndef _HPUX_ALT_XOPEN_SOCKET_API
# define _HPUX_ALT_XOPEN_SOCKET_API 1
#endif
/* Identify the host operating system as Minix.
   This macro does not affect the system headers' behavior.
   A future release of Autoconf may stop defining this macro.  */
#ifndef _MINIX
/* # undef _MINIX */
#endif
/* Enable general extensions on NetBSD.
   Enable NetBSD compatibility extensions on Minix.  */
#ifndef _NETBSD_SOURCE
# define _NETBSD_SOURCE 1
#endif
/* Enable OpenBSD compatibility extensions on NetBSD.
   Oddly enough, this does nothing on OpenBSD.  */
#ifndef _OPENBSD_SOURCE
# define _OPENBSD_SOURCE 1
#endif
/* Define to 1 if needed for POSIX-compatible behavior.  */
#ifndef _POSIX_SOURCE
/* # undef _POSIX_SOURCE */
#endif
/* Define to 2 if needed for POSIX-compatible behavior.  */
#ifndef _POSIX_1_SOURCE
/* # undef _POSIX_1_SOURCE */
#endif
/* Enable POSIX-compatible threading on Solaris.  */
#ifndef _POSIX_PTHREAD_SEMANTICS
# define _POSIX_PTHREAD_SEMANTICS 1
#endif
/* Enable extensions specified by ISO/IEC TS 18661-5:2014.  */
#ifndef __STDC_WANT_IEC_60559_ATTRIBS_EXT__
# define __STDC_WANT_IEC_60559_ATTRIBS_EXT__ 1
#endif
/* Enable extensions specified by ISO/IEC TS 18661-1:2014.  */
#ifndef __STDC_WANT_IEC_60559_BFP_EXT__
# define __STDC_WANT_IEC_60559_BFP_EXT__ 1
#endif
/* Enable extensions specified by ISO/IEC TS 18661-2:2015.  */
#ifndef __STDC_WANT_IEC_60559_DFP_EXT__
# define __STDC_WANT_IEC_60559_DFP_EXT__ 1
#endif
/* Enable extensions specified by ISO/IEC TS 18661-4:2015.  */
#ifndef __STDC_WANT_IEC_60559_FUNCS_EXT__
# define __STDC_WANT_IEC_60559_FUNCS_EXT__ 1
#endif
/* Enable extensions specified by ISO/IEC TS 18661-3:2015.  */
#ifndef __STDC_WANT_IEC_60559_TYPES_EXT__
# define __STDC_WANT_IEC_60559_TYPES_EXT__ 1
#endif
/* Enable extensions specified by ISO/IEC TR 24731-2:2010.  */
#ifndef __STDC_WANT_LIB_EXT2__
# define __STDC_WANT_LIB_EXT2__ 1
#endif
/* Enable extensions specified by ISO/IEC 24747:2009.  */
#ifndef __STDC_WANT_MATH_SPEC_FUNCS__
# define __STDC_WANT_MATH_SPEC_FUNCS__ 1
#endif
/* Enable extensions on HP NonStop.  */
#ifndef _TANDEM_SOURCE
# define _TANDEM_SOURCE 1
#endif
/* Enable X/Open extensions.  Define to 500 only if necessary
   to make mbstate_t available.  */
#ifndef _XOPEN_SOURCE
/* # undef _XOPEN_SOURCE */
#endif


/* Version number of package */
#define VERSION "0.1.0"
