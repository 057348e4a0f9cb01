// What Glibc's Swift overlay leaves out: epoll, eventfd, accept4, mallopt. Header only; no code of ours is compiled from C.
#pragma once
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// The header declares it for _GNU_SOURCE only, which a module cannot switch on after the fact.
int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
