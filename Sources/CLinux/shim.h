// What Glibc's Swift overlay leaves out: epoll, eventfd, accept4. Header only; no code of ours is compiled from C.
#pragma once
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
