// For sigaltstack and sigaction.
#define _GNU_SOURCE

#include "fault_guard.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { PATH_LIMIT = 4096 };

static _Thread_local char file[PATH_LIMIT];
static _Thread_local int depth;
static char unfinished[PATH_LIMIT];
static pthread_once_t installed = PTHREAD_ONCE_INIT;

// All that a handler calls is on the list of async-signal-safe functions (signal-safety(7)).
static void say(const char *text) {
  size_t length = strlen(text);
  while (length > 0) {
    ssize_t written = write(STDERR_FILENO, text, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text += written;
    length -= (size_t)written;
  }
}

static void remove_unfinished(void) {
  if (unfinished[0] != 0) unlink(unfinished);
}

static void handle(int number, void (*handler)(int), struct sigaction *old) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  // An endless recursion of the library leaves no room on the thread's own stack.
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, old);
}

static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { FAULT_COUNT = sizeof faults / sizeof *faults };
// What the program, or the runtime that prints backtraces, does with a fault otherwise.
static struct sigaction otherwise[FAULT_COUNT];

static void on_fault(int number) {
  remove_unfinished();
  if (depth == 0) {
    for (int index = 0; index < FAULT_COUNT; index++) {
      if (faults[index] == number) sigaction(number, &otherwise[index], NULL);
    }
    raise(number);
    return;
  }
  say("Error: ");
  say(file);
  say(": expected an undamaged file, found damage that the library which reads it does not survive.\n");
  _exit(1);
}

static void on_request(int number) {
  remove_unfinished();
  signal(number, SIG_DFL);
  raise(number);
}

static void install(void) {
  for (int index = 0; index < FAULT_COUNT; index++) {
    handle(faults[index], on_fault, &otherwise[index]);
  }
}

static void handle_request(int number) {
  struct sigaction old;
  if (sigaction(number, NULL, &old) == 0 && old.sa_handler == SIG_DFL) {
    handle(number, on_request, NULL);
  }
}

// The stack on which a handler runs; each thread has one of its own.
static void give_stack(void) {
  enum { STACK_BYTES = 32 * 1024 };
  static _Thread_local char stack[STACK_BYTES];
  stack_t present;
  if (sigaltstack(NULL, &present) == 0 && !(present.ss_flags & SS_DISABLE)) return;
  stack_t description = {.ss_sp = stack, .ss_size = STACK_BYTES};
  sigaltstack(&description, NULL);
}

void fault_guard_enter(const char *path) {
  static _Thread_local int hasStack;
  pthread_once(&installed, install);
  if (!hasStack) {
    give_stack();
    hasStack = 1;
  }
  if (path != NULL) {
    strncpy(file, path, PATH_LIMIT - 1);
  }
  depth++;
}

void fault_guard_leave(void) {
  if (depth > 0) depth--;
}

void fault_guard_unfinished(const char *path) {
  if (path == NULL) {
    unfinished[0] = 0;
    return;
  }
  pthread_once(&installed, install);
  handle_request(SIGINT);
  handle_request(SIGTERM);
  strncpy(unfinished, path, PATH_LIMIT - 1);
}
