// What Linux offers for waiting on many sockets and Swift's Glibc module does not show.
#ifndef PARLEY_CLINUX_SHIM_H
#define PARLEY_CLINUX_SHIM_H

#include <netinet/in.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// Declared by the C library for GNU sources only.
int accept4(int, struct sockaddr *, socklen_t *, int);

// The masks are enumerators in C, and signed.
static const uint32_t parley_epoll_in = EPOLLIN;
static const uint32_t parley_epoll_out = EPOLLOUT;
static const uint32_t parley_epoll_error = EPOLLERR;
static const uint32_t parley_epoll_hangup = EPOLLHUP;
static const uint32_t parley_epoll_peer_hangup = EPOLLRDHUP;
static const uint32_t parley_epoll_edge = 1u << 31;

static inline int parley_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int parley_epoll_control(int poll, int operation, int fd, uint32_t events, uint64_t data) {
    struct epoll_event event = {.events = events, .data.u64 = data};
    return epoll_ctl(poll, operation, fd, &event);
}

static inline uint64_t parley_epoll_data(const struct epoll_event *event) { return event->data.u64; }

static inline int parley_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static inline int parley_accept(int fd, struct sockaddr *name, socklen_t *length) {
    return accept4(fd, name, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

// IP_BIND_ADDRESS_NO_PORT: the port is chosen at `connect`, so that a source address is not used up
// by as many connections as there are ports.
static const int parley_ip_bind_address_no_port = 24;

#endif
