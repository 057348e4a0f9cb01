// What Glibc's Swift overlay leaves out: epoll, eventfd, timerfd, accept4, mallopt, getrusage for one thread, names
// of threads, ioctl, socket filters, and system calls by their numbers.
#pragma once
#include <linux/filter.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/types.h>

// The headers declare these for _GNU_SOURCE only, which a module cannot switch on after the fact.
int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
int pthread_setname_np(pthread_t thread, const char *name);
long syscall(long number, ...);

// recv and send as the kernel has them. Glibc's own are points at which a thread may be cancelled, which costs each call
// four locked instructions in a process of several threads; no thread here ever is. Functions, since Swift cannot call
// one that takes variable arguments.

static inline ssize_t kernel_recv(int descriptor, void *buffer, size_t count, int flags) {
    return syscall(SYS_recvfrom, descriptor, buffer, count, flags, (void *)0, (void *)0);
}

static inline ssize_t kernel_send(int descriptor, const void *buffer, size_t count, int flags) {
    return syscall(SYS_sendto, descriptor, buffer, count, flags, (void *)0, (size_t)0);
}

// How often the calling thread has had to give its core to another one.
static inline long thread_preemption_count(void) {
    struct rusage usage;
    // RUSAGE_THREAD is declared for _GNU_SOURCE only.
    return getrusage((__rusage_who_t)1, &usage) == 0 ? usage.ru_nivcsw : 0;
}

// How many bytes of a socket's output its peer has not acknowledged yet; 0 if the kernel does not say.
static inline int unacknowledged_byte_count(int descriptor) {
    int count = 0;
    return ioctl(descriptor, TIOCOUTQ, &count) == 0 ? count : 0;
}

// Has a listener drop what asks for a new connection (SYN without ACK); connections that are being set up go on.
//
// Returns 0, or -1 with errno.
static inline int listener_drop_new(int descriptor) {
    // The filter sees a segment from its TCP header on; the flags are in byte 13: SYN 0x02, ACK 0x10.
    struct sock_filter program[] = {
        {BPF_LD | BPF_B | BPF_ABS, 0, 0, 13},
        {BPF_ALU | BPF_AND | BPF_K, 0, 0, 0x12},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0x02},
        {BPF_RET | BPF_K, 0, 0, 0},
        {BPF_RET | BPF_K, 0, 0, 0xFFFFFFFF},
    };
    struct sock_fprog filter = {sizeof(program) / sizeof(program[0]), program};
    return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof(filter));
}
