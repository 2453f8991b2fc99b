// A library that stands between a program and its disk: what the program writes to its database, and syncs, is delayed, held
// or refused as a file of orders says. Knows nothing of the database but the names of its files.
//
// SLOW_DISK_FOLDER: the folder of the database. SLOW_DISK_ORDERS: the file, one line, read at every call:
//   (nothing)                as the real disk does
//   sync delay MILLISECONDS  a sync takes so long
//   sync hold                a sync does not end until the order is another
//   sync fail ERROR          a sync fails
//   write fail ERROR         a write fails
// where ERROR is EIO, ENOSPC, EDQUOT or EROFS. Every call that an order was about is noted in SLOW_DISK_ORDERS.seen:
// `(` a sync began, `)` it ended, `!` a call failed.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct order {
    char call[16], what[16], argument[16];
};

static struct order current(void) {
    struct order order = {"", "", ""};
    char line[64] = "";
    const char *path = getenv("SLOW_DISK_ORDERS");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file >= 0) {
        ssize_t got = read(file, line, sizeof line - 1);
        line[got > 0 ? got : 0] = 0;
        close(file);
    }
    sscanf(line, "%15s %15s %15s", order.call, order.what, order.argument);
    return order;
}

static void note(char mark) {
    char path[4096];
    snprintf(path, sizeof path, "%s.seen", getenv("SLOW_DISK_ORDERS"));
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file >= 0) {
        syscall(SYS_write, file, &mark, 1);
        close(file);
    }
}

static void rest(long milliseconds) {
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

/* Whether a file lies in the folder that the orders are about. */
static int is_ours(int file) {
    char link[64], path[4096];
    const char *folder = getenv("SLOW_DISK_FOLDER");
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (!folder || length <= 0) return 0;
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0 && path[strlen(folder)] == '/';
}

/* Sets errno and says so when an order lets this call fail. */
static int fails(const struct order *order, const char *call) {
    static const struct { const char *name; int number; } errors[] = {
        {"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT}, {"EROFS", EROFS}};
    if (strcmp(order->call, call) != 0 || strcmp(order->what, "fail") != 0) return 0;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (strcmp(order->argument, errors[i].name) == 0) {
            note('!');
            errno = errors[i].number;
            return 1;
        }
    }
    abort();
}

static int synced(int file, int (*real)(int)) {
    struct order order = current();
    if (strcmp(order.call, "sync") != 0 || !is_ours(file)) return real(file);
    if (fails(&order, "sync")) return -1;
    note('(');
    if (strcmp(order.what, "delay") == 0) rest(atol(order.argument));
    while (strcmp(order.call, "sync") == 0 && strcmp(order.what, "hold") == 0) {
        rest(2);
        order = current();
    }
    int result = real(file);
    note(')');
    return result;
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    return synced(file, real);
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    return synced(file, real);
}

static int write_fails(int file) {
    int before = errno;
    struct order order = current();
    int failed = strcmp(order.call, "write") == 0 && is_ours(file) && fails(&order, "write");
    if (!failed) errno = before;
    return failed;
}

ssize_t write(int file, const void *bytes, size_t length) {
    if (write_fails(file)) return -1;
    return syscall(SYS_write, file, bytes, length);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    return write_fails(file) ? -1 : real(file, bytes, length, at);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) {
    return pwrite64(file, bytes, length, at);
}
