#ifndef FAULT_GUARD_H
#define FAULT_GUARD_H

// libhdf5 and libmatio trust some numbers of a damaged file and then read or write where they must
// not. No check before the call finds all of them. Between enter and leave, a fault of the calling
// thread ends the process with one sentence that names the file, instead of a bare signal.

/// Says that the calling thread is about to let a library read a file; calls nest.
///
/// With `path` NULL the file is the last one that the thread named.
void fault_guard_enter(const char *path);

/// Ends the latest fault_guard_enter of the calling thread.
void fault_guard_leave(void);

/// Names an unfinished file that a fault, an interrupt or a request to end is to remove; NULL when
/// there is none any more.
///
/// A handler that the program has installed for SIGINT or SIGTERM by then stays.
void fault_guard_unfinished(const char *path);

#endif
