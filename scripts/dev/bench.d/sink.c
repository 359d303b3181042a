// An SMTP server on loopback that accepts everything and costs as little as it can.
//
//     sink [--silent] [--tls CHAIN.pem KEY.pem [--tickets]]
//
// Prints its port. --silent accepts connections and never says a word; --tls offers STARTTLS
// (TLS 1.2 and 1.3, without tickets every handshake is a full one). Runs until it is killed.

#include "peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>

enum { WORKERS = 2, EVENTS = 256 };

static bool silent;
static SSL_CTX *tls;
static in_port_t port;

static const char greeting[] = "220 sink.test ESMTP\r\n";
static const char clear_offers[] = "250-sink.test\r\n250 PIPELINING\r\n";
static const char tls_offers[] = "250-sink.test\r\n250-PIPELINING\r\n250 STARTTLS\r\n";
static const char ok[] = "250 2.0.0 Ok\r\n";
static const char ready[] = "220 2.0.0 Ready to start TLS\r\n";
static const char bye[] = "221 2.0.0 Bye\r\n";

#define SAY(peer, text) peer_write(peer, text, sizeof text - 1)

// Several workers listen on the same port; the kernel spreads the connections.
static int listen_socket(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = port};
    socklen_t size = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) < 0
        || bind(fd, (struct sockaddr *)&address, size) < 0 || listen(fd, 65535) < 0)
        die("sink: listen");
    getsockname(fd, (struct sockaddr *)&address, &size);
    port = address.sin_port;
    return fd;
}

static void accept_all(int epoll, int listener) {
    int fd, on = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (silent) continue;
        struct peer *peer = calloc(1, sizeof *peer);
        if (!peer) die("sink");
        peer->fd = fd;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = peer};
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
        SAY(peer, greeting);
    }
}

// False when the connection is over.
static bool answer(struct peer *peer, const char *line) {
    switch (line[0] & ~0x20) {
        case 'E':
            return tls && !peer->ssl ? SAY(peer, tls_offers) : SAY(peer, clear_offers);
        case 'S':
            if (!tls || peer->ssl) return false;
            SAY(peer, ready);
            peer->ssl = SSL_new(tls);
            SSL_set_fd(peer->ssl, peer->fd);
            SSL_set_accept_state(peer->ssl);
            peer->shaking = true;
            return true;
        case 'Q':
            SAY(peer, bye);
            return false;
        default:
            return SAY(peer, ok);
    }
}

static bool serve(struct peer *peer) {
    for (;;) {
        if (peer->shaking) {
            int result = peer_handshake(peer);
            if (result < 0) return result == WOULD_BLOCK;
        }
        int count = peer_read(peer);
        if (count < 0) return count == WOULD_BLOCK;
        char *end;
        while ((end = memchr(peer->buffer, '\n', peer->held))) {
            if (!answer(peer, peer->buffer)) return false;
            peer_drop(peer, (size_t)(end + 1 - peer->buffer));
        }
        // A short read emptied the socket, so the next one would only say so.
        if (!peer->ssl) return true;
    }
}

static void *work(void *argument) {
    int listener = (int)(intptr_t)argument;
    int epoll = epoll_create1(0);
    struct epoll_event events[EVENTS], event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int count = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            struct peer *peer = events[i].data.ptr;
            if (!peer) {
                accept_all(epoll, listener);
            } else if (!serve(peer)) {
                peer_close(peer);
                free(peer);
            }
        }
    }
    return NULL;
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--silent")) {
            silent = true;
        } else if (!strcmp(argv[i], "--tickets") && tls) {
            SSL_CTX_set_num_tickets(tls, 1);
            SSL_CTX_clear_options(tls, SSL_OP_NO_TICKET);
        } else if (!strcmp(argv[i], "--tls") && i + 2 < argc) {
            tls = SSL_CTX_new(TLS_server_method());
            SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION);
            SSL_CTX_set_num_tickets(tls, 0);
            SSL_CTX_set_options(tls, SSL_OP_NO_TICKET);
            SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
            if (SSL_CTX_use_certificate_chain_file(tls, argv[i + 1]) != 1
                || SSL_CTX_use_PrivateKey_file(tls, argv[i + 2], SSL_FILETYPE_PEM) != 1)
                die("sink: certificate");
            i += 2;
        } else {
            fprintf(stderr, "usage: sink [--silent] [--tls CHAIN.pem KEY.pem [--tickets]]\n");
            return 2;
        }
    }
    signal(SIGPIPE, SIG_IGN);
    int listeners[WORKERS];
    for (int i = 0; i < WORKERS; i++) listeners[i] = listen_socket();
    printf("%d\n", ntohs(port));
    fflush(stdout);
    pthread_t thread;
    for (int i = 1; i < WORKERS; i++)
        pthread_create(&thread, NULL, work, (void *)(intptr_t)listeners[i]);
    work((void *)(intptr_t)listeners[0]);
}
